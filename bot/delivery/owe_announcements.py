"""The step in which an announcement is owed to its audience, or skipped when it is cancelled: a chunk at a time."""

from datetime import datetime

import structlog

from storage import announced
from storage.announcements import under_way
from storage.database import Database

log = structlog.get_logger()

# As many as can be owed while a reader's command hardly notices that the pen is held.
_CHUNK = 5000


async def owe_announcements(database: Database, *, now: datetime) -> bool:
    """Do the next chunk of what is to be owed or skipped; say whether there was one."""
    async with database.snapshot() as tx:
        states = {each.state for each in await under_way(tx)}
    if "cancelled" in states:
        async with database.transaction() as tx:
            if await announced.skip_cancelled(tx, limit=_CHUNK, now=now):
                return True
    if "fanning out" not in states:
        return False
    async with database.transaction() as tx:
        return await announced.owe_chunk(tx, now=now, limit=_CHUNK)
