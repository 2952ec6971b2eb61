"""The step in which a published digest is owed to each subscriber who wants it, a chunk at a time."""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from bot.bell import Bell
from bot.clock import Clock
from bot.delivery.carried import CarriedWords
from bot.delivery.owe_announcements import owe_announcements
from bot.delivery.owe_edits import Edits, owe_edits
from storage import fan_outs, held
from storage.database import Database, DatabaseUnusable, Transaction
from storage.fan_outs import FanOut

log = structlog.get_logger()

# As many as can be owed while a reader's command hardly notices that the pen is held.
_CHUNK = 1_000
# The longest sleep: what another process publishes rings no bell, and a digest of the future neither.
_NAP = timedelta(seconds=2)
_CATCH_UP = timedelta(hours=24)
# So many digests that should have gone out so long ago come as one, soon: when all of them are owed.
_MANY, _LONG, _SOON = 3, timedelta(hours=1), timedelta(minutes=1)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


async def keep_fanning_out(
    database: Database,
    clock: Clock,
    *,
    heard: Bell,
    tell: Bell,
    stopping: asyncio.Event,
    edits: Edits,
    catch_up: timedelta | None = _CATCH_UP,
) -> None:
    """Owe what is published, changed or announced until told to stop; *heard* rings when it is, *tell* when owed."""
    carried = CarriedWords()
    while not stopping.is_set():
        try:
            more = (
                await fan_out(database, now=clock.now(), catch_up=catch_up, carried=carried)
                or await owe_edits(database, edits, now=clock.now())
                or await owe_announcements(database, now=clock.now())
            )
        except DatabaseUnusable as error:
            log.error("fan_out_waits", reason=str(error), remedy="it goes on when the database can be written")
            more = False
        if more:
            tell.ring()
        else:
            await heard.heard(_NAP)


async def fan_out(
    database: Database,
    *,
    now: datetime,
    catch_up: timedelta | None = _CATCH_UP,
    carried: CarriedWords | None = None,
) -> bool:
    """Owe the digest that has been due the longest to the next chunk of subscribers; say whether there was one.

    Who was lost no longer than *catch_up* ago (None: however long) is noted as not having got it, should they return.
    *carried* keeps from chunk to chunk which words the digest has.
    """
    lost_since = _EVER if catch_up is None else now - catch_up
    async with database.snapshot() as tx:
        due = await fan_outs.next_fan_out(tx, now=now)
    if due is None:
        return False
    words = await (carried or CarriedWords()).of(database, due, now=now)
    async with database.transaction() as tx:
        # Another one, or none, may have become the next meanwhile.
        if due == await fan_outs.next_fan_out(tx, now=now):
            await fan_outs.fan_out_chunk(tx, due, limit=_CHUNK, lost_since=lost_since, carried=words)
            await _keep_together(tx, due, now=now)
    return True


async def _keep_together(tx: Transaction, due: FanOut, *, now: datetime) -> None:
    """Let what was missed in a downtime come as one: of many digests that are late, none comes by itself."""
    late = await fan_outs.late_digests(tx, due_before=now - _LONG)
    if due.digest_id in late:
        everyone, until = len(late) >= _MANY, now + _SOON
        await held.keep_together(tx, due.digest_id, after=due.subscriber_id, everyone=everyone, until=until)
