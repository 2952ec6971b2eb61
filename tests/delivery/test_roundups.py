"""What is held goes when its subscriber's time has come."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest

from bot.bell import Bell
from bot.delivery.arrivals import settle_arrivals
from bot.delivery.fan_out import fan_out
from bot.delivery.roundups import keep_rounding_up, round_up
from bot.due import next_look, next_roundup
from storage.database import Database
from storage.deliveries import finish
from storage.digests import store_digest
from storage.fan_outs import begin_fan_out
from storage.model import Schedule
from storage.notices import count_notices, next_notice
from storage.schedules import set_schedule
from storage.time import to_millis
from tests.builders import MONDAY, a_digest, a_source, a_subscriber, set_state, stored, subscribed
from tests.clocks import HandClock
from tests.storage.test_schedules import hold_all, next_due, outbox, owed

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EIGHT = datetime(2025, 7, 22, 8, tzinfo=UTC)
DAILY = Schedule("daily", time(8))


async def ask_for(database: Database, schedule: Schedule, *, next_due_at: datetime = EIGHT) -> None:
    async with database.transaction() as tx:
        await set_schedule(tx, 1, schedule, next_due_at=next_due_at)


async def kinds(database: Database) -> list[tuple[str, int]]:
    return [(kind, held) for kind, held in await outbox(database, "kind, held")]


async def test_a_roundup_goes_at_its_hour_and_the_next_is_a_day_later(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await ask_for(database, DAILY)

    assert await round_up(database, now=EIGHT - timedelta(milliseconds=1)) == 0
    assert await round_up(database, now=EIGHT) == 1

    assert await kinds(database) == [("digest", 1), ("digest", 1), ("roundup", 0)]
    assert await next_due(database) == EIGHT + DAY


async def test_after_a_downtime_one_roundup_goes_for_all_the_days(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await ask_for(database, DAILY)

    assert await round_up(database, now=EIGHT + 4 * DAY + HOUR) == 1
    assert await round_up(database, now=EIGHT + 4 * DAY + HOUR) == 0

    assert await kinds(database) == [("digest", 1), ("digest", 1), ("roundup", 0)]
    assert await next_due(database) == EIGHT + 5 * DAY


async def test_who_gets_all_at_once_now_has_at_once_what_was_held(database: Database) -> None:
    await owed(database, "a.md")
    await ask_for(database, Schedule(), next_due_at=MONDAY)

    assert await round_up(database, now=MONDAY) == 1

    assert await kinds(database) == [("digest", 0)]
    assert await next_due(database) is None


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule("daily", time(8), snoozed_until=EIGHT + HOUR),
        Schedule("daily", time(8), quiet_hours=(time(22), time(9))),
        Schedule(snoozed_until=EIGHT + HOUR),
    ],
)
async def test_who_sleeps_gets_nothing_until_they_wake(database: Database, schedule: Schedule) -> None:
    await owed(database, "a.md", "b.md")
    await ask_for(database, schedule)

    assert await round_up(database, now=EIGHT) == 1
    assert (await kinds(database), await next_due(database)) == ([("digest", 1)] * 2, EIGHT + HOUR)

    assert await round_up(database, now=EIGHT + HOUR) == 1
    assert await kinds(database) == [("digest", 1), ("digest", 1), ("roundup", 0)]


async def test_what_comes_in_quiet_hours_comes_as_one_after_them(database: Database) -> None:
    await owed(database, "a.md", "b.md", "c.md", held=False)
    await hold_all(database, EIGHT)

    assert await round_up(database, now=EIGHT) == 1

    assert await kinds(database) == [("digest", 1)] * 3 + [("roundup", 0)]
    assert await next_due(database) is None


async def nothing_told(database: Database, *, at: datetime = EIGHT + DAY) -> bool:
    async with database.snapshot() as tx:
        notice = await next_notice(tx, now=at)
    assert notice is None or (notice.phrase, notice.user_id) == ("nothing-came", 7)
    return notice is None


async def test_a_roundup_of_nothing_says_so_to_who_wants_to_know(database: Database) -> None:
    await subscribed(database, a_subscriber())
    await ask_for(database, DAILY)
    await round_up(database, now=EIGHT)
    assert await nothing_told(database)

    await ask_for(database, Schedule("daily", time(8), tell_nothing=True))
    await round_up(database, now=EIGHT)
    assert not await nothing_told(database)


async def test_while_something_is_on_its_way_nobody_is_told_that_nothing_came(database: Database) -> None:
    await owed(database, "a.md")
    await ask_for(database, Schedule("daily", time(8), tell_nothing=True))
    await round_up(database, now=EIGHT)
    # It goes by itself, and an operator paused, or Telegram does not take it.
    assert await kinds(database) == [("digest", 0)]

    await round_up(database, now=EIGHT + DAY)
    assert await nothing_told(database)

    async with database.transaction() as tx:
        await finish(tx, 1, "sent", now=EIGHT + DAY)
    await round_up(database, now=EIGHT + 2 * DAY)
    assert not await nothing_told(database, at=EIGHT + 3 * DAY)


async def test_nobody_else_is_told_of_nothing(database: Database) -> None:
    await subscribed(database, a_subscriber())
    await ask_for(database, Schedule(tell_nothing=True))
    await round_up(database, now=EIGHT)
    await ask_for(database, Schedule("daily", tell_nothing=True))
    async with database.transaction() as tx:
        await set_state(tx, 7, a_subscriber().state.GONE)
    await round_up(database, now=EIGHT)

    async with database.snapshot() as tx:
        assert await count_notices(tx) == 0


async def test_many_are_looked_at_a_chunk_at_a_time(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n) for n in range(1, 602)))
    async with database.transaction() as tx:
        await tx.run("UPDATE subscribers SET next_due_at = 0")

    assert [await round_up(database, now=MONDAY) for _ in range(14)] == [50] * 12 + [1, 0]


async def test_the_worker_goes_when_it_is_woken_and_rings_when_something_goes(database: Database) -> None:
    await owed(database, "a.md", "b.md")
    await ask_for(database, DAILY)
    clock, wake, tell = HandClock(EIGHT - HOUR), Bell(), Bell()
    async with asyncio.TaskGroup() as tasks:
        worker = tasks.create_task(keep_rounding_up(database, clock, wake=wake, tell=tell))
        await tell.heard(timedelta(milliseconds=50))
        assert len(await kinds(database)) == 2

        clock.let_pass(HOUR)
        wake.ring()
        await tell.heard(timedelta(seconds=5))

        assert await kinds(database) == [("digest", 1), ("digest", 1), ("roundup", 0)]
        worker.cancel()


async def owe_all(
    database: Database,
    *published_at: datetime,
    now: datetime,
    last_look: datetime | None = None,
    every: timedelta = MINUTE,
    day_only: bool = False,
) -> None:
    """Publish digests at *now* that say they are of another time, and owe them to everybody.

    None: there was a look a minute ago.
    """
    source = replace(await a_source(database), last_look=last_look or now - MINUTE)
    for number, at in enumerate(published_at):
        digest = a_digest(path=f"{now}-{number}.md", published_at=at, day_only=day_only)
        async with database.transaction() as tx:
            kept, _ = await store_digest(tx, source.id, digest, now=now)
            await begin_fan_out(tx, kept.id, due_at=now, hold="counting")
    async with database.transaction() as tx:
        await settle_arrivals(tx, source, operators=(), now=now, every=every)
    while await fan_out(database, now=now):
        pass


async def test_what_was_missed_in_a_downtime_comes_as_one(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))

    await owe_all(database, *(EIGHT - hours * HOUR for hours in (9, 6, 4, 2)), now=EIGHT, last_look=EIGHT - 10 * HOUR)
    assert await kinds(database) == [("digest", 1)] * 4

    await round_up(database, now=EIGHT + timedelta(minutes=1))
    assert await kinds(database) == [("digest", 1)] * 4 + [("roundup", 0)]
    assert await next_due(database) is None


async def test_what_was_missed_in_a_downtime_waits_for_the_end_of_quiet_hours(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    await ask_for(database, Schedule(quiet_hours=(time(22), time(9))))

    await owe_all(database, *(EIGHT - hours * HOUR for hours in (9, 6, 4)), now=EIGHT, last_look=EIGHT - 10 * HOUR)
    await round_up(database, now=EIGHT + timedelta(minutes=1))
    assert await next_due(database) == EIGHT + HOUR

    await round_up(database, now=EIGHT + HOUR)
    assert await kinds(database) == [("digest", 1)] * 3 + [("roundup", 0)]


async def test_what_comes_in_time_and_the_odd_late_one_come_by_themselves(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))

    times = (EIGHT - 3 * HOUR, EIGHT - 2 * HOUR, EIGHT - HOUR / 2, EIGHT, EIGHT)
    await owe_all(database, *times, now=EIGHT, last_look=EIGHT - 4 * HOUR)

    assert await kinds(database) == [("digest", 0)] * 5
    assert await next_due(database) is None


async def test_what_is_dated_midnight_and_was_not_there_at_the_last_look_was_not_missed(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))

    await owe_all(database, *[EIGHT - 8 * HOUR] * 3, now=EIGHT)

    assert await kinds(database) == [("digest", 0)] * 3


async def test_what_a_look_that_is_seldom_brings_was_not_missed(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))

    await owe_all(database, *[EIGHT - 3 * HOUR] * 3, now=EIGHT, last_look=EIGHT - 6 * HOUR, every=6 * HOUR)

    assert await kinds(database) == [("digest", 0)] * 3


async def test_of_what_came_in_a_downtime_the_day_is_enough(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))

    await owe_all(database, *[EIGHT - 8 * HOUR] * 3, now=EIGHT, last_look=EIGHT - 2 * HOUR, day_only=True)

    assert await kinds(database) == [("digest", 1)] * 3


async def test_what_was_missed_is_no_later_than_it_was_seen(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))

    await owe_all(database, EIGHT - 23 * HOUR, now=EIGHT, last_look=EIGHT - 2 * DAY)

    assert await outbox(database, "deliveries.due_at") == [(to_millis(EIGHT),)]


async def test_what_an_operator_lets_go_at_once_comes_as_one(database: Database) -> None:
    await subscribed(database, a_subscriber(everything=True))
    for number in range(3):
        digest = await stored(database, a_digest(path=f"{number}.md", published_at=EIGHT - 9 * HOUR), now=EIGHT)
        async with database.transaction() as tx:
            await begin_fan_out(tx, digest.id, due_at=EIGHT + MINUTE)
    while await fan_out(database, now=EIGHT + MINUTE):
        pass

    assert await kinds(database) == [("digest", 1)] * 3


async def test_who_wants_one_of_what_was_missed_has_it_as_it_is(database: Database) -> None:
    await subscribed(database, a_subscriber(categories=["bees"]))
    for number, category in enumerate(["bees", "ants", "wasps"]):
        digest = await stored(database, a_digest(path=f"{number}.md", categories=[category]))
        async with database.transaction() as tx:
            await begin_fan_out(tx, digest.id, due_at=EIGHT - 3 * HOUR)
    while await fan_out(database, now=EIGHT):
        pass

    await round_up(database, now=EIGHT + MINUTE)

    assert await kinds(database) == [("digest", 0)]


async def send_all(database: Database, *, now: datetime) -> list[int]:
    """Send whatever waits and is due, and say which digests that brings."""
    async with database.transaction() as tx:
        due = await tx.rows(
            """
            SELECT id, kind, digest_id FROM deliveries
             WHERE state = 'waiting' AND held = 0 AND roundup_id IS NULL AND try_at <= :now ORDER BY id
            """,
            {"now": to_millis(now)},
        )
        brought = [row["digest_id"] for row in due if row["kind"] == "digest"]
        for row in due:
            found = await tx.rows("SELECT digest_id FROM deliveries WHERE roundup_id = :id", {"id": row["id"]})
            brought += [each["digest_id"] for each in found]
            await finish(tx, row["id"], "sent", now=now)
    return brought


@pytest.mark.parametrize("seed", [*range(2), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 60))])
async def test_over_many_restarts_no_roundup_is_lost_and_nothing_comes_twice(database: Database, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secret hangs on it
    zone = chance.choice(["Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Shanghai", "America/New_York"])
    begin = datetime(2025, *chance.choice([(3, 5), (3, 28), (4, 2), (4, 22), (9, 30), (10, 24), (10, 29)]), tzinfo=UTC)
    cadence = chance.choice(["daily", "daily", "weekdays"])
    wanted = Schedule(
        "daily" if cadence == "daily" else "weekdays", time(2, chance.choice([0, 15, 30])), time_zone=zone
    )
    downtimes = [
        (since, since + chance.uniform(0, 2) * DAY) for since in (begin + chance.uniform(0, 8) * DAY for _ in "ab")
    ]
    await subscribed(database, a_subscriber(everything=True))
    await ask_for(database, wanted, next_due_at=next_look(wanted, now=begin))
    brought, looked_at = list[int](), begin

    for half_hours in range(1, 10 * 48):
        now = begin + half_hours * HOUR / 2
        if half_hours % 12 == 1:
            await owe_all(database, now, now=now)
        if any(since <= now < until for since, until in downtimes):
            continue
        await round_up(database, now=now)
        due = next_roundup(wanted, after=looked_at)
        comes = await send_all(database, now=now)
        is_anything_new = len(brought) < (half_hours + 11) // 12
        assert bool(comes) == (due is not None and due <= now and is_anything_new)
        brought += comes
        looked_at = now

    held = [row[0] for row in await outbox(database, "digest_id, state") if row[1] == "waiting"]
    assert sorted([*brought, *held]) == list(range(1, 41))
