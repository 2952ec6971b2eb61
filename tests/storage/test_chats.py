"""What happens to a whole chat, and what it is owed with it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.chats import Regained, close_chat, lose_chat, regain_chat
from storage.database import Database
from storage.fan_outs import begin_fan_out, fan_out_chunk, next_fan_out
from storage.model import Subscriber, SubscriberState
from storage.subscribers import all_subscribers
from tests.builders import MONDAY, a_digest, a_subscriber, stored, subscribed

ACTIVE, PAUSED, GONE, STOPPED = SubscriberState
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MUTED = "Bad Request: not enough rights to send text messages to the chat"
KICKED = "Forbidden: bot was kicked from the supergroup chat"


def a_topic(topic_id: int, *, subscribed_by: int | None = None) -> Subscriber:
    return a_subscriber(-5, topic_id=topic_id, type_="supergroup", subscribed_by=subscribed_by)


async def everyone(database: Database) -> list[Subscriber]:
    async with database.snapshot() as tx:
        return [replace(subscriber, id=0) async for subscriber in all_subscribers(tx)]


async def states(database: Database) -> list[SubscriberState]:
    return [subscriber.state for subscriber in await everyone(database)]


async def rows(database: Database, columns: str = "digest_id, subscriber_id, state") -> list[tuple[Any, ...]]:
    async with database.snapshot() as tx:
        return [tuple(row) for row in await tx.rows(f"SELECT {columns} FROM deliveries ORDER BY id")]  # noqa: S608


async def owed(database: Database, *deliveries: dict[str, Any]) -> None:
    """Owe digests as told; what is not told is usual: digest 1, subscriber 1, skipped on Monday."""
    for number in {delivery.get("digest_id", 1) for delivery in deliveries}:
        await stored(database, a_digest(path=f"{number}.md", title=f"{number}"))
    at = int(MONDAY.timestamp() * 1000)
    usual = {"digest_id": 1, "subscriber_id": 1, "state": "skipped", "due_at": at, "finished_at": at, "parts_sent": 0}
    async with database.transaction() as tx:
        await tx.run_many(
            """
            INSERT INTO deliveries
                   (kind, digest_id, subscriber_id, state, due_at, try_at, parts_sent, attempts, doubts, finished_at)
            VALUES ('digest', :digest_id, :subscriber_id, :state, :due_at, :due_at, :parts_sent, 3, 2,
                    iif(:state IN ('waiting', 'sending'), NULL, :finished_at))
            """,
            [usual | delivery for delivery in deliveries],
        )


def millis(ago: timedelta) -> int:
    return int((MONDAY - ago).timestamp() * 1000)


async def test_a_closed_chat_is_paused_once_with_all_its_topics(database: Database) -> None:
    await subscribed(database, a_topic(0, subscribed_by=7), a_topic(2, subscribed_by=8), a_topic(3), a_subscriber(7))
    async with database.transaction() as tx:
        closed = await close_chat(tx, -5, reason=MUTED, now=MONDAY)
        again = await close_chat(tx, -5, reason=MUTED, now=MONDAY)

    assert (set(closed), again) == ({7, 8, None}, [])
    assert await states(database) == [PAUSED] * 3 + [ACTIVE]


async def test_a_closed_topic_closes_no_other(database: Database) -> None:
    await subscribed(database, a_topic(2, subscribed_by=7), a_topic(3, subscribed_by=8))
    async with database.transaction() as tx:
        assert await close_chat(tx, -5, topic_id=2, reason="Bad Request: TOPIC_CLOSED", now=MONDAY) == [7]

    assert await states(database) == [PAUSED, ACTIVE]


@pytest.mark.parametrize(
    ("before", "closed", "lost", "regained"),
    [
        (ACTIVE, PAUSED, GONE, ACTIVE),
        (PAUSED, PAUSED, GONE, ACTIVE),
        (GONE, GONE, GONE, ACTIVE),
        (STOPPED, STOPPED, STOPPED, STOPPED),
    ],
)
async def test_nobody_who_stopped_is_touched_by_what_becomes_of_the_chat(
    database: Database,
    before: SubscriberState,
    closed: SubscriberState,
    lost: SubscriberState,
    regained: SubscriberState,
) -> None:
    await subscribed(database, a_subscriber(-5, type_="group", state=before))
    seen = []
    async with database.transaction() as tx:
        await close_chat(tx, -5, reason=MUTED, now=MONDAY)
    seen += await states(database)
    async with database.transaction() as tx:
        await lose_chat(tx, -5, reason=KICKED, now=MONDAY)
    seen += await states(database)
    async with database.transaction() as tx:
        await regain_chat(tx, -5, now=MONDAY, catch_up=DAY)
    seen += await states(database)

    assert seen == [closed, lost, regained]


async def test_what_was_missed_waits_again_as_if_it_were_owed_only_now(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"))
    await owed(database, {"parts_sent": 1})
    async with database.transaction() as tx:
        await close_chat(tx, -5, reason=MUTED, now=MONDAY)
        assert await regain_chat(tx, -5, now=MONDAY + MINUTE, catch_up=DAY) == Regained(1, 1)

    now = millis(-MINUTE)
    columns = "state, due_at, try_at, attempts, doubts, parts_sent, reason, finished_at"
    assert await rows(database, columns) == [("waiting", now, now, 0, 0, 1, None, None)]


@pytest.mark.parametrize(
    ("delivery", "expected"),
    [
        pytest.param({}, "waiting", id="refused as the chat closed"),
        pytest.param({"finished_at": millis(timedelta(seconds=1))}, "waiting", id="under way as the chat closed"),
        pytest.param({"finished_at": millis(-HOUR)}, "waiting", id="skipped since"),
        pytest.param({"finished_at": millis(HOUR)}, "skipped", id="skipped before, for whatever reason"),
        pytest.param({"due_at": millis(DAY)}, "skipped", id="no news any more"),
        pytest.param({"state": "failed"}, "failed", id="failed"),
        pytest.param({"state": "sent"}, "sent", id="sent"),
        pytest.param({"subscriber_id": 2}, "skipped", id="of another chat"),
    ],
)
async def test_of_what_a_chat_was_owed_that_is_revived_which_it_missed_for_being_lost(
    database: Database, delivery: dict[str, Any], expected: str
) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-6, type_="group"))
    await owed(database, delivery)
    async with database.transaction() as tx:
        await close_chat(tx, -5, reason=MUTED, now=MONDAY)
        await regain_chat(tx, -5, now=MONDAY + 2 * HOUR, catch_up=DAY)

    assert await rows(database, "state") == [(expected,)]


@pytest.mark.parametrize(
    ("state", "since", "expected"),
    [
        pytest.param(ACTIVE, None, [("waiting", None, None)], id="active"),
        pytest.param(
            PAUSED, HOUR, [("skipped", "the subscriber is paused", millis(timedelta(0)))], id="paused an hour ago"
        ),
        pytest.param(
            GONE, -MINUTE, [("skipped", "the subscriber is gone", millis(-MINUTE))], id="gone between due and owed"
        ),
        pytest.param(GONE, 2 * DAY, [], id="gone two days ago"),
        pytest.param(GONE, None, [], id="gone, and nobody knows since when"),
        pytest.param(STOPPED, None, [], id="stopped"),
    ],
)
async def test_what_is_published_while_a_chat_is_lost_is_noted_as_missed(
    database: Database, state: SubscriberState, since: timedelta | None, expected: list[tuple[Any, ...]]
) -> None:
    await subscribed(database, a_subscriber(-5, type_="group", everything=True, state=state))
    digest = await stored(database, a_digest())
    async with database.transaction() as tx:
        await tx.run("UPDATE subscribers SET state_since = :since", {"since": None if since is None else millis(since)})
        await begin_fan_out(tx, digest.id, due_at=MONDAY)
        due = await next_fan_out(tx, now=MONDAY)
        assert due is not None
        await fan_out_chunk(tx, due, limit=10, lost_since=MONDAY - DAY)

    assert await rows(database, "state, reason, finished_at") == expected


async def test_a_group_muted_for_ten_minutes_misses_nothing(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group", everything=True))
    digest = await stored(database, a_digest())
    async with database.transaction() as tx:
        await close_chat(tx, -5, reason=MUTED, now=MONDAY)
        await begin_fan_out(tx, digest.id, due_at=MONDAY + 5 * MINUTE)
        while due := await next_fan_out(tx, now=MONDAY + 5 * MINUTE):
            await fan_out_chunk(tx, due, limit=10, lost_since=MONDAY - DAY)
        assert await regain_chat(tx, -5, now=MONDAY + 10 * MINUTE, catch_up=DAY) == Regained(1, 1)

    assert await rows(database, "state, due_at, reason") == [("waiting", millis(-10 * MINUTE), None)]


async def test_without_a_limit_nothing_is_too_old_to_be_revived(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"))
    await owed(database, {"due_at": millis(100 * DAY)})
    async with database.transaction() as tx:
        await lose_chat(tx, -5, reason=KICKED, now=MONDAY)

        assert await regain_chat(tx, -5, now=MONDAY, catch_up=None) == Regained(1, 1)


async def test_who_was_muted_and_then_thrown_out_missed_something_from_the_first_on(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"))
    await owed(database, {})
    async with database.transaction() as tx:
        await close_chat(tx, -5, reason=MUTED, now=MONDAY)
        await lose_chat(tx, -5, reason=KICKED, now=MONDAY + HOUR)

        assert await regain_chat(tx, -5, now=MONDAY + 2 * HOUR, catch_up=DAY) == Regained(1, 1)


async def test_a_topic_that_opens_opens_no_other(database: Database) -> None:
    await subscribed(database, a_topic(2), a_topic(3))
    await owed(database, {}, {"subscriber_id": 2})
    async with database.transaction() as tx:
        await close_chat(tx, -5, reason=MUTED, now=MONDAY)

        assert await regain_chat(tx, -5, topic_id=3, now=MONDAY, catch_up=DAY) == Regained(1, 1)

    assert await states(database) == [PAUSED, ACTIVE]
    assert await rows(database, "state") == [("skipped",), ("waiting",)]
