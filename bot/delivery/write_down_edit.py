"""What the database is told after each change that an edit made in a chat."""

from datetime import datetime

from bot.delivery.changes import Add, Change, Changed, Doom, Remove, Rewrite, Unchanged, ends_before
from storage.database import Transaction
from storage.model import Delivery, Shown
from storage.shown import finish_edit, go_on, record_added, record_doomed, record_removed, record_rewritten


async def write_down_edit(
    tx: Transaction, delivery: Delivery, step: Changed | Unchanged, *, now: datetime, next_at: datetime
) -> None:
    """Store what the chat shows now, and let the edit end, or go on at *next_at*."""
    match step:
        case Changed(shown, change, message_id, parts, last):
            await _record(tx, shown, change, message_id, doubts=delivery.doubts)
            if last:
                await finish_edit(tx, delivery.id, shown, parts=parts, now=now)
            else:
                await go_on(tx, delivery.id, next_at=next_at)
        case Unchanged(shown, parts):
            await finish_edit(tx, delivery.id, shown, parts=parts, now=now)


async def _record(tx: Transaction, shown: Shown, change: Change, message_id: int | None, *, doubts: int) -> None:
    match change:
        case Add():
            await record_added(tx, shown, message_id=message_id, doubts=doubts)
        case Doom(part):
            await record_doomed(tx, shown, part)
        case Rewrite(part) if message_id is not None:
            await record_rewritten(tx, shown, part)
        case Rewrite(part) | Remove(part):
            ended = ends_before(shown, change, message_id=message_id)
            await record_removed(tx, shown, part, last=ended)
