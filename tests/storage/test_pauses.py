"""The operators' pause, and what becomes of what waited."""

from datetime import timedelta

from storage.database import Database
from storage.pauses import (
    Decision,
    Pause,
    Waiting,
    begin_pause,
    count_waiting,
    decide_pause,
    end_pause,
    is_paused,
    paused_since,
    present_pause,
    send_late,
    skip_waiting,
    waiting_ids,
)
from tests.builders import MONDAY

HOUR = timedelta(hours=1)


async def test_a_pause_begins_once_and_ends_when_that_is_decided(database: Database) -> None:
    async with database.transaction() as tx:
        before = await is_paused(tx)
        begun = await begin_pause(tx, now=MONDAY)
        again = await begin_pause(tx, now=MONDAY + HOUR)
        during = await present_pause(tx)
        since = await paused_since(tx)
        decided = await decide_pause(tx, "skip", now=MONDAY + HOUR)
        decided_again = await decide_pause(tx, "send", now=MONDAY + HOUR)
        ending = await present_pause(tx)
        assert ending is not None
        assert ending.decision is not None
        still = await is_paused(tx)
        ended = await end_pause(tx, ending.decision)
        after = await is_paused(tx), await paused_since(tx), await present_pause(tx)

    assert (before, begun, again, during, since) == (False, True, False, Pause(MONDAY), MONDAY)
    assert (decided, decided_again) == (True, False)
    assert ending == Pause(MONDAY, Decision("skip", MONDAY + HOUR, 0))
    assert (still, ended, after) == (True, True, (False, None, None))


async def test_a_decision_that_was_taken_back_ends_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await begin_pause(tx, now=MONDAY)
        await decide_pause(tx, "skip", now=MONDAY)
        taken_back = await begin_pause(tx, now=MONDAY + HOUR)
        ended = await end_pause(tx, Decision("skip", MONDAY, 0))
        pause = await present_pause(tx)

    assert (taken_back, ended, pause) == (True, False, Pause(MONDAY))


async def test_without_anything_that_waits_there_is_nothing_to_settle(database: Database) -> None:
    decision = Decision("skip", MONDAY, 0)
    async with database.transaction() as tx:
        waiting, ids = await count_waiting(tx), await waiting_ids(tx)
        moved = await send_late(tx, range(1, 100), decision)
        skipped = await skip_waiting(tx, range(1, 100), decision, reason="so", now=MONDAY)

    assert (waiting, len(ids), moved, skipped) == (Waiting(0, 0, 0), 0, 0, 0)
