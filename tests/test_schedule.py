"""What begins when: the first run of a job counts from the start, and a late one is made up for."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.bell import Bell
from bot.schedule import Job, make_scheduler

DAY = timedelta(days=1)


async def test_a_job_begins_at_once_or_a_while_after_the_start() -> None:
    now = datetime.now(UTC)
    at_once, later, late = Bell(), Bell(), Bell()
    # The start was a minute ago: one that should have begun since then is late, and begins now.
    jobs = [
        Job("at once", at_once, DAY),
        Job("later", later, DAY, after=timedelta(hours=1)),
        Job("late", late, DAY, after=timedelta(seconds=30)),
    ]
    scheduler = make_scheduler(jobs, now=now - timedelta(minutes=1))

    scheduler.start()
    try:
        async with asyncio.timeout(10):
            await at_once.heard(DAY)
            await late.heard(DAY)
        job = scheduler.get_job("later")
    finally:
        scheduler.shutdown(wait=False)

    assert job.next_run_time == now + timedelta(minutes=59)


async def test_a_job_of_the_full_minute_begins_soon_and_then_keeps_to_the_clock() -> None:
    now = datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC)
    job = Job("roundups", Bell(), "full minute", after=timedelta(seconds=10))
    scheduler = make_scheduler([job], now=now)
    scheduler.start(paused=True)
    try:
        kept = scheduler.get_job("roundups")
        begins = kept.next_run_time
        # In Berlin an hour comes twice then.
        following = kept.trigger.get_next_fire_time(begins, begins)
        after_that = kept.trigger.get_next_fire_time(following, following + timedelta(seconds=1))
    finally:
        scheduler.shutdown(wait=False)

    assert begins == now + timedelta(seconds=10)
    assert (following, after_that) == (now + timedelta(seconds=30), now + timedelta(seconds=90))
