"""The step in which a change of a digest is owed to each chat that was sent it, a chunk at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.delivery.match import WITHDRAWN
from storage import edits
from storage.database import Database, Transaction
from storage.fan_outs import FanOut

log = structlog.get_logger()

# Who finds a mistake in what they have just published, soon finds another: what a file becomes within this time is
# shown as one change. A file that is only being put elsewhere is back by then, too.
_SETTLING = timedelta(minutes=1)
# As many as are owed at once, and only when fewer than that are due: each edit is a call or more, and whatever is new
# goes out after those that are owed already.
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Edits:
    """Which changes reach the chats."""

    # How long after it was sent; None: never.
    limit: timedelta | None
    # Whether a withdrawal does.
    mark_withdrawn: bool = False


async def owe_edits(database: Database, wanted: Edits, *, now: datetime) -> bool:
    """Owe the change that came first to the next chunk of chats; say whether there was one."""
    async with database.snapshot() as tx:
        if await _next_change(tx, now=now) is None:
            return False
    async with database.transaction() as tx:
        change = await _next_change(tx, now=now)
        if change is None:
            return False
        if wanted.limit is None:
            await edits.forget_changes(tx)
        else:
            await _owe_chunk(tx, change, wanted.limit, mark_withdrawn=wanted.mark_withdrawn, now=now)
        return True


async def _next_change(tx: Transaction, *, now: datetime) -> FanOut | None:
    return await edits.next_change(tx, changed_before=now - _SETTLING, now=now, most=_CHUNK)


async def _owe_chunk(tx: Transaction, change: FanOut, limit: timedelta, *, mark_withdrawn: bool, now: datetime) -> None:
    if change.subscriber_id == 0 and mark_withdrawn:
        marked = await edits.withdraw_vanished(tx, change.digest_id)
        if marked:
            log.info("marked_withdrawn", digest=change.digest_id, editions=marked)
    chunk = await edits.next_chunk(tx, change, limit=_CHUNK)
    if chunk is None:
        await edits.end_change(tx, change.digest_id, now=now)
        return
    owed = await edits.owe_edits(tx, chunk, sent_since=now - limit, now=now)
    if not await edits.is_withdrawn(tx, change.digest_id):
        await edits.owe_again(tx, chunk, reason=WITHDRAWN, now=now)
    await edits.pass_on(tx, chunk)
    if owed:
        log.info("edits_owed", digest=change.digest_id, chats=owed)
