"""The step in which a published digest is owed to each subscriber who wants it, a chunk at a time."""

from datetime import datetime

from storage import deliveries
from storage.database import Database

# As many as can be owed while a reader's command hardly notices that the pen is held.
_CHUNK = 5000


async def fan_out(database: Database, *, now: datetime) -> bool:
    """Owe the digest that has been due the longest to the next chunk of subscribers; say whether there was one."""
    async with database.transaction() as tx:
        due = await deliveries.next_fan_out(tx, now=now)
        if due is None:
            return False
        await deliveries.fan_out_chunk(tx, due, limit=_CHUNK)
        return True
