"""Results are written down together, each safe before its sender goes on."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.delivery.record import Recorder
from storage.database import Database, Transaction
from tests.clocks import HandClock


async def names(database: Database) -> set[str]:
    async with database.snapshot() as tx:
        return {row["name"] for row in await tx.rows("SELECT name FROM sources")}


def insert(name: str, seen: list[int] | None = None) -> "Insert":
    return Insert(name, [] if seen is None else seen)


class Insert:
    """A result that notes the transaction it was written in."""

    def __init__(self, name: str, seen: list[int]) -> None:
        self.name, self.seen = name, seen

    async def __call__(self, tx: Transaction) -> None:
        self.seen.append(id(tx))
        await tx.run("INSERT INTO sources (name) VALUES (:name)", {"name": self.name})


async def test_a_result_is_committed_when_record_returns(database: Database) -> None:
    await Recorder(database, HandClock()).record(insert("one"))

    assert await names(database) == {"one"}


async def test_results_that_come_together_are_written_together(database: Database) -> None:
    recorder, seen = Recorder(database, HandClock()), list[int]()

    async with asyncio.TaskGroup() as tasks:
        for number in range(40):
            tasks.create_task(recorder.record(insert(str(number), seen)))

    assert len(await names(database)) == 40
    assert len(set(seen)) <= 2


async def test_a_result_that_cannot_be_written_does_not_take_the_others_with_it(database: Database) -> None:
    recorder = Recorder(database, HandClock())
    await recorder.record(insert("twice"))

    ends = await asyncio.gather(
        *(recorder.record(insert(name)) for name in ("one", "two", "twice", "three")), return_exceptions=True
    )

    assert [type(end) for end in ends] == [type(None), type(None), sqlite3.IntegrityError, type(None)]
    assert await names(database) == {"one", "two", "twice", "three"}


async def test_results_wait_for_the_disk_however_long(database: Database) -> None:
    clock = HandClock()
    recorder = Recorder(database, clock)
    async with database.transaction() as tx:
        pages = await tx.value("PRAGMA page_count")
        await tx.value(f"PRAGMA max_page_count = {pages}")

    async with asyncio.TaskGroup() as tasks:
        recording = tasks.create_task(recorder.record(insert("x" * 50_000)))
        while len(clock.slept) < 5:
            await asyncio.sleep(0.001)
        assert not recording.done()
        async with database.transaction() as tx:
            await tx.value("PRAGMA max_page_count = 100000")

    assert {len(name) for name in await names(database)} == {50_000}


async def test_a_recorder_that_is_stopped_leaves_nobody_waiting(database: Database) -> None:
    recorder = Recorder(database, HandClock())
    with closing(sqlite3.connect(database.path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
            waiting = [tasks.create_task(recorder.record(insert(str(number)))) for number in range(3)]
            await asyncio.sleep(0.05)
            for task in waiting:
                task.cancel()
            stranger.execute("ROLLBACK")

    assert all(task.cancelled() for task in waiting)
    await recorder.record(insert("after"))
    assert "after" in await names(database)


@pytest.mark.parametrize("number", [1, 100])
async def test_one_after_the_other_none_is_kept_waiting(database: Database, number: int) -> None:
    recorder = Recorder(database, HandClock())
    for each in range(number):
        async with asyncio.timeout(1):
            await recorder.record(insert(str(each)))

    assert len(await names(database)) == number
