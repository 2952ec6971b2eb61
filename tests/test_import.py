"""Digests come into the archive without being sent, from the source or from anywhere."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.bell import Bell
from bot.digests.site import Site
from bot.import_ import Belongs, Imported, import_files
from bot.look import Looker, look
from bot.source_settings import SourceSettings
from bot.sources.folder import Folder
from storage.database import Database, open_database
from storage.sources import MAIN
from tests.clocks import HandClock


@dataclass
class Archive:
    place: Path
    database: Database
    clock: HandClock
    progress: list[tuple[int, int]] = field(default_factory=list)
    options: Site = field(default_factory=Site)

    @property
    def source(self) -> SourceSettings:
        return SourceSettings(MAIN, self.place, self.options, timedelta(seconds=60))

    def write(self, path: str, date: str = "2001-01-01", text: str = "- a story") -> None:
        file = self.place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {path}\ndate: {date}\n---\n{text}\n")

    async def imports(
        self, belongs: Belongs = Belongs.WHOLE, *, place: Path | None = None, below: str = ""
    ) -> Imported:
        return await import_files(
            self.database,
            Folder(place or self.place),
            below=below,
            source=self.source,
            clock=self.clock,
            catch_up=timedelta(days=1),
            belongs=belongs,
            progressed=lambda done, of: self.progress.append((done, of)),
        )

    async def look(self) -> None:
        async def tell(name: str, **facts: object) -> None:
            raise AssertionError(name, facts)

        await look(
            Looker(
                database=self.database,
                digest_files=Folder(self.place),
                source=self.source,
                clock=self.clock,
                catch_up=timedelta(days=1),
                bell=Bell(),
                tell=tell,
            )
        )

    async def ask(self, sql: str) -> list[Any]:
        async with self.database.snapshot() as tx:
            return [row[0] for row in await tx.rows(sql)]


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    (tmp_path / "digests").mkdir()
    async with open_database(tmp_path / "digest-bot.db") as database:
        yield Archive(tmp_path / "digests", database, HandClock(datetime.now(UTC) + timedelta(hours=1)))


async def test_the_source_itself_is_a_baseline(archive: Archive) -> None:
    for number in range(50):
        archive.write(f"{number:02}.md", date=archive.clock.now().isoformat())
    archive.write("bad.md", date="no date")
    archive.write("_index.md")

    imported = await archive.imports()

    assert imported == Imported(stored=50, left_out=1, unreadable=1)
    assert archive.progress[-1] == (52, 52)
    assert await archive.ask("SELECT first_look_completed_at IS NOT NULL FROM sources") == [1]
    await archive.look()
    assert await archive.ask("SELECT * FROM fan_outs") == []


async def test_what_is_there_already_is_not_read_again(archive: Archive) -> None:
    archive.write("a.md")
    await archive.imports()
    archive.write("b.md")

    assert await archive.imports() == Imported(stored=1, unchanged=1)


async def test_after_the_first_look_what_is_news_is_left_to_the_bot(archive: Archive) -> None:
    archive.write("a.md")
    await archive.look()
    archive.write("a.md", text="- changed")
    archive.write("old.md")
    archive.write("new.md", date=archive.clock.now().isoformat())

    assert await archive.imports() == Imported(stored=1, left_to_bot=2)
    await archive.look()

    assert await archive.ask("SELECT path FROM fan_outs JOIN digests ON digests.id = digest_id") == ["new.md"]


async def test_a_part_of_the_source_leaves_its_baseline_open(archive: Archive) -> None:
    archive.write("2024/a.md")
    archive.write("2025/b.md")

    assert await archive.imports(Belongs.PART, below="2024/") == Imported(stored=1)

    assert await archive.ask("SELECT path FROM digests") == ["2024/a.md"]
    assert await archive.ask("SELECT first_look_completed_at FROM sources") == [None]


async def test_an_archive_from_elsewhere_stays_when_the_bot_looks(archive: Archive, tmp_path: Path) -> None:
    archive.write("now.md")
    elsewhere = tmp_path / "elsewhere"
    for number in range(5):
        archive.write(f"../elsewhere/{number}.md")

    assert await archive.imports(Belongs.ELSEWHERE, place=elsewhere) == Imported(stored=5)
    await archive.look()
    await archive.look()

    assert await archive.ask("SELECT count(*) FROM digests WHERE vanished_at IS NULL") == [6]
    assert await archive.ask("SELECT problem FROM sources") == [None]
    assert await archive.imports(Belongs.ELSEWHERE, place=elsewhere) == Imported(stored=5)
    assert await archive.ask("SELECT max(revision) FROM digests") == [1]


async def test_a_part_that_was_read_with_other_options_is_read_again(archive: Archive) -> None:
    archive.write("2024/a.md", text="[story](/here)")
    archive.write("2025/b.md", text="[story](/here)")
    await archive.imports(Belongs.PART, below="2024/")
    archive.options = Site(base_url="https://example.org")

    assert await archive.imports() == Imported(stored=2)
    assert await archive.ask("SELECT link FROM items WHERE last_revision IS NULL") == ["https://example.org/here"] * 2


async def test_a_part_that_was_read_with_the_same_options_is_not(archive: Archive) -> None:
    archive.write("2024/a.md")
    archive.write("2025/b.md")
    await archive.imports(Belongs.PART, below="2024/")

    assert await archive.imports() == Imported(stored=1, unchanged=1)


async def test_a_translation_is_left_to_the_bot_with_its_digest(archive: Archive) -> None:
    archive.write("a.md")
    await archive.look()
    # Imported, the older one would be the digest, and the news a translation that comes later, which is not sent.
    archive.write("posts/bees.en.md")
    archive.write("posts/bees.zh.md", date=archive.clock.now().isoformat())

    assert await archive.imports() == Imported(unchanged=1, left_to_bot=2)
    await archive.look()

    paths = await archive.ask("SELECT path FROM digests ORDER BY id")
    owed = await archive.ask("SELECT path FROM fan_outs JOIN digests ON digests.id = digest_id")
    assert (paths, owed) == (["a.md", "posts/bees.en.md", "posts/bees.zh.md"], ["posts/bees.en.md"])


async def test_files_are_imported_in_the_order_in_which_they_are_listed(archive: Archive) -> None:
    for number in range(30):
        archive.write(f"{number:02}.md")

    await archive.imports()

    assert await archive.ask("SELECT path FROM digests ORDER BY id") == [f"{number:02}.md" for number in range(30)]


async def test_a_path_that_an_archive_from_elsewhere_has_is_news_when_the_source_publishes_there(
    archive: Archive, tmp_path: Path
) -> None:
    archive.write("now.md")
    await archive.look()
    for number in (1, 2, 3):
        archive.write(f"../elsewhere/{number}.md", text="- of last year")
    await archive.imports(Belongs.ELSEWHERE, place=tmp_path / "elsewhere")

    archive.write("1.md", date=archive.clock.now().isoformat())
    archive.write("2.md")
    await archive.look()
    await archive.look()

    assert await archive.ask("SELECT path FROM fan_outs JOIN digests ON digests.id = digest_id") == ["1.md"]
    assert await archive.ask("SELECT count(*) FROM digests WHERE vanished_at IS NULL") == [4]
