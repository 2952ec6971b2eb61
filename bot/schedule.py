"""What APScheduler runs when, as one table.

Jobs are what may be cut short: on shutdown APScheduler 3 cancels running coroutines. Sending is none; it is a worker.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do now and then again and again; *run* is a coroutine function or a partial of one, no lambda."""

    name: str
    run: Callable[[], Awaitable[None]]
    every: timedelta


def make_scheduler(jobs: Iterable[Job], *, now: datetime) -> AsyncIOScheduler:
    """Make a scheduler for *jobs*, each of which begins at once; a run that is late is made up for, once."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for job in jobs:
        scheduler.add_job(
            job.run,
            "interval",
            seconds=job.every.total_seconds(),
            id=job.name,
            next_run_time=now,
            # APScheduler's defaults drop a run that is a second late.
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    return scheduler
