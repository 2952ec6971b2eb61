"""At the end of a pause what waited is sent or skipped, however much it is, and nothing else is."""

import asyncio
import time
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.delivery.fan_out import fan_out
from bot.delivery.resume import resume
from storage.database import Database
from storage.fan_outs import begin_fan_out
from storage.pauses import SKIPPED, Ending, begin_pause, decide_pause, is_paused
from storage.time import to_millis
from tests.builders import MONDAY, a_digest, a_subscriber, stored, subscribed
from tests.clocks import HandClock

HOUR = timedelta(hours=1)


async def waiting(database: Database, *, chats: int, due_at: datetime = MONDAY) -> None:
    """Let so many chats be owed a digest."""
    await subscribed(database, *(a_subscriber(chat_id, everything=True) for chat_id in range(1, chats + 1)))
    kept = await stored(database, a_digest())
    async with database.transaction() as tx:
        await begin_fan_out(tx, kept.id, due_at=due_at)
    while await fan_out(database, now=MONDAY):
        pass


async def paused(database: Database, *, decided: Ending | None = None, at: datetime = MONDAY + 3 * HOUR) -> None:
    async with database.transaction() as tx:
        await begin_pause(tx, now=MONDAY)
        if decided is not None:
            await decide_pause(tx, decided, now=at)


async def count(database: Database, sql: str, *, at: datetime = MONDAY) -> int:
    async with database.snapshot() as tx:
        return int(await tx.value(f"SELECT count(*) FROM deliveries WHERE {sql}", {"at": to_millis(at)}))  # noqa: S608


async def pauses(database: Database) -> bool:
    async with database.snapshot() as tx:
        return await is_paused(tx)


async def test_nothing_happens_before_an_operator_decides(database: Database) -> None:
    await waiting(database, chats=3)
    await paused(database)

    ended = await resume(database, HandClock())

    assert not ended
    assert await pauses(database)
    assert await count(database, "state = 'waiting' AND due_at = :at") == 3


async def test_what_waited_and_is_sent_is_not_late(database: Database) -> None:
    await waiting(database, chats=12_000)
    await paused(database, decided="send")

    with capture_logs() as logs:
        ended = await resume(database, HandClock(MONDAY + 4 * HOUR))

    assert ended
    assert not await pauses(database)
    assert await count(database, "state = 'waiting' AND due_at = :at", at=MONDAY + 3 * HOUR) == 12_000
    assert logs == [{"event": "resumed", "log_level": "info", "deliveries": 12_000, "ending": "send"}]


async def test_what_waited_and_is_skipped_says_why(database: Database) -> None:
    await waiting(database, chats=12_000)
    await paused(database, decided="skip")

    await resume(database, HandClock(MONDAY + 4 * HOUR))

    assert not await pauses(database)
    assert await count(database, f"state = 'skipped' AND reason = '{SKIPPED}' AND finished_at > :at") == 12_000


async def test_what_a_chat_has_in_part_is_not_skipped(database: Database) -> None:
    await waiting(database, chats=3)
    async with database.transaction() as tx:
        await tx.run("UPDATE deliveries SET parts_sent = 1 WHERE id = 1")
        await tx.run("UPDATE deliveries SET kind = 'edit' WHERE id = 2")
    await paused(database, decided="skip")

    await resume(database, HandClock())

    # And that is not late.
    assert await count(database, "state = 'waiting' AND due_at = :at", at=MONDAY + 3 * HOUR) == 2
    assert await count(database, "state = 'skipped' AND id = 3") == 1


async def test_what_telegram_made_wait_is_skipped_with_the_others(database: Database) -> None:
    await waiting(database, chats=2)
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE deliveries SET due_at = :later, try_at = :later WHERE id = 1",
            {"later": to_millis(MONDAY + 9 * HOUR)},
        )
    await paused(database, decided="skip")

    await resume(database, HandClock())

    assert await count(database, "state = 'skipped'") == 2


