"""A worker that waits for something long is known to live, and what it waits for ends as if nobody had looked."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.alive import Alive
from bot.bell import Bell
from bot.digests.site import Site
from bot.look import Looker, look
from bot.source_settings import SourceSettings
from bot.sources.files import SourceUnreachable, Stamp
from bot.sources.folder import Folder
from storage.database import Database, open_database
from storage.heartbeats import heartbeats
from tests.builders import MONDAY
from tests.clocks import HandClock

SHORT = timedelta(milliseconds=5)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "digest-bot.db") as database:
        yield database


async def last_beat(database: Database) -> datetime | None:
    async with database.snapshot() as tx:
        return (await heartbeats(tx)).get("look main")


async def until_beat(database: Database, at: datetime) -> None:
    async with asyncio.timeout(30):
        while await last_beat(database) != at:
            await asyncio.sleep(0.005)


def others() -> int:
    return len(asyncio.all_tasks()) - 1


async def test_while_it_waits_it_beats_again_and_again(database: Database) -> None:
    clock = HandClock()
    alive = Alive(database, "look main", clock, every=SHORT)

    async def clone() -> str:
        await until_beat(database, MONDAY)
        clock.let_pass(timedelta(minutes=4))
        await until_beat(database, MONDAY + timedelta(minutes=4))
        return "cloned"

    before = others()

    assert await alive.during(clone()) == "cloned"
    assert others() == before


async def test_what_goes_wrong_with_the_work_goes_wrong_as_without(database: Database) -> None:
    alive = Alive(database, "look main", HandClock(), every=SHORT)

    async def fail() -> None:
        await until_beat(database, MONDAY)
        raise SourceUnreachable("example.org does not answer")

    before = others()

    with pytest.raises(SourceUnreachable, match="does not answer"):
        await alive.during(fail())
    assert others() == before


async def test_cancelled_it_ends_the_work_and_waits_for_its_end(database: Database) -> None:
    alive = Alive(database, "look main", HandClock(), every=SHORT)
    ended: list[str] = []

    async def clone() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            ended.append("put away")

    before = others()
    waiting = asyncio.ensure_future(alive.during(clone()))
    await until_beat(database, MONDAY)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert ended == ["put away"]
    assert others() == before


@dataclass(frozen=True)
class SlowToList(Folder):
    """Lists its files when the look has beaten since the listing began."""

    database: Database
    clock: HandClock

    async def listing(self) -> dict[str, Stamp]:
        self.clock.let_pass(timedelta(minutes=3))
        await until_beat(self.database, self.clock.now())
        return await super().listing()


async def test_a_look_whose_source_takes_minutes_to_list_its_files_lives(database: Database, tmp_path: Path) -> None:
    clock = HandClock()
    looker = Looker(
        database=database,
        digest_files=SlowToList(tmp_path, database, clock),
        source=SourceSettings("main", tmp_path, Site(), timedelta(seconds=60)),
        clock=clock,
        catch_up=None,
        bell=Bell(),
        tell=silence,
        beats_every=SHORT,
    )

    assert await look(looker) is None
    assert await last_beat(database) == MONDAY + timedelta(minutes=3)


async def silence(name: str, **facts: object) -> None:
    raise AssertionError(name, facts)
