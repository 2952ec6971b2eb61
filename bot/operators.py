"""What the bot tells its operators in private, of its own accord."""

from dataclasses import dataclass

import structlog
from telegram.ext import ExtBot

from bot.delivery.outcome import Sent
from bot.delivery.send import send
from bot.messages.phrases import choose_language, phrase
from bot.messages.view import MessagePart
from storage import subscribers
from storage.database import Database
from storage.model import Address

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Operators:
    """Whoever runs the bot, by Telegram user id."""

    user_ids: tuple[int, ...]
    database: Database
    telegram_bot: ExtBot[bool]

    async def tell(self, name: str, **facts: object) -> None:
        """Say the phrase called *name* to each, in their language; one who cannot be reached is named in the log."""
        for user_id in self.user_ids:
            address = Address(user_id)
            async with self.database.snapshot() as tx:
                subscriber = await subscribers.subscriber_at(tx, address)
            language = choose_language(subscriber.preferences.language if subscriber else None)
            outcome = await send(self.telegram_bot, address, MessagePart(phrase(language, name, **facts), ()))
            if not isinstance(outcome, Sent):
                log.warning("operator_not_told", operator=user_id, told=name, reason=str(outcome))