async def test_what_is_published_after_the_decision_is_sent(database: Database) -> None:
    await waiting(database, chats=2)
    await paused(database, decided="skip")
    later = await stored(database, a_digest(title="Later", path="later.md"))
    async with database.transaction() as tx:
        await begin_fan_out(tx, later.id, due_at=MONDAY + 4 * HOUR)
    while await fan_out(database, now=MONDAY + 4 * HOUR):
        pass

    await resume(database, HandClock(MONDAY + 4 * HOUR))

    assert await count(database, "state = 'skipped' AND digest_id = 1") == 2
    assert await count(database, "state = 'waiting' AND digest_id = 2") == 2


async def test_what_was_still_being_owed_is_skipped_too(database: Database) -> None:
    await subscribed(database, *(a_subscriber(chat_id, everything=True) for chat_id in range(1, 4)))
    kept = await stored(database, a_digest())
    async with database.transaction() as tx:
        await begin_fan_out(tx, kept.id, due_at=MONDAY)
    await paused(database, decided="skip")

    class Owing(HandClock):
        """While somebody waits, the digest is owed."""

        async def sleep(self, wait: timedelta) -> None:
            await fan_out(database, now=MONDAY)
            await super().sleep(wait)

    await resume(database, Owing())

    assert not await pauses(database)
    assert await count(database, "state = 'skipped'") == 3


async def test_an_operator_who_changes_their_mind_is_heard_at_once(database: Database) -> None:
    await waiting(database, chats=12_000)
    await paused(database, decided="skip")

    async with asyncio.TaskGroup() as tasks:
        resuming = tasks.create_task(resume(database, HandClock()))
        # The pen is handed on in the order in which it was asked for.
        await paused(database)

    assert not resuming.result()
    assert await pauses(database)
    assert await count(database, "state = 'waiting'") > 0


async def test_what_was_begun_before_a_crash_is_done_after_it(database: Database) -> None:
    await waiting(database, chats=3)
    await paused(database, decided="skip")
    async with database.transaction() as tx:
        await tx.run("UPDATE deliveries SET state = 'skipped', reason = 'so', finished_at = 0 WHERE id = 1")

    await resume(database, HandClock())

    assert await count(database, "state = 'skipped'") == 3


@pytest.mark.parametrize("ending", ["send", "skip"])
async def test_a_pause_without_anything_that_waits_just_ends(database: Database, ending: Ending) -> None:
    await paused(database, decided=ending)

    assert await resume(database, HandClock())
    assert not await pauses(database)


@pytest.mark.parametrize("ending", ["send", "skip"])
@pytest.mark.parametrize("chats", [20_000, pytest.param(1_000_000, marks=pytest.mark.long)])
async def test_who_writes_meanwhile_waits_for_one_chunk_at_most(database: Database, chats: int, ending: Ending) -> None:
    kept = await stored(database, a_digest())
    async with database.transaction() as tx:
        await tx.run(
            """
            WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < :chats)
            INSERT INTO subscribers (id, chat_id, type, created_at) SELECT number, number, 'private', 0 FROM numbers
            """,
            {"chats": chats},
        )
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
            SELECT 'digest', :digest_id, id, 0, 0 FROM subscribers
            """,
            {"digest_id": kept.id},
        )
    await paused(database, decided=ending)
    waits = []

    async with asyncio.TaskGroup() as tasks:
        resuming = tasks.create_task(resume(database, HandClock()))
        while not resuming.done():
            asked = time.monotonic()
            async with database.transaction() as tx:
                await tx.run("UPDATE subscribers SET layout = 'headlines' WHERE id = 1")
            waits.append(time.monotonic() - asked)
            await asyncio.sleep(0.001)

    assert resuming.result()
    assert await count(database, "state = 'skipped' OR due_at > 0") == chats
    # Of a million, 50 ms on two cores.
    assert max(waits) < 1
