"""The step before all others: to go on from where a process that died, or was stopped, left off."""

import structlog

from bot.delivery.courier import Courier
from bot.delivery.deliver import give_back, of_doubt
from storage.rests import EVERY_CHAT, rests_after

log = structlog.get_logger()


async def take_up(courier: Courier) -> None:
    """Go on with what a process that died had under way, and with how long Telegram wanted which chats to rest."""
    doubtful = await give_back(courier)
    if doubtful:
        log.warning("was_in_doubt", deliveries=doubtful, remedy=of_doubt(resend=courier.resend))
    now = courier.clock.now()
    async with courier.database.snapshot() as tx:
        resting = await rests_after(tx, now)
    for chat_id, until in resting.items():
        if chat_id == EVERY_CHAT:
            courier.pace.rest_all(until - now)
        else:
            courier.pace.rest_one(chat_id, until - now)
