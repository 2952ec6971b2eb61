"""The operators' pause."""

from datetime import timedelta

from storage.database import Database
from storage.pauses import end_pause, is_paused, pause, paused_since
from tests.builders import MONDAY


async def test_a_pause_begins_once_and_ends(database: Database) -> None:
    async with database.transaction() as tx:
        before = await is_paused(tx)
        begun = await pause(tx, now=MONDAY)
        again = await pause(tx, now=MONDAY + timedelta(hours=1))
        during, since = await is_paused(tx), await paused_since(tx)
        await end_pause(tx)
        after, never = await is_paused(tx), await paused_since(tx)

    assert (before, begun, again, during, since) == (False, True, False, True, MONDAY)
    assert (after, never) == (False, None)
