"""Results are written down together, each safe before its sender goes on."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.clock import Clock
from bot.delivery.record import Recorder
from storage.database import Database, Transaction
from tests.builders import an_alarm
from tests.clocks import HandClock


async def names(database: Database) -> set[str]:
    async with database.snapshot() as tx:
        return {row["name"] for row in await tx.rows("SELECT name FROM sources")}


def a_recorder(database: Database, clock: Clock | None = None) -> Recorder[str]:
    clock = clock or HandClock()
    return Recorder(database, clock, insert, disk=an_alarm(clock))


async def insert(tx: Transaction, results: list[str]) -> None:
    """Write the name of a source for each result, and how many came together."""
    for name in results:
        await tx.run(
            "INSERT INTO sources (name, last_look_at) VALUES (:name, :together)",
            {"name": name, "together": len(results)},
        )


async def test_a_result_is_committed_when_record_returns(database: Database) -> None:
    await a_recorder(database).record("one")

    assert await names(database) == {"one"}


async def test_results_that_come_together_are_written_together(database: Database) -> None:
    recorder = a_recorder(database)

    async with asyncio.TaskGroup() as tasks:
        for number in range(40):
            tasks.create_task(recorder.record(str(number)))

    assert len(await names(database)) == 40
    async with database.snapshot() as tx:
        together = [row["last_look_at"] for row in await tx.rows("SELECT DISTINCT last_look_at FROM sources")]
    assert len(together) <= 2


async def test_a_result_that_cannot_be_written_does_not_take_the_others_with_it(database: Database) -> None:
    recorder = a_recorder(database)
    await recorder.record("twice")

    ends = await asyncio.gather(
        *(recorder.record(name) for name in ("one", "two", "twice", "three")), return_exceptions=True
    )

    assert [type(end) for end in ends] == [type(None), type(None), sqlite3.IntegrityError, type(None)]
    assert await names(database) == {"one", "two", "twice", "three"}


async def test_results_wait_for_the_disk_however_long(database: Database) -> None:
    clock = HandClock()
    recorder = a_recorder(database, clock)
    async with database.transaction() as tx:
        pages = await tx.value("PRAGMA page_count")
        await tx.value(f"PRAGMA max_page_count = {pages}")

    async with asyncio.TaskGroup() as tasks:
        recording = tasks.create_task(recorder.record("x" * 50_000))
        while len(clock.slept) < 5:
            await asyncio.sleep(0.001)
        assert not recording.done()
        async with database.transaction() as tx:
            await tx.value("PRAGMA max_page_count = 100000")

    assert {len(name) for name in await names(database)} == {50_000}


async def test_a_recorder_that_is_stopped_leaves_nobody_waiting(database: Database) -> None:
    recorder = a_recorder(database)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
            waiting = [tasks.create_task(recorder.record(str(number))) for number in range(3)]
            await asyncio.sleep(0.05)
            for task in waiting:
                task.cancel()
            stranger.execute("ROLLBACK")

    assert all(task.cancelled() for task in waiting)
    await recorder.record("after")
    assert "after" in await names(database)


@pytest.mark.parametrize("number", [1, 100])
async def test_one_after_the_other_none_is_kept_waiting(database: Database, number: int) -> None:
    recorder = a_recorder(database)
    for each in range(number):
        async with asyncio.timeout(1):
            await recorder.record(str(each))

    assert len(await names(database)) == number
