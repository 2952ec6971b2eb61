"""The worker that lets go of what nobody asks for any more, a little at a time, so that nobody waits for it."""

from datetime import timedelta

import structlog

from bot.bell import Bell
from bot.clock import Clock
from storage import announced_counts, announcements, rests, tallies
from storage.database import Database, DatabaseUnusable

log = structlog.get_logger()

# How long it is known of each chat whether it received a digest; of the digest the counts stay for ever.
_MONTH = timedelta(days=31)
# What may still change in the chats is known for a while longer than that.
_MARGIN = timedelta(days=2)
# Rows looked at in one go, beside whoever writes, and rows that go in one go, while nobody else can write.
_LOOKED_AT, _GOING = 10_000, 250
# What an operator began to announce and did not send.
_DRAFTS_KEPT = timedelta(days=2)
# Between two goes, for those who wait for the pen.
_BREATH = timedelta(milliseconds=20)
_AGES = timedelta(days=365)


def kept_for(edit_limit: timedelta | None) -> timedelta:
    """Say how long finished deliveries are kept, when digests change in the chats for as long as *edit_limit*."""
    return max(_MONTH, (edit_limit or timedelta()) + _MARGIN)


async def keep_house(database: Database, clock: Clock, *, kept: timedelta, wake: Bell) -> None:
    """Tidy up whenever *wake* rings; may be cancelled anywhere, as all it does is in short transactions."""
    while True:
        await wake.heard(_AGES)
        try:
            await tidy_up(database, clock, kept=kept)
        except DatabaseUnusable as error:
            log.error("housekeeping_put_off", reason=str(error), remedy="it is tried again in a day")


async def tidy_up(database: Database, clock: Clock, *, kept: timedelta) -> int:
    """Let go of deliveries finished for longer than *kept*, of rests that are over, and of old drafts.

    Say how many deliveries went.
    """
    before = clock.now() - kept
    async with database.transaction() as tx:
        await rests.forget_rests(tx, now=clock.now())
        await announcements.forget_drafts(tx, before=clock.now() - _DRAFTS_KEPT)
    last: int | None = 0
    gone = 0
    while last is not None:
        async with database.snapshot() as tx:
            old, last = await tallies.old_deliveries(tx, after=last, before=before, limit=_LOOKED_AT)
        for start in range(0, len(old), _GOING):
            async with database.transaction() as tx:
                going = old[start : start + _GOING]
                gone += await tallies.tally(tx, going, before=before)
                gone += await announced_counts.let_go(tx, going, before=before)
            await clock.sleep(_BREATH)
    log.info("tidied_up", deliveries=gone, finished_before=f"{before:%Y-%m-%dT%H:%M:%SZ}")
    return gone
