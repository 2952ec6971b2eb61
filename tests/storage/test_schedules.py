"""What is held for a subscriber, and how it is let go."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from storage import chats, deliveries, moves, pauses
from storage.database import Database, migrations
from storage.held import hold
from storage.model import Schedule
from storage.roundups import release
from storage.schedules import due_subscribers, look_again, set_schedule, snooze, wake
from storage.subscribers import subscriber_at
from storage.time import NEVER_MILLIS, to_millis
from tests.builders import MONDAY, a_digest, a_subscriber, stored, subscribed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + HOUR
KICKED = "Forbidden: bot was kicked from the supergroup chat"

Row = tuple[Any, ...]


async def owed(database: Database, *paths: str, chat_id: int = 7, held: bool = True) -> None:
    """Owe digests, published an hour after each other, to a chat that wants everything."""
    async with database.snapshot() as tx:
        known = await subscriber_at(tx, a_subscriber(chat_id).address)
    if known is None:
        await subscribed(database, a_subscriber(chat_id, everything=True))
    for hours, path in enumerate(paths):
        digest = (await stored(database, a_digest(path=path, published_at=MONDAY + hours * HOUR))).id
        async with database.transaction() as tx:
            await tx.run(
                """
                INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at, held)
                SELECT 'digest', :digest, id, :due_at, iif(:held, :never, :due_at), :held
                  FROM subscribers WHERE chat_id = :chat_id
                """,
                {
                    "digest": digest,
                    "due_at": to_millis(MONDAY),
                    "never": NEVER_MILLIS,
                    "held": held,
                    "chat_id": chat_id,
                },
            )


async def outbox(database: Database, columns: str = "kind, path, state, held, roundup_id") -> list[Row]:
    async with database.snapshot() as tx:
        rows = await tx.rows(
            f"SELECT {columns} FROM deliveries JOIN digests ON digests.id = digest_id ORDER BY deliveries.id"  # noqa: S608
        )
    return [tuple(row) for row in rows]


async def next_due(database: Database, chat_id: int = 7) -> datetime | None:
    async with database.snapshot() as tx:
        at = await tx.value("SELECT next_due_at FROM subscribers WHERE chat_id = :chat", {"chat": chat_id})
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC)


async def let_go(database: Database, *ids: int, now: datetime = LATER) -> set[int]:
    async with database.transaction() as tx:
        return await release(tx, ids or (1,), now=now)


async def test_a_schedule_is_kept_as_it_was_asked_for(database: Database) -> None:
    schedule = Schedule(
        cadence="weekly",
        send_time=time(23, 59),
        weekday=6,
        time_zone="Asia/Shanghai",
        quiet_hours=(time(22, 30), time(8)),
        snoozed_until=LATER,
        tell_nothing=True,
    )
    await subscribed(database, a_subscriber())
    async with database.transaction() as tx:
        await set_schedule(tx, 1, schedule, next_due_at=LATER)
        subscriber = await subscriber_at(tx, a_subscriber().address)
        due = await due_subscribers(tx, now=LATER, limit=5)

    assert subscriber is not None
    assert subscriber.preferences.schedule == schedule
    assert [(each.subscriber_id, each.schedule) for each in due] == [(1, schedule)]
    assert await next_due(database) == LATER


async def test_who_is_not_due_is_not_looked_at(database: Database) -> None:
    await subscribed(database, a_subscriber(7), a_subscriber(8), a_subscriber(9))
    async with database.transaction() as tx:
        await look_again(tx, [(1, LATER), (2, MONDAY), (3, None)], now=MONDAY)
        now = await due_subscribers(tx, now=MONDAY, limit=5)
        later = await due_subscribers(tx, now=LATER, limit=1)

    assert [each.subscriber_id for each in now] == [2]
    assert [each.subscriber_id for each in later] == [2]


async def test_one_held_digest_goes_as_it_is(database: Database) -> None:
    await owed(database, "a.md")

    assert await let_go(database) == {1}
    assert await outbox(database, "kind, held, roundup_id, due_at, try_at") == [
        ("digest", 0, None, to_millis(LATER), to_millis(LATER))
    ]


async def test_of_several_a_roundup_is_made_of_the_newest(database: Database) -> None:
    await owed(database, "a.md", "c.md", "b.md")

    assert await let_go(database) == {1}
    assert await outbox(database) == [
        ("digest", "a.md", "waiting", 1, 4),
        ("digest", "c.md", "waiting", 1, 4),
        ("digest", "b.md", "waiting", 1, 4),
        ("roundup", "b.md", "waiting", 0, None),
    ]


async def test_nothing_held_is_nothing_to_let_go(database: Database) -> None:
    await owed(database, "a.md", held=False)

    assert await let_go(database) == set()
    assert await outbox(database) == [("digest", "a.md", "waiting", 0, None)]


async def test_each_gets_what_is_held_for_them(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await owed(database, "a.md", chat_id=8)
    await owed(database, "a.md", "b.md", chat_id=9)

    assert await let_go(database, 1, 2) == {1, 2}
    assert await outbox(database, "kind, subscriber_id, held, roundup_id") == [
        ("digest", 1, 1, 6),
        ("digest", 1, 1, 6),
        ("digest", 2, 0, None),
        ("digest", 3, 1, None),
        ("digest", 3, 1, None),
        ("roundup", 1, 0, None),
    ]


async def test_a_roundup_that_still_waits_is_made_anew_with_what_came_since(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    await owed(database, "c.md")

    await let_go(database, now=LATER + DAY)

    kinds = await outbox(database, "kind, path, held, roundup_id IS NULL")
    assert sorted(kinds) == [
        ("digest", "a.md", 1, 0),
        ("digest", "b.md", 1, 0),
        ("digest", "c.md", 1, 0),
        # Which is as old as a.md, and came later.
        ("roundup", "b.md", 0, 1),
    ]


async def test_a_roundup_under_way_stays_as_it_is(database: Database) -> None:
    for doing in ("state = 'sending'", "parts_sent = 1", "doubts = 1"):
        await owed(database, "a.md", "b.md")
        await let_go(database)
        async with database.transaction() as tx:
            await tx.run(f"UPDATE deliveries SET {doing} WHERE kind = 'roundup'")  # noqa: S608

        assert await let_go(database) == set()
        assert len(await outbox(database)) == 3
        async with database.transaction() as tx:
            await tx.run("DELETE FROM deliveries")


async def test_what_a_roundup_brought_in_vain_may_be_in_another(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    async with database.transaction() as tx:
        await deliveries.finish(tx, 3, "failed", now=LATER, reason="x")
    await make_daily(database)
    for digest_id in (1, 2):
        async with database.transaction() as tx:
            await deliveries.revive(tx, digest_id, now=LATER)

    assert [row[2:] for row in await outbox(database)] == [
        ("waiting", 1, None),
        ("waiting", 1, None),
        ("failed", 0, None),
    ]
    assert await let_go(database) == {1}
    assert [row[2:] for row in await outbox(database)] == [("waiting", 1, 4), ("waiting", 1, 4), ("waiting", 0, None)]


async def make_daily(database: Database) -> None:
    async with database.transaction() as tx:
        await set_schedule(tx, 1, Schedule("daily"), next_due_at=LATER)


async def hold_all(database: Database, until: datetime) -> None:
    async with database.transaction() as tx:
        ids = [row["id"] for row in await tx.rows("SELECT id FROM deliveries WHERE roundup_id IS NULL")]
        await hold(tx, [(id_, until) for id_ in ids])


async def test_what_is_held_waits_until_somebody_looks(database: Database) -> None:
    await owed(database, "a.md", "b.md", held=False)

    await hold_all(database, LATER)

    assert await outbox(database) == [("digest", "a.md", "waiting", 1, None), ("digest", "b.md", "waiting", 1, None)]
    assert await next_due(database) == LATER
    async with database.transaction() as tx:
        assert await deliveries.candidates(tx, now=LATER + 900 * DAY, limit=9, except_chats=[]) == []


async def test_who_is_to_be_looked_at_earlier_still_is(database: Database) -> None:
    await owed(database, "a.md", held=False)
    await make_daily(database)

    await hold_all(database, LATER + HOUR)

    assert await next_due(database) == LATER


async def test_a_roundup_that_is_held_is_taken_apart(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)

    await hold_all(database, LATER)

    assert await outbox(database) == [("digest", "a.md", "waiting", 1, None), ("digest", "b.md", "waiting", 1, None)]
    assert await next_due(database) == LATER


async def test_what_has_begun_is_only_put_off(database: Database) -> None:
    for doing in ("parts_sent = 1", "doubts = 1"):
        await owed(database, "a.md", held=False)
        async with database.transaction() as tx:
            await tx.run(f"UPDATE deliveries SET {doing}")  # noqa: S608

        await hold_all(database, LATER)

        assert await outbox(database, "held, try_at, due_at") == [(0, to_millis(LATER), to_millis(LATER))]
        async with database.transaction() as tx:
            await tx.run("DELETE FROM deliveries")


async def test_a_snooze_is_looked_after_at_its_end_where_nobody_would_else(database: Database) -> None:
    await subscribed(database, a_subscriber())
    async with database.transaction() as tx:
        await snooze(tx, 1, until=LATER + DAY)
    assert await next_due(database) == LATER + DAY

    await make_daily(database)
    async with database.transaction() as tx:
        await snooze(tx, 1, until=LATER + DAY)
    assert await next_due(database) == LATER


async def test_who_wakes_gets_what_had_to_wait_and_nothing_early(database: Database) -> None:
    await subscribed(database, a_subscriber())
    await make_daily(database)
    async with database.transaction() as tx:
        await wake(tx, 1, next_due_at=LATER, now=MONDAY)
    assert await next_due(database) == LATER

    async with database.transaction() as tx:
        await wake(tx, 1, next_due_at=LATER + HOUR, now=MONDAY)
    assert await next_due(database) == MONDAY


async def test_a_lost_chat_that_returns_has_what_it_missed_with_its_next_roundup(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await make_daily(database)
    async with database.transaction() as tx:
        await chats.lose_chat(tx, 7, reason=KICKED, now=LATER)
        await tx.run("UPDATE deliveries SET state = 'skipped', held = 0, finished_at = :at", {"at": to_millis(LATER)})

    async with database.transaction() as tx:
        regained = await chats.regain_chat(tx, 7, now=LATER + HOUR, catch_up=DAY)

    assert regained == chats.Regained(1, 2)
    assert await outbox(database) == [("digest", "a.md", "waiting", 1, None), ("digest", "b.md", "waiting", 1, None)]
    async with database.transaction() as tx:
        assert await deliveries.candidates(tx, now=LATER + DAY, limit=9, except_chats=[]) == []


async def test_a_lost_chat_that_returns_has_the_roundup_that_it_missed(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    async with database.transaction() as tx:
        await chats.lose_chat(tx, 7, reason=KICKED, now=LATER)
        await deliveries.finish(tx, 3, "skipped", now=LATER, reason=KICKED)
    assert [row[2:4] for row in await outbox(database)] == [("skipped", 0)] * 3

    async with database.transaction() as tx:
        await chats.regain_chat(tx, 7, now=LATER + HOUR, catch_up=DAY)

    assert [row[2:] for row in await outbox(database)] == [("waiting", 1, 3), ("waiting", 1, 3), ("waiting", 0, None)]
    async with database.transaction() as tx:
        found = await deliveries.candidates(tx, now=LATER + HOUR, limit=9, except_chats=[])
    assert [each.delivery.kind for each in found] == ["roundup"]


async def move(database: Database) -> None:
    async with database.transaction() as tx:
        await moves.move_chat(tx, 7, to=8, now=LATER)


async def test_what_is_held_moves_with_its_chat_and_is_looked_for_there(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    await subscribed(database, a_subscriber(8, everything=True))

    await move(database)

    assert await outbox(database, "kind, subscriber_id, held, roundup_id") == [
        ("digest", 2, 1, None),
        ("digest", 2, 1, None),
    ]
    assert await next_due(database, 8) == LATER


async def test_what_a_roundup_brought_to_the_old_chat_does_not_come_again_in_the_new(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await let_go(database)
    async with database.transaction() as tx:
        await deliveries.finish(tx, 3, "sent", now=LATER)
    await owed(database, "a.md", "b.md", "c.md", chat_id=8)

    await move(database)

    waiting = await outbox(database, "path, subscriber_id, deliveries.state")
    assert [row for row in waiting if row[2] == "waiting"] == [("c.md", 2, "waiting")]


async def settle(database: Database, ending: pauses.Ending, *, now: datetime) -> None:
    async with database.transaction() as tx:
        await pauses.begin_pause(tx, now=LATER)
        await pauses.decide_pause(tx, ending, now=now)
        pause = await pauses.present_pause(tx)
        assert pause is not None
        assert pause.decision is not None
        ids = await pauses.waiting_ids(tx)
        if ending == "skip":
            await pauses.skip_waiting(tx, ids, pause.decision, reason=pauses.SKIPPED, now=now)
        await pauses.send_late(tx, ids, pause.decision)


async def test_what_waits_for_its_hour_does_not_wait_for_an_operator(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await owed(database, "c.md", held=False)
    await owed(database, "a.md", "b.md", chat_id=8)
    await let_go(database, 2)
    async with database.snapshot() as tx:
        assert await pauses.count_waiting(tx) == pauses.Waiting(digests=3, deliveries=2, subscribers=2)

    await settle(database, "skip", now=LATER + HOUR)

    assert await outbox(database, "kind, path, subscriber_id, state, held") == [
        ("digest", "a.md", 1, "waiting", 1),
        ("digest", "b.md", 1, "waiting", 1),
        ("digest", "c.md", 1, "skipped", 0),
        ("digest", "a.md", 2, "skipped", 0),
        ("digest", "b.md", 2, "skipped", 0),
        ("roundup", "b.md", 2, "skipped", 0),
    ]


async def test_held_is_what_a_pause_ends_without_a_word(database: Database) -> None:
    await owed(database, "a.md", "b.md")

    await settle(database, "send", now=LATER + HOUR)

    assert await outbox(database, "held, due_at") == [(1, to_millis(MONDAY))] * 2


def test_the_time_that_never_comes_is_the_one_that_the_schema_names() -> None:
    assert str(NEVER_MILLIS) in migrations()[5]
