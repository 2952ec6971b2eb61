"""The step that ends an operator's pause: what waited is let go or skipped, a chunk at a time, and then all goes on.

What is to become of it was decided in a chat or on the command line, and is in the database: so a crash in between only
means to begin again. Until it is done nothing is claimed.
"""

from datetime import timedelta

import structlog

from bot.bell import Bell
from bot.clock import Clock
from storage.database import Database, DatabaseUnusable, Transaction
from storage.fan_outs import next_fan_out
from storage.pauses import SKIPPED, Decision, end_pause, present_pause, send_late, skip_waiting, waiting_ids

log = structlog.get_logger()

# As many ids as can be settled while a reader's command hardly notices that the pen is held.
_CHUNK = 5000
_NAP = timedelta(seconds=2)


async def keep_resuming(database: Database, clock: Clock, *, tell: Bell) -> None:
    """End each pause that is to end; *tell* is rung when broadcasts go again. May be cancelled anywhere."""
    async with database.snapshot() as tx:
        pause = await present_pause(tx)
    if pause is not None:
        log.warning("still_paused", since=pause.since.isoformat(), remedy="/resume, or digest-bot resume")
    while True:
        try:
            if await resume(database, clock):
                tell.ring()
        except DatabaseUnusable as error:
            log.error("pause_not_ended", reason=str(error), remedy="it ends when the database can be written")
        except Exception:
            log.exception("pause_not_ended")
        await clock.sleep(_NAP)


async def resume(database: Database, clock: Clock) -> bool:
    """End the pause if that was decided, having settled what waited; say whether one ended."""
    async with database.snapshot() as tx:
        pause = await present_pause(tx)
    if pause is None or pause.decision is None:
        return False
    decision = pause.decision
    settled = await _settle(database, decision, clock)
    # What was due and is still being owed waited too, and is skipped as soon as it is owed.
    while decision.ending == "skip" and await _is_owing(database, decision):
        await clock.sleep(_NAP)
        settled += await _settle(database, decision, clock)
    async with database.transaction() as tx:
        ended = await end_pause(tx, decision)
    if ended:
        log.info("resumed", ending=decision.ending, deliveries=settled)
    return ended


async def _settle(database: Database, decision: Decision, clock: Clock) -> int:
    async with database.snapshot() as tx:
        ids = await waiting_ids(tx)
    settled = 0
    for first in range(ids.start, ids.stop, _CHUNK):
        chunk = range(first, first + _CHUNK)
        async with database.transaction() as tx:
            if not await _stands(tx, decision):
                break
            skipped = 0
            if decision.ending == "skip":
                skipped = await skip_waiting(tx, chunk, decision, reason=SKIPPED, now=clock.now())
            # What is not skipped, as a chat has it in part, waited no less.
            settled += skipped + await send_late(tx, chunk, decision)
    return settled


async def _is_owing(database: Database, decision: Decision) -> bool:
    async with database.snapshot() as tx:
        return await _stands(tx, decision) and await next_fan_out(tx, now=decision.at) is not None


async def _stands(tx: Transaction, decision: Decision) -> bool:
    """Say whether no operator has changed their mind since."""
    pause = await present_pause(tx)
    return pause is not None and pause.decision == decision
