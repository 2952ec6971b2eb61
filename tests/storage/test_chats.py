"""What happens to a whole chat, and what it is owed with it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.digests.wording import read_words
from storage.chats import Regained, close_chat, lose_chat, move_chat, regain_chat
from storage.database import Database
from storage.fan_outs import begin_fan_out, fan_out_chunk, next_fan_out
from storage.model import Subscriber, SubscriberState
from storage.subscribers import all_subscribers
from storage.words import keep_words
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


async def test_a_group_with_a_new_id_keeps_its_subscriber_and_what_it_is_owed(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group", categories=["AI"], subscribed_by=7))
    await owed(database, {"state": "waiting"})
    async with database.transaction() as tx:
        assert await move_chat(tx, -5, to=-1005, now=MONDAY) == 1
        assert await move_chat(tx, -5, to=-1005, now=MONDAY) == 0

    assert await everyone(database) == [
        a_subscriber(-1005, type_="supergroup", categories=["AI"], subscribed_by=7),
    ]
    assert await rows(database) == [(1, 1, "waiting")]


async def test_messages_of_before_the_move_are_never_edited_in_the_new_chat(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(7))
    await owed(database, {"state": "sent", "parts_sent": 1}, {"state": "sent", "parts_sent": 1, "subscriber_id": 2})
    async with database.transaction() as tx:
        await tx.run("INSERT INTO messages (delivery_id, part, message_id) VALUES (1, 0, 57), (2, 0, 58)")

        await move_chat(tx, -5, to=-1005, now=MONDAY)

        assert [row[0] for row in await tx.rows("SELECT message_id FROM messages")] == [58]


async def test_where_the_new_id_subscribed_already_it_gets_what_the_old_one_chose(database: Database) -> None:
    await subscribed(
        database,
        a_subscriber(-5, type_="group", categories=["AI", "Bees"], everything=True, subscribed_by=7),
        a_subscriber(-1005, type_="supergroup", categories=["Bees", "Cats"], layout="headlines", subscribed_by=8),
    )
    async with database.transaction() as tx:
        assert await move_chat(tx, -5, to=-1005, now=MONDAY) == 1
        assert await move_chat(tx, -5, to=-1005, now=MONDAY) == 0

    old, new = await everyone(database)
    assert old.state is GONE
    choice = ["AI", "Bees", "Cats"]
    assert new == a_subscriber(
        -1005, type_="supergroup", categories=choice, everything=True, layout="headlines", subscribed_by=8
    )


async def test_where_two_become_one_it_follows_and_mutes_what_both_did(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-1005, type_="supergroup"))
    async with database.transaction() as tx:
        await keep_words(tx, 1, "follow", read_words("Qwen bees"))
        await keep_words(tx, 1, "mute", read_words("wasps"))
        await keep_words(tx, 2, "mute", read_words("Bees"))

        await move_chat(tx, -5, to=-1005, now=MONDAY)

    new = (await everyone(database))[1].preferences
    assert [word.shown for word in new.followed] == ["Qwen"]
    assert [word.shown for word in new.muted] == ["Bees", "wasps"]


async def test_what_the_old_one_had_stopped_is_not_begun_again_by_a_move(database: Database) -> None:
    await subscribed(
        database,
        a_subscriber(-5, type_="group", categories=["AI"], everything=True, state=STOPPED, subscribed_by=7),
        a_subscriber(-1005, type_="supergroup", categories=["Bees"]),
    )
    async with database.transaction() as tx:
        await move_chat(tx, -5, to=-1005, now=MONDAY)

    new = (await everyone(database))[1]
    assert new == a_subscriber(-1005, type_="supergroup", categories=["Bees"], subscribed_by=7)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({"state": "waiting"}, None, [(2, "waiting", 0)], id="only the old one is owed it"),
        pytest.param(
            {"state": "waiting"}, {"state": "waiting"}, [(1, "skipped", 0), (2, "waiting", 0)], id="both are owed it"
        ),
        pytest.param(
            {"state": "waiting"},
            {"state": "sent", "parts_sent": 1},
            [(1, "skipped", 0), (2, "sent", 1)],
            id="the new one has it",
        ),
        pytest.param(
            {"state": "sent", "parts_sent": 1}, {"state": "waiting"}, [(2, "sent", 1)], id="the old one has it"
        ),
        pytest.param(
            {"state": "waiting", "parts_sent": 1},
            {"state": "waiting"},
            [(2, "waiting", 1)],
            id="the old one has a part of it",
        ),
        pytest.param(
            {"state": "sent", "parts_sent": 1},
            {"state": "sending"},
            [(1, "sent", 1), (2, "sending", 0)],
            id="the new one is getting it",
        ),
        pytest.param({"state": "sent", "parts_sent": 1}, None, [(2, "sent", 1)], id="only the old one has it"),
    ],
)
async def test_no_digest_comes_twice_or_is_lost_where_two_become_one(
    database: Database, old: dict[str, Any], new: dict[str, Any] | None, expected: list[tuple[int, str, int]]
) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-1005, type_="supergroup"))
    await owed(database, old, *([] if new is None else [new | {"subscriber_id": 2}]))
    async with database.transaction() as tx:
        await move_chat(tx, -5, to=-1005, now=MONDAY)

    assert await rows(database, "subscriber_id, state, parts_sent") == expected


async def test_what_is_skipped_for_a_move_says_so(database: Database) -> None:
    await subscribed(database, a_subscriber(-5, type_="group"), a_subscriber(-1005, type_="supergroup"))
    await owed(database, {"state": "waiting"}, {"state": "waiting", "subscriber_id": 2})
    async with database.transaction() as tx:
        await move_chat(tx, -5, to=-1005, now=MONDAY)

    assert await rows(database, "reason, finished_at") == [
        ("the chat is now -1005", millis(timedelta(0))),
        (None, None),
    ]
