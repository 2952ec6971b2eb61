"""The step in which what is held goes, when its subscriber's time has come: one digest as it is, several as a roundup.

What each asked for is in the database, and when to look at it next: so the minute at which one looks does not matter,
and a crash in between only means to look again.
"""

from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.bell import Bell
from bot.clock import Clock
from bot.delivery.nothing import say_nothing_came
from bot.due import held_until, next_roundup
from storage import roundups, schedules
from storage.database import Database, DatabaseUnusable, Transaction

log = structlog.get_logger()

# As many as can be looked at while a reader's command hardly notices that the pen is held.
_CHUNK = 50
# Between two chunks, for those who wait for the pen.
_BREATH = timedelta(milliseconds=5)
_AGES = timedelta(days=365)


async def keep_rounding_up(database: Database, clock: Clock, *, wake: Bell, tell: Bell) -> None:
    """Let go whatever is due whenever *wake* rings, and ring *tell* when it is; may be cancelled anywhere."""
    number = 0
    while True:
        if not number:
            await wake.heard(_AGES)
        try:
            number = await round_up(database, now=clock.now())
        except DatabaseUnusable as error:
            log.error("roundups_wait", reason=str(error), remedy="they go when the database can be written")
            number = 0
        except Exception:
            log.exception("roundups_failed")
            number = 0
        if number:
            tell.ring()
            await clock.sleep(_BREATH)


async def round_up(database: Database, *, now: datetime) -> int:
    """Look at those who have been due the longest, a chunk of them; say how many there were."""
    async with database.snapshot() as tx:
        if not await schedules.due_subscribers(tx, now=now, limit=1):
            return 0
    return await database.at_once(partial(_round_up, now=now))


async def _round_up(tx: Transaction, *, now: datetime) -> int:
    due = await schedules.due_subscribers(tx, now=now, limit=_CHUNK)
    held = {each.subscriber_id: until for each in due if (until := held_until(each.schedule, now=now))}
    free = [each for each in due if each.subscriber_id not in held]
    released = await roundups.release(tx, [each.subscriber_id for each in free], now=now)
    following = [(each.subscriber_id, next_roundup(each.schedule, after=now)) for each in free]
    await schedules.look_again(tx, [*held.items(), *following], now=now)
    for each in free:
        if each.subscriber_id not in released:
            await say_nothing_came(tx, each, each.schedule, now=now)
    return len(due)
