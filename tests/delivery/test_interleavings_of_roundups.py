"""What becomes of a roundup when something else happens meanwhile: nothing is lost, and nothing comes twice."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from bot.delivery.claim import Claimed, claim
from bot.delivery.fan_out import fan_out
from bot.delivery.match import WITHDRAWN, why_no_roundup
from bot.delivery.roundups import round_up
from bot.delivery.selecting import Selector
from bot.digests.wording import word_of
from storage import chats, deliveries, edits, held, moves, preferences, roundups, schedules
from storage.database import Database
from storage.deliveries import PartDone
from storage.fan_outs import begin_fan_out
from storage.model import Collected, MadeOf, Schedule
from storage.subscribers import drop_all
from storage.wishes import import_wishes
from storage.words import keep_words
from tests.builders import MONDAY, a_digest, a_subscriber, an_item, stored, subscribed
from tests.storage.test_schedules import outbox, owed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + HOUR
DAILY = Schedule("daily", time(8))


async def let_go(database: Database, *, now: datetime = LATER) -> None:
    async with database.transaction() as tx:
        await roundups.release(tx, [1], now=now)


async def claimed(database: Database, *, now: datetime = LATER, selector: Selector | None = None) -> Claimed:
    work = partial(
        claim,
        now=now,
        limit=9,
        busy=(),
        rest_of=lambda _: timedelta(),
        lateness=None,
        selector=selector or Selector(),
    )
    return await database.at_once(work)


async def ask_daily(database: Database) -> None:
    async with database.transaction() as tx:
        await schedules.set_schedule(tx, 1, DAILY, next_due_at=LATER)


async def part_sent(database: Database, id_: int, *, last: bool, now: datetime = LATER) -> None:
    state, finished_at = ("sent", now) if last else ("waiting", None)
    async with database.transaction() as tx:
        await deliveries.record_parts(tx, [PartDone(id_, 10, now, state, None, finished_at)])


async def states(database: Database) -> list[tuple[Any, ...]]:
    return await outbox(database, "kind, path, state, held")


async def test_what_is_left_out_of_a_roundup_is_held_no_more(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    async with database.transaction() as tx:
        await drop_all(tx, 1)

    await claimed(database)

    assert [row[2:] for row in await states(database)] == [("skipped", 0), ("skipped", 0), ("sending", 0)]
    async with database.snapshot() as tx:
        assert await deliveries.count_by_state(tx) == {"sending": 1, "skipped": 2}


async def left_out_as_withdrawn(database: Database) -> None:
    """Let a roundup of three have been sent a part of, but without c.md, the newest, which is back since."""
    await owed(database, "a.md", "b.md", "c.md")
    await ask_daily(database)
    await let_go(database)
    async with database.transaction() as tx:
        await deliveries.finish(tx, 3, "skipped", now=LATER, reason=WITHDRAWN)
    ((roundup, made_of),) = (await claimed(database)).deliveries
    assert [each.digest_id for each in made_of.collected] == [1, 2]
    await part_sent(database, roundup.id, last=False)
    async with database.transaction() as tx:
        assert await edits.owe_again(tx, edits.Chunk(3, 0, 1), reason=WITHDRAWN, now=LATER) == 1


async def test_what_was_withdrawn_and_is_back_comes_with_the_next_roundup(database: Database) -> None:
    await left_out_as_withdrawn(database)
    await part_sent(database, 4, last=True)
    await owed(database, "d.md")
    await let_go(database, now=LATER + DAY)

    ((_, made_of),) = (await claimed(database, now=LATER + DAY)).deliveries

    assert sorted(each.digest_id for each in made_of.collected) == [3, 4]


async def test_what_comes_again_ends_no_roundup_that_is_under_way(database: Database) -> None:
    await left_out_as_withdrawn(database)
    await owed(database, "a-year-ago.md")
    await let_go(database, now=LATER + DAY)

    assert await outbox(database, "kind, path, state, roundup_id") == [
        ("digest", "a.md", "waiting", 4),
        ("digest", "b.md", "waiting", 4),
        # Which the roundup under way has for its digest, so that the next has another.
        ("digest", "c.md", "waiting", 6),
        ("roundup", "c.md", "waiting", None),
        ("digest", "a-year-ago.md", "waiting", 6),
        ("roundup", "a-year-ago.md", "waiting", None),
    ]


async def test_what_comes_again_leaves_known_what_a_roundup_has_brought(database: Database) -> None:
    await left_out_as_withdrawn(database)
    await part_sent(database, 4, last=True)
    await owed(database, "a-year-ago.md")
    await let_go(database, now=LATER + DAY)

    assert (await outbox(database, "kind, path, state, roundup_id"))[:4] == [
        ("digest", "a.md", "sent", 4),
        ("digest", "b.md", "sent", 4),
        ("digest", "c.md", "waiting", 6),
        ("roundup", "c.md", "sent", None),
    ]
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM messages WHERE delivery_id = 4") == 2


async def test_who_stops_while_a_roundup_arrives_is_known_to_have_had_it(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    ((roundup, _),) = (await claimed(database)).deliveries

    async with database.transaction() as tx:
        await preferences.stop(tx, 1, now=LATER)
    await part_sent(database, roundup.id, last=True)

    assert {row[2:] for row in await states(database)} == {("sent", 0)}


async def test_who_stops_is_not_owed_what_a_roundup_was_to_bring(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    ((roundup, _),) = (await claimed(database)).deliveries

    async with database.transaction() as tx:
        await preferences.stop(tx, 1, now=LATER)
        await deliveries.finish(tx, roundup.id, "skipped", now=LATER, reason="the subscriber is stopped")

    assert {row[2:] for row in await states(database)} == {("skipped", 0)}


async def test_nothing_is_said_to_have_come_that_a_roundup_went_on_without(database: Database) -> None:
    await owed(database, "a.md", "b.md", "c.md")
    await let_go(database)
    async with database.transaction() as tx:
        await deliveries.finish(tx, 1, "skipped", now=LATER, reason=WITHDRAWN)
    ((roundup, _),) = (await claimed(database)).deliveries
    await part_sent(database, roundup.id, last=False)
    async with database.transaction() as tx:
        await chats.lose_chat(tx, 7, reason="blocked", now=LATER)
        await deliveries.finish(tx, roundup.id, "skipped", now=LATER, reason="blocked")
        await chats.regain_chat(tx, 7, now=LATER + HOUR, catch_up=DAY)
    await part_sent(database, roundup.id, last=True, now=LATER + HOUR)

    assert [row[2] for row in await states(database)] == ["skipped", "sent", "sent", "sent"]


async def test_who_comes_back_gets_the_whole_roundup_that_was_claimed_meanwhile(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    async with database.transaction() as tx:
        await chats.lose_chat(tx, 7, reason="blocked", now=LATER)
    ((roundup, _),) = (await claimed(database)).deliveries
    async with database.transaction() as tx:
        await deliveries.finish(tx, roundup.id, "skipped", now=LATER, reason="the subscriber is gone")
        await chats.regain_chat(tx, 7, now=LATER + HOUR, catch_up=DAY)

    ((_, made_of),) = (await claimed(database, now=LATER + HOUR)).deliveries

    assert [each.digest_id for each in made_of.collected] == [1, 2]


async def test_what_is_held_comes_though_its_subscriber_moves_in_anew(database: Database) -> None:
    await owed(database, "a.md", held=False)
    async with database.transaction() as tx:
        await held.hold(tx, [(1, LATER)])
        await import_wishes(tx, [(a_subscriber(everything=True), None)])

    await round_up(database, now=LATER)

    assert await states(database) == [("digest", "a.md", "waiting", 0)]


async def test_a_roundup_of_more_digests_than_are_kept_is_sent_to_who_mutes_words(database: Database) -> None:
    muted = word_of(["story 7 "])
    assert muted is not None
    await subscribed(database, a_subscriber(everything=True))
    async with database.transaction() as tx:
        await keep_words(tx, 1, "mute", [muted])
    for number in range(80):
        digest = await stored(
            database, a_digest(an_item(f"Story {number} of bees"), an_item("Another"), path=f"{number}.md")
        )
        async with database.transaction() as tx:
            await begin_fan_out(tx, digest.id, due_at=MONDAY)
    while await fan_out(database, now=MONDAY):
        pass
    async with database.transaction() as tx:
        await held.hold(tx, [(id_, LATER) for id_ in range(1, 81)])
    await let_go(database)
    selector = Selector()

    found = await claimed(database, selector=selector)
    assert len(found.unprepared) == 80
    await selector.prepare(database, found.unprepared)
    ((_, made_of),) = (await claimed(database, selector=selector)).deliveries

    assert [each.selection.items for each in made_of.collected].count((1,)) == 1
    assert len(made_of.collected) == 80


def test_who_asks_for_nothing_any_more_gets_no_more_of_a_roundup() -> None:
    made_of = MadeOf(1, 1, "full", "en", collected=(Collected(1, 1), Collected(2, 1)))

    assert why_no_roundup(a_subscriber(everything=True), made_of) is None
    assert why_no_roundup(a_subscriber(categories=["bees"]), made_of) is None
    assert why_no_roundup(a_subscriber(), made_of) == "unsubscribed since"


def test_of_a_roundup_that_leaves_all_to_a_channel_nobody_is_said_to_have_unsubscribed() -> None:
    made_of = MadeOf(1, 1, "full", "en")

    assert why_no_roundup(a_subscriber(everything=True), made_of) == "nothing is left of it"
    assert why_no_roundup(a_subscriber(), made_of) == "unsubscribed since"


async def test_what_is_owed_again_is_kept_together_only_so_far_as_it_is_owed(database: Database) -> None:
    await subscribed(database, a_subscriber(7, everything=True), a_subscriber(8, everything=True))
    await owed(database, "a.md", chat_id=7, held=False)
    await owed(database, "a.md", chat_id=8, held=False)
    async with database.transaction() as tx:
        await begin_fan_out(tx, 1, due_at=MONDAY)
        await tx.run("UPDATE fan_outs SET subscriber_id = 1")
        await held.keep_together(tx, 1, after=0, everyone=True, until=LATER)

    assert await outbox(database, "subscriber_id, held") == [(1, 1), (2, 0)]


async def test_what_was_to_come_at_once_comes_with_the_first_roundup_of_who_wants_those_now(database: Database) -> None:
    await owed(database, "a.md", "b.md", "begun.md", held=False)
    await part_sent(database, 3, last=False)

    await ask_daily(database)

    assert [row[2:] for row in await states(database)] == [("waiting", 1), ("waiting", 1), ("waiting", 0)]
    # Who changes the hour only, does not put off what is about to come.
    await let_go(database)
    await ask_daily(database)
    assert await outbox(database, "kind, held, roundup_id") == [
        ("digest", 1, 4),
        ("digest", 1, 4),
        ("digest", 0, None),
        ("roundup", 0, None),
    ]


async def test_what_a_chat_that_moves_had_half_of_goes_on_where_it_is_now(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    await claimed(database)
    await part_sent(database, 3, last=False)
    await owed(database, "a.md", "c.md", chat_id=8)
    async with database.transaction() as tx:
        await moves.move_chat(tx, 7, to=8, now=LATER)

    assert await outbox(database, "kind, path, subscriber_id, state, held, roundup_id") == [
        ("digest", "a.md", 2, "waiting", 1, 3),
        ("digest", "b.md", 2, "waiting", 1, 3),
        ("roundup", "b.md", 2, "waiting", 0, None),
        ("digest", "c.md", 2, "waiting", 1, None),
    ]


async def test_what_a_chat_that_moves_had_half_of_is_not_lost_to_a_roundup_there(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await owed(database, "z.md", "b.md", chat_id=8)
    async with database.transaction() as tx:
        await roundups.release(tx, [1, 2], now=LATER)
    await claimed(database)
    await part_sent(database, 5, last=False)
    await part_sent(database, 6, last=True)
    async with database.transaction() as tx:
        await moves.move_chat(tx, 7, to=8, now=LATER)

    assert await outbox(database, "kind, path, subscriber_id, state, held") == [
        # Which the roundup there did not have.
        ("digest", "a.md", 2, "waiting", 1),
        ("digest", "b.md", 1, "skipped", 0),
        ("digest", "z.md", 2, "sent", 0),
        ("digest", "b.md", 2, "sent", 0),
        ("roundup", "b.md", 2, "sent", 0),
    ]
