"""What APScheduler begins when, as one table.

A job only rings for the worker that does the work: on shutdown APScheduler 3 cancels running coroutines, and logs each
as a failure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.bell import Bell


@dataclass(frozen=True, slots=True)
class Job:
    """Work to be done now and then again and again, by whoever hears the *bell*."""

    name: str
    bell: Bell
    # Full minutes, for what people expect at an hour that they named.
    every: timedelta | Literal["full minute"]
    # How long after the start it begins.
    after: timedelta = timedelta()


def make_scheduler(jobs: Iterable[Job], *, now: datetime) -> AsyncIOScheduler:
    """Make a scheduler for *jobs*, the first runs of which count from *now*; one that is late is made up for, once."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for job in jobs:
        scheduler.add_job(
            _ring,
            _trigger(job),
            args=[job.bell],
            id=job.name,
            next_run_time=now + job.after,
            # APScheduler's defaults drop a run that is a second late.
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    return scheduler


def _trigger(job: Job) -> BaseTrigger:
    if job.every == "full minute":
        return CronTrigger(second=0, timezone="UTC")
    return IntervalTrigger(seconds=job.every.total_seconds(), timezone="UTC")


# A coroutine function, or APScheduler would run it in a thread, where no bell may be rung.
async def _ring(bell: Bell) -> None:
    bell.ring()
