"""A folder that is looked at as the bot does, for tests of what becomes of its files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.bell import Bell
from bot.digests.site import Site
from bot.look import Looker, look
from bot.source_settings import SourceSettings
from bot.sources.files import DigestFile, Stamp
from bot.sources.folder import Folder
from storage.database import Database, open_database
from storage.sources import MAIN, Source, all_sources, problem_files
from tests.clocks import HandClock

DAY = timedelta(days=1)


def now() -> datetime:
    """So late that no file of the test counts as just being written."""
    return datetime.now(UTC) + timedelta(hours=1)


@dataclass
class Place:
    """A folder that is looked at."""

    place: Path
    looker: Looker
    database: Database
    told: list[dict[str, Any]] = field(default_factory=list)

    def write(self, path: str, body: str = "- a [story](https://example.org/a)", **facts: str) -> Path:
        file = self.place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{name}: {value}" for name, value in {"title": path, **facts}.items()]
        file.write_text("---\n" + "\n".join(lines) + f"\n---\n{body}\n", encoding="utf-8")
        return file

    async def look(self, clock: HandClock | None = None) -> None:
        await look(replace(self.looker, clock=clock or self.looker.clock))

    async def column(self, sql: str) -> list[Any]:
        async with self.database.snapshot() as tx:
            return [row[0] for row in await tx.rows(sql)]

    async def archived(self) -> list[str]:
        return await self.column("SELECT path FROM digests WHERE vanished_at IS NULL ORDER BY path")

    async def owed(self) -> list[str]:
        return await self.column("SELECT path FROM fan_outs JOIN digests ON digests.id = digest_id ORDER BY path")

    async def source(self) -> Source:
        async with self.database.snapshot() as tx:
            return (await all_sources(tx))[0]

    async def problems(self) -> list[str | None]:
        async with self.database.snapshot() as tx:
            return [file.problem for file in await problem_files(tx, 1)]


@asynccontextmanager
async def a_site(folder: Path) -> AsyncIterator[Place]:
    """A folder that was never looked at."""
    place = folder / "digests"
    place.mkdir()
    told: list[dict[str, Any]] = []

    async def tell(name: str, **facts: object) -> None:
        told.append({"name": name, **facts})

    async with open_database(folder / "digest-bot.db") as database:
        looker = Looker(
            database=database,
            digest_files=Folder(place),
            source=SourceSettings(MAIN, place, Site(), timedelta(seconds=60)),
            clock=HandClock(now()),
            catch_up=DAY,
            bell=Bell(),
            tell=tell,
        )
        yield Place(place, looker, database, told)


@dataclass(frozen=True)
class BrokenFolder(Folder):
    """Cannot be read any more *after* so many files, for a reason that nobody thought of."""

    after: int
    _read: list[str] = field(default_factory=list)

    def read(self, path: str, stamp: Stamp) -> DigestFile:
        if len(self._read) == self.after:
            raise RuntimeError("broken")
        self._read.append(path)
        return super().read(path, stamp)
