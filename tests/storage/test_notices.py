"""What a person is still to be told."""

from datetime import timedelta

from storage.database import Database
from storage.notices import Notice, add_notice, drop_notice, next_notice, postpone_notice
from tests.builders import MONDAY

HOUR = timedelta(hours=1)


async def test_what_was_due_longest_is_told_first(database: Database) -> None:
    async with database.transaction() as tx:
        for ago in (1, 3, 2):
            await add_notice(tx, ago, "operator-another-copy", {}, now=MONDAY - ago * HOUR)
        await add_notice(tx, 4, "operator-another-copy", {}, now=MONDAY + HOUR)

    told = []
    async with database.transaction() as tx:
        while notice := await next_notice(tx, now=MONDAY):
            told.append(notice.user_id)
            await drop_notice(tx, notice.id)
    assert told == [3, 2, 1]


async def test_a_notice_comes_back_as_it_was_written(database: Database) -> None:
    facts, buttons = {"title": "“晨报” & co", "more": 7}, (("button-done", "1:close"),)
    async with database.transaction() as tx:
        await add_notice(tx, 7, "operator-source-down", facts, buttons, now=MONDAY)

    async with database.snapshot() as tx:
        notice = await next_notice(tx, now=MONDAY)

    assert notice == Notice(1, 7, "operator-source-down", facts, buttons, MONDAY)


async def test_one_that_waits_holds_up_no_other(database: Database) -> None:
    async with database.transaction() as tx:
        await add_notice(tx, 7, "operator-another-copy", {}, now=MONDAY)
        await add_notice(tx, 8, "operator-another-copy", {}, now=MONDAY)
        await postpone_notice(tx, 1, try_at=MONDAY + HOUR)

    async with database.snapshot() as tx:
        now = await next_notice(tx, now=MONDAY)
        later = await next_notice(tx, now=MONDAY + HOUR, except_ids=[2])
    assert now is not None
    assert now.user_id == 8
    assert later is not None
    assert (later.user_id, later.attempts) == (7, 1)
