"""Many statements in one go, in the connection's own thread."""

import asyncio
import threading

import pytest

from storage.database import Database, Transaction
from storage.sources import all_sources, ensure_source


async def test_work_in_one_go_is_kept_and_seen_by_all(database: Database) -> None:
    async def work(tx: Transaction) -> tuple[list[str], int]:
        for name in ("a", "b"):
            await ensure_source(tx, name)
        await tx.run_many("UPDATE sources SET problem = :problem", [{"problem": "none"}])
        # Work may be part of other work.
        named = await tx.whole(all_sources)
        return [source.name for source in named], threading.get_ident()

    async with database.transaction() as tx:
        names, thread = await tx.whole(work)

    assert names == ["a", "b"]
    assert thread != threading.get_ident()
    async with database.snapshot() as tx:
        assert [source.problem for source in await tx.whole(all_sources)] == ["none", "none"]


async def test_work_that_fails_leaves_nothing(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await ensure_source(tx, "a")
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        async with database.transaction() as tx:
            await tx.whole(work)

    async with database.snapshot() as tx:
        assert await all_sources(tx) == []


async def test_work_that_is_cancelled_comes_to_its_end_and_is_rolled_back(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def work(tx: Transaction) -> None:
        await ensure_source(tx, "a")
        begun.set()
        go_on.wait(10)
        await ensure_source(tx, "b")

    async def whole() -> None:
        async with database.transaction() as tx:
            await tx.whole(work)

    working = asyncio.ensure_future(whole())
    await asyncio.to_thread(begun.wait, 10)
    working.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await working

    async with database.transaction() as tx:
        assert await all_sources(tx) == []


async def test_work_that_awaits_something_else_is_refused(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await ensure_source(tx, "a")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="awaits something else than its transaction"):
        async with database.transaction() as tx:
            await tx.whole(work)

    async with database.snapshot() as tx:
        assert await all_sources(tx) == []
