"""Digests that are owed, and what is claimed of the outbox then."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.delivery.claim import Claimed, claim
from bot.delivery.fan_out import fan_out
from bot.delivery.selecting import Selector
from storage.database import Database
from storage.fan_outs import begin_fan_out
from tests.builders import MONDAY, a_digest, stored


async def owe(database: Database, *paths: str, due_at: datetime = MONDAY) -> None:
    """Publish a digest from each of *paths*, and owe it to whoever wants it."""
    for path in paths:
        digest = await stored(database, a_digest(path=path))
        async with database.transaction() as tx:
            await begin_fan_out(tx, digest.id, due_at=due_at)
    while await fan_out(database, now=due_at):
        pass


async def claimed(
    database: Database,
    *,
    now: datetime = MONDAY,
    limit: int = 9,
    rest_of: Callable[[int], timedelta] = lambda _: timedelta(),
    lateness: timedelta | None = None,
) -> Claimed:
    """Take what has its turn; without *lateness* nothing is ever too late."""
    work = partial(claim, now=now, limit=limit, busy=(), rest_of=rest_of, lateness=lateness, selector=Selector())
    return await database.at_once(work)
