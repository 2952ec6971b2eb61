"""Who may not use the bot any more gets nothing, and who may again has what they chose."""

from collections.abc import Collection
from datetime import datetime, timedelta

import structlog

from bot.access import Access
from bot.clock import Clock
from storage.access import are_shut_out, is_guest, is_shut_out, shut_out
from storage.chats import regain_chat
from storage.database import Database, DatabaseUnusable

log = structlog.get_logger()


async def keep_others_out(database: Database, access: Access, operators: Collection[int], *, now: datetime) -> None:
    """Pause every person for whom the bot is not; groups and channels stay."""
    if access.mode == "public":
        return
    async with database.transaction() as tx:
        people = await shut_out(tx, operators=operators, guests_too=access.mode == "invited", now=now)
    if people:
        log.warning("shut_out", people=people, remedy="/allow lets them in, or DIGEST_BOT_ACCESS=public")


async def take_back(
    database: Database, access: Access, operators: Collection[int], *, clock: Clock, catch_up: timedelta | None
) -> None:
    """Let receive again, one after the other, who was shut out and may use the bot; cut short, it goes on next time."""
    try:
        async with database.snapshot() as tx:
            out = await are_shut_out(tx)
        for user_id in out:
            await _take_back(database, user_id, access, operators, now=clock.now(), catch_up=catch_up)
    except DatabaseUnusable as error:
        log.error("taking_back_ended", reason=str(error), remedy="start the bot again when the database can be written")


async def _take_back(
    database: Database,
    user_id: int,
    access: Access,
    operators: Collection[int],
    *,
    now: datetime,
    catch_up: timedelta | None,
) -> None:
    async with database.transaction() as tx:
        may = access.lets_in(operator=user_id in operators, guest=await is_guest(tx, user_id))
        if may and await is_shut_out(tx, user_id):
            await regain_chat(tx, user_id, now=now, catch_up=catch_up)
            log.info("let_in_again", person=user_id)
