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
# The same where messages are paid for. Telegram sells no more than its free rate of edits, and its answer to too many
# would rest what is paid for; so few are owed between two naps of the fan-out that they stay below it by themselves.
_GENTLE_CHUNK = 25


@dataclass(frozen=True, slots=True)
class Edits:
    """Which changes reach the chats."""

    # How long after it was sent; None: never.
    limit: timedelta | None
    # Whether a withdrawal does.
    mark_withdrawn: bool = False
    # Whether messages go out faster than edits may.
    gently: bool = False

    @property
    def at_once(self) -> int:
        """How many chats are owed an edit at once."""
        return _GENTLE_CHUNK if self.gently else _CHUNK


async def owe_edits(database: Database, wanted: Edits, *, now: datetime) -> bool:
    """Owe the change that came first to the next chunk of chats; say whether there may be more to be owed at once."""
    async with database.snapshot() as tx:
        if await _next_change(tx, wanted, now=now) is None:
            return False
    async with database.transaction() as tx:
        change = await _next_change(tx, wanted, now=now)
        if change is None:
            return False
        if wanted.limit is None:
            await edits.forget_changes(tx)
            return True
        owed = await _owe_chunk(tx, change, wanted, sent_since=now - wanted.limit, now=now)
        return not (owed and wanted.gently)


async def _next_change(tx: Transaction, wanted: Edits, *, now: datetime) -> FanOut | None:
    return await edits.next_change(tx, changed_before=now - _SETTLING, now=now, most=wanted.at_once)


async def _owe_chunk(tx: Transaction, change: FanOut, wanted: Edits, *, sent_since: datetime, now: datetime) -> int:
    """Say how many chats are owed an edit by that."""
    if change.subscriber_id == 0 and wanted.mark_withdrawn:
        marked = await edits.withdraw_vanished(tx, change.digest_id)
        if marked:
            log.info("marked_withdrawn", digest=change.digest_id, editions=marked)
    chunk = await edits.next_chunk(tx, change, limit=wanted.at_once)
    if chunk is None:
        await edits.end_change(tx, change.digest_id, now=now)
        log.info("change_owed_to_all", digest=change.digest_id)
        return 0
    owed = await edits.owe_edits(tx, chunk, sent_since=sent_since, now=now)
    if not await edits.is_withdrawn(tx, change.digest_id):
        await edits.owe_again(tx, chunk, reason=WITHDRAWN, now=now)
    await edits.pass_on(tx, chunk)
    return owed
