"""The worker that removes what the bot said in groups, where it is to stand for a while only."""

from datetime import timedelta
from functools import partial

import structlog
from telegram import Bot

from bot.chat.errors import wait_before_again
from bot.clock import Clock
from storage.database import Database, DatabaseUnusable
from storage.groups import due_litter, forget_litter, forget_old_litter, put_off_litter

log = structlog.get_logger()

# How late something may be removed, and how many in one go.
_LATEST = timedelta(seconds=10)
_IN_ONE_GO = 100
# Many at once are spread, as nobody waits for them.
_BREATH = timedelta(milliseconds=100)
# After that Telegram removes nothing (deleteMessage); it was sent even before it was due.
_TOO_OLD = timedelta(hours=48)


async def keep_removing(database: Database, telegram_bot: Bot, clock: Clock) -> None:
    """Remove what is due, again and again; may be cancelled anywhere: what is removed twice is only gone already."""
    while True:
        try:
            more = await remove_litter(database, telegram_bot, clock)
        except DatabaseUnusable as error:
            log.error("removing_put_off", reason=str(error), remedy="it is tried again in a moment")
            more = False
        if not more:
            await clock.sleep(_LATEST)


async def remove_litter(database: Database, telegram_bot: Bot, clock: Clock) -> bool:
    """Remove what is due, as much as is done in one go; say whether there may be more."""
    now = clock.now()
    async with database.snapshot() as tx:
        due = await due_litter(tx, now=now, limit=_IN_ONE_GO)
    if not due:
        return False
    async with database.transaction() as tx:
        old = await forget_old_litter(tx, before=now - _TOO_OLD)
    if old:
        log.info("litter_left", messages=old, reason="it is too old for Telegram to remove it")
        return True
    for chat_id, message_id in due:
        remove = partial(telegram_bot.delete_message, chat_id, message_id)
        wait = await wait_before_again(remove, "not_removed", chat=chat_id, message=message_id)
        async with database.transaction() as tx:
            if wait is None:
                await forget_litter(tx, [(chat_id, message_id)])
            else:
                await put_off_litter(tx, chat_id, until=clock.now() + wait)
        if wait is not None:
            return False
        await clock.sleep(_BREATH)
    return len(due) == _IN_ONE_GO
