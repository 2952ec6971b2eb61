"""The outbox: who is owed what, claimed by whom, and never twice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.delivery.claim import claim
from bot.delivery.selecting import Selector
from storage.database import Database
from storage.deliveries import (
    PartDone,
    count_by_state,
    finish,
    give_back,
    next_try,
    postpone,
    record_parts,
    revive,
)
from storage.digests import mark_vanished
from storage.fan_outs import awaits_its_time, begin_fan_out, cancel_fan_out, fan_out_chunk, next_fan_out
from storage.model import Delivery, Digest, MadeOf, SubscriberState
from tests.builders import MONDAY, a_digest, a_subscriber, set_state, stored, subscribed

LATER = MONDAY + timedelta(hours=1)
MADE_OF = MadeOf(1, 1, "full", "en")


async def fan_out(database: Database, *, limit: int = 100, now: datetime = MONDAY) -> int:
    """Owe what is due; how many chunks it took."""
    chunks = 0
    while True:
        async with database.transaction() as tx:
            due = await next_fan_out(tx, now=now)
            if due is None:
                return chunks
            await fan_out_chunk(tx, due, limit=limit)
        chunks += 1


async def owe(database: Database, *paths: str, now: datetime = MONDAY) -> None:
    for path in paths:
        digest = await stored(database, a_digest(path=path, title=path, categories=["AI"]))
        async with database.transaction() as tx:
            await begin_fan_out(tx, digest.id, due_at=now)
    await fan_out(database, now=now)


async def claimed(
    database: Database, *, now: datetime = MONDAY, limit: int = 9, except_chats: tuple[int, ...] = ()
) -> list[Delivery]:
    async with database.transaction() as tx:
        found = await claim(
            tx,
            now=now,
            limit=limit,
            busy=except_chats,
            rest_of=lambda _: timedelta(),
            lateness=None,
            selector=Selector(),
        )
        return [delivery for delivery, _ in found.deliveries]


async def chats_owed(database: Database) -> list[int]:
    async with database.snapshot() as tx:
        rows = await tx.rows(
            "SELECT chat_id FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id ORDER BY deliveries.id"
        )
    return [row["chat_id"] for row in rows]


async def test_a_digest_is_owed_to_whoever_wants_it(database: Database) -> None:
    await subscribed(
        database,
        a_subscriber(1, everything=True),
        a_subscriber(2, categories=["ai"]),
        a_subscriber(3, categories=["Else"]),
        a_subscriber(4),
        a_subscriber(5, everything=True),
    )
    async with database.transaction() as tx:
        await set_state(tx, 5, SubscriberState.GONE)

    await owe(database, "a.md")

    assert await chats_owed(database) == [1, 2]


async def test_a_fan_out_goes_on_where_it_stopped(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n, everything=n % 2 == 0) for n in range(1, 11)))
    digest = await stored(database, a_digest())
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=MONDAY)
        due = await next_fan_out(tx, now=MONDAY)
        assert due is not None
        assert await fan_out_chunk(tx, due, limit=4)
    assert await chats_owed(database) == [2, 4]
    with pytest.raises(RuntimeError):  # noqa: PT012 - the transaction is the test
        async with database.transaction() as tx:
            due = await next_fan_out(tx, now=MONDAY)
            assert due is not None
            assert due.subscriber_id == 4
            await fan_out_chunk(tx, due, limit=4)
            raise RuntimeError

    assert await fan_out(database, limit=4) == 3

    assert await chats_owed(database) == [2, 4, 6, 8, 10]


async def test_a_subscriber_who_comes_late_has_it_once_or_not_at_all(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n, everything=True) for n in (1, 2, 3)))
    digest = await stored(database, a_digest())
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=MONDAY)
        due = await next_fan_out(tx, now=MONDAY)
        assert due is not None
        await fan_out_chunk(tx, due, limit=2)
    await subscribed(database, a_subscriber(4, everything=True), a_subscriber(1, everything=True))
    await fan_out(database)
    await subscribed(database, a_subscriber(5, everything=True))
    await fan_out(database)

    assert await chats_owed(database) == [1, 2, 3, 4]


async def test_a_digest_published_again_goes_only_to_who_has_it_not(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    await owe(database, "a.md")
    await subscribed(database, a_subscriber(2, everything=True))

    await owe(database, "a.md")

    assert await chats_owed(database) == [1, 2]


async def test_a_digest_of_the_future_is_owed_at_its_time(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    digest = await stored(database, a_digest())
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=LATER)
        assert await awaits_its_time(tx, digest.id, now=MONDAY)
        assert not await awaits_its_time(tx, digest.id, now=LATER)

    assert await fan_out(database, now=LATER - timedelta(milliseconds=1)) == 0
    assert await fan_out(database, now=LATER) == 2
    assert [delivery.due_at for delivery in await claimed(database, now=LATER)] == [LATER]


async def test_a_digest_whose_file_is_gone_waits_for_its_return(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    digest = await stored(database, a_digest())
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=MONDAY)
        await mark_vanished(tx, digest.id, now=MONDAY)

    assert await fan_out(database) == 0
    await stored(database, a_digest())
    assert await fan_out(database) == 2


def a_translation(path: str, language: str, *, published_at: datetime = MONDAY) -> Digest:
    return replace(a_digest(path=path, language=language, published_at=published_at), twins="a.md")


async def test_a_translation_is_owed_when_the_file_of_its_digest_is_gone(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True, language="zh"), a_subscriber(2, everything=True))
    chinese = await stored(database, a_translation("zh/a.md", "zh"))
    english = await stored(database, a_translation("en/a.md", "en"))
    async with database.transaction() as tx:
        await begin_fan_out(tx, chinese.id, due_at=MONDAY)
        await mark_vanished(tx, chinese.id, now=MONDAY)

    assert await fan_out(database) == 2
    assert [[edition.digest_id for edition in owed.editions] for owed in await claimed(database)] == [[english.id]] * 2

    # What is owed is sent, if nothing of it is left, too.
    async with database.transaction() as tx:
        await mark_vanished(tx, english.id, now=MONDAY)
        await give_back(tx, now=MONDAY, resend=True)
    assert [[edition.digest_id for edition in owed.editions] for owed in await claimed(database)] == [[chinese.id]] * 2


async def test_a_translation_dated_in_the_future_is_sent_to_nobody_before(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    chinese = await stored(database, a_translation("zh/a.md", "zh"))
    english = await stored(database, a_translation("en/a.md", "en", published_at=LATER))
    async with database.transaction() as tx:
        await begin_fan_out(tx, chinese.id, due_at=MONDAY)
    await fan_out(database)

    assert [edition.digest_id for edition in (await claimed(database))[0].editions] == [chinese.id]
    async with database.transaction() as tx:
        await give_back(tx, now=MONDAY, resend=True)
    editions = (await claimed(database, now=LATER))[0].editions
    assert [edition.digest_id for edition in editions] == [chinese.id, english.id]


async def test_a_fan_out_that_is_called_off_owes_nothing(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    digest = await stored(database, a_digest())
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=MONDAY)
        await cancel_fan_out(tx, digest.id)

    assert await fan_out(database) == 0


async def test_one_delivery_is_claimed_for_a_chat_and_no_one_else_has_it(database: Database) -> None:
    topics = [a_subscriber(-5, topic_id=topic, type_="supergroup", everything=True) for topic in (2, 3)]
    await subscribed(database, a_subscriber(1, everything=True), *topics)
    await owe(database, "a.md", "b.md")

    first = await claimed(database)
    second = await claimed(database, except_chats=(1, -5))

    assert [(one.subscriber.address.chat_id, one.digest_id) for one in first] == [(1, 1), (-5, 1)]
    assert second == []


async def test_only_so_many_are_claimed_the_oldest_first_and_none_for_resting_chats(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n, everything=True) for n in (1, 2, 3, 4)))
    await owe(database, "a.md")

    assert [one.subscriber.address.chat_id for one in await claimed(database, limit=2, except_chats=(1,))] == [2, 3]
    assert await claimed(database, now=MONDAY - timedelta(milliseconds=1)) == []


async def test_until_its_last_part_nothing_else_goes_to_its_subscriber(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True), a_subscriber(2, everything=True))
    await owe(database, "a.md", "b.md")
    first = (await claimed(database, limit=1))[0]
    async with database.transaction() as tx:
        await record_parts(tx, [PartDone(first.id, 10, MONDAY)])
        await postpone(tx, first.id, try_at=LATER, reason="in doubt", doubt=True)

    assert [one.subscriber.address.chat_id for one in await claimed(database)] == [2]
    later = await claimed(database, now=LATER)
    assert [(one.id, one.parts_sent, one.made_of, one.doubts) for one in later if one.subscriber.id == 1] == [
        (first.id, 1, MADE_OF, 1)
    ]
    async with database.transaction() as tx:
        await finish(tx, first.id, "failed", now=LATER, reason="x")
    assert [one.digest_id for one in await claimed(database, now=LATER + timedelta(minutes=1), except_chats=(2,))] == [
        2
    ]


async def test_a_part_that_was_sent_begins_the_count_of_the_next_anew(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    await owe(database, "a.md")
    one = (await claimed(database))[0]
    async with database.transaction() as tx:
        await postpone(tx, one.id, try_at=MONDAY, reason="x", doubt=True)
    two = (await claimed(database))[0]
    async with database.transaction() as tx:
        await record_parts(tx, [PartDone(one.id, 10, MONDAY)])
    three = (await claimed(database))[0]

    assert [(each.attempts, each.doubts, each.parts_sent) for each in (one, two, three)] == [
        (1, 0, 0),
        (2, 1, 0),
        (1, 0, 1),
    ]
    async with database.snapshot() as tx:
        assert [tuple(row) for row in await tx.rows("SELECT delivery_id, part, message_id FROM messages")] == [
            (one.id, 0, 10)
        ]


async def test_what_was_given_up_waits_again_as_if_newly_owed(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True), a_subscriber(2, everything=True))
    await owe(database, "a.md")
    sent, failed = await claimed(database)
    async with database.transaction() as tx:
        await finish(tx, sent.id, "sent", now=MONDAY)
        await finish(tx, failed.id, "failed", now=MONDAY, reason="x")

    async with database.transaction() as tx:
        assert await revive(tx, failed.digest_id, now=LATER) == 1

    assert [(one.id, one.attempts, one.due_at) for one in await claimed(database, now=LATER)] == [(failed.id, 1, LATER)]


async def test_what_a_dead_process_had_claimed_is_in_doubt_and_waits(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True), a_subscriber(2, everything=True))
    await owe(database, "a.md")
    await claimed(database, limit=1)

    async with database.transaction() as tx:
        assert await give_back(tx, now=LATER, resend=True) == 1

    assert sorted((one.doubts, one.due_at) for one in await claimed(database, now=LATER)) == [(0, MONDAY), (1, MONDAY)]


async def test_what_dies_again_and_again_waits_ever_longer(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    await owe(database, "a.md")
    now, waits = MONDAY, list[timedelta]()
    for _ in range(5):
        assert len(await claimed(database, now=now)) == 1
        async with database.transaction() as tx:
            await give_back(tx, now=now, resend=True)
            try_at = await next_try(tx, after=now - timedelta(seconds=1))
        assert try_at is not None
        waits.append(try_at - now)
        now = try_at

    assert [wait // timedelta(minutes=1) for wait in waits] == [0, 1, 3, 7, 15]


async def test_a_retry_does_not_make_it_less_late_but_a_hold_does(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    await owe(database, "a.md")
    one = (await claimed(database))[0]

    async with database.transaction() as tx:
        await postpone(tx, one.id, try_at=LATER, reason="away")
        assert await next_try(tx, after=MONDAY) == LATER
    assert await claimed(database, now=LATER - timedelta(seconds=1)) == []
    assert [again.due_at for again in await claimed(database, now=LATER)] == [MONDAY]
    async with database.transaction() as tx:
        await postpone(tx, one.id, try_at=LATER, reason="flood", held=True)
    assert [again.due_at for again in await claimed(database, now=LATER)] == [LATER]


async def test_the_outbox_is_counted_by_state(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n, everything=True) for n in range(1, 6)))
    await owe(database, "a.md")
    one, two, three, _ = await claimed(database, limit=4)
    async with database.transaction() as tx:
        await finish(tx, one.id, "sent", now=MONDAY)
        await finish(tx, two.id, "failed", now=MONDAY, reason="x")
        await finish(tx, three.id, "skipped", now=MONDAY, reason="x")

        assert await count_by_state(tx) == {"failed": 1, "sending": 1, "sent": 1, "skipped": 1, "waiting": 1}
        assert await next_try(tx, after=MONDAY - timedelta(seconds=1)) == MONDAY
