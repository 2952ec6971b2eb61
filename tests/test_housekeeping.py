"""What nobody asks for any more goes; what was sent is counted for ever, and what is still needed stays."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.bell import Bell
from bot.clock import SystemClock
from bot.housekeeping import keep_house, kept_for, tidy_up
from storage.database import Database, open_database
from storage.deliveries import finish
from storage.fan_outs import begin_fan_out, fan_out_chunk, next_fan_out
from storage.tallies import count_tallied, tallied
from tests.builders import MONDAY, a_digest, a_subscriber, stored, subscribed
from tests.clocks import HandClock
from tests.running import Place

MONTH = timedelta(days=31)
LATER = MONDAY + MONTH + timedelta(days=1)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "digest-bot.db") as database:
        yield database


async def owed(database: Database, *chats: int, path: str = "monday.md") -> int:
    """Owe a digest to chats; its id."""
    await subscribed(database, *(a_subscriber(chat, everything=True) for chat in chats))
    digest = await stored(database, a_digest(path=path))
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=MONDAY)
        while due := await next_fan_out(tx, now=MONDAY):
            await fan_out_chunk(tx, due, limit=1000)
    return digest.id


async def ended(database: Database, state: str, *ids: int, at: datetime = MONDAY) -> None:
    async with database.transaction() as tx:
        for id_ in ids:
            await tx.run("INSERT INTO messages (delivery_id, part, message_id) VALUES (:id, 0, :id)", {"id": id_})
            await finish(tx, id_, state, now=at, reason=None if state == "sent" else "blocked")


async def left(database: Database, table: str = "deliveries") -> int:
    async with database.snapshot() as tx:
        return int(await tx.value(f"SELECT count(*) FROM {table}"))  # noqa: S608 - a name of this file


async def test_rows_go_after_a_month_and_their_counts_stay(database: Database) -> None:
    digest_id = await owed(database, *range(1, 601))
    await ended(database, "sent", *range(1, 591))
    await ended(database, "skipped", *range(591, 599))
    # One of yesterday, and one that is still owed.
    await ended(database, "sent", 599, at=LATER - timedelta(days=1))

    gone = await tidy_up(database, HandClock(LATER), kept=MONTH)

    assert gone == 598
    assert (await left(database), await left(database, "messages")) == (2, 1)
    async with database.snapshot() as tx:
        assert await tallied(tx, digest_id) == {("digest", "sent"): 590, ("digest", "skipped"): 8}

    await ended(database, "sent", 600)
    await tidy_up(database, HandClock(LATER + MONTH), kept=MONTH)
    async with database.snapshot() as tx:
        assert await count_tallied(tx) == {"sent": 592, "skipped": 8}


async def test_nothing_goes_of_a_digest_that_is_still_being_owed(database: Database) -> None:
    digest_id = await owed(database, 1)
    await ended(database, "sent", 1)
    async with database.transaction() as tx:
        # As when operators had it first, and somebody's word is waited for.
        await begin_fan_out(tx, digest_id, due_at=MONDAY)

    assert await tidy_up(database, HandClock(LATER), kept=MONTH) == 0

    async with database.transaction() as tx:
        while due := await next_fan_out(tx, now=MONDAY):
            await fan_out_chunk(tx, due, limit=1000)
    assert await left(database) == 1
    assert await tidy_up(database, HandClock(LATER), kept=MONTH) == 1


async def test_what_a_change_under_way_needs_to_know_stays(database: Database) -> None:
    digest_id = await owed(database, 1, 2)
    await ended(database, "sent", 1, 2)
    async with database.transaction() as tx:
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
            SELECT 'edit', :digest_id, subscriber_id, 0, 0 FROM deliveries WHERE id = 2
            """,
            {"digest_id": digest_id},
        )

    assert await tidy_up(database, HandClock(LATER), kept=MONTH) == 1

    async with database.snapshot() as tx:
        assert [row["id"] for row in await tx.rows("SELECT id FROM deliveries ORDER BY id")] == [2, 3]


async def test_rests_that_are_over_go(database: Database) -> None:
    async with database.transaction() as tx:
        for chat, until in ((0, LATER - MONTH), (7, LATER), (8, LATER + MONTH)):
            await tx.run(
                "INSERT INTO rests (chat_id, until) VALUES (:chat, :until)",
                {"chat": chat, "until": int(until.timestamp() * 1000)},
            )

    await tidy_up(database, HandClock(LATER), kept=MONTH)

    async with database.snapshot() as tx:
        assert [row["chat_id"] for row in await tx.rows("SELECT chat_id FROM rests")] == [8]


def test_rows_stay_for_as_long_as_their_messages_may_change() -> None:
    assert kept_for(timedelta(hours=48)) == MONTH
    assert kept_for(None) == MONTH
    assert kept_for(timedelta(days=60)) > timedelta(days=60)


async def test_others_write_while_house_is_kept(database: Database) -> None:
    await owed(database, *range(1, 2001))
    await ended(database, "sent", *range(1, 2001))
    wake, other = Bell(), 0

    async with asyncio.TaskGroup() as tasks:
        keeping = tasks.create_task(keep_house(database, SystemClock(), kept=MONTH, wake=wake))
        wake.ring()
        while await left(database):
            async with database.transaction() as tx:
                await tx.run("UPDATE subscribers SET layout = 'headlines' WHERE id = :id", {"id": other + 1})
            other += 1
        keeping.cancel()

    # It went in eight goes, and there was room before each of them.
    assert other >= 8
    assert await left(database, "messages") == 0


@pytest.mark.long
async def test_a_running_bot_keeps_house_a_while_after_its_start(place: Place) -> None:
    async with place.running():
        pass
    with contextlib.closing(sqlite3.connect(place.database, timeout=10)) as writer, writer:
        writer.executescript(
            """
            INSERT INTO subscribers (id, chat_id, type, created_at) VALUES (1, 7, 'private', 0), (2, 8, 'private', 0);
            INSERT INTO digests (id, source_id, path, title, day_only, first_seen_at, archived_at)
            VALUES (1, 1, 'old.md', 'Old', 0, 0, 0);
            INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at, finished_at)
            VALUES ('digest', 1, 1, 'sent', 0, 0, 0), ('digest', 1, 2, 'sent', 0, 0, unixepoch() * 1000);
            """
        )

    async with place.running():
        async with asyncio.timeout(180):
            while not place.ask("SELECT * FROM tallies"):
                await asyncio.sleep(1)

    assert place.ask("SELECT state, number FROM tallies") == [("sent", 1)]
    assert place.ask("SELECT subscriber_id FROM deliveries") == [(2,)]
    assert "tidied_up" in place.log
