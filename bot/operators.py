"""What the bot tells its operators in private, of its own accord."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.delivery.outcome import Outcome, Sent, Unreachable
from bot.delivery.pace import Pace
from bot.delivery.retry import wait_before
from bot.delivery.send import send
from bot.messages.phrases import choose_language, phrase
from bot.messages.view import MessagePart
from storage import subscribers
from storage.database import Database, DatabaseUnusable
from storage.model import Address

log = structlog.get_logger()

# How often one is asked of a Telegram that is out of reach: for some two minutes in all.
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Operators:
    """Whoever runs the bot, by Telegram user id."""

    user_ids: tuple[int, ...]
    database: Database
    telegram_bot: ExtBot[bool]
    pace: Pace
    clock: Clock
    _untold: asyncio.Queue[tuple[str, Mapping[str, object]]] = field(default_factory=asyncio.Queue)

    async def tell(self, name: str, **facts: object) -> None:
        """Let the phrase called *name* be said to each; it waits for Telegram, so that who tells need not."""
        self._untold.put_nowait((name, facts))

    async def keep_telling(self) -> None:
        """Say what is to be told, each in their language, until cancelled; who cannot be told is named in the log."""
        while True:
            name, facts = await self._untold.get()
            for user_id in self.user_ids:
                outcome = await self._say(Address(user_id), name, facts)
                if not isinstance(outcome, Sent):
                    log.warning("operator_not_told", operator=user_id, told=name, reason=str(outcome))

    async def _language(self, address: Address) -> str:
        try:
            async with self.database.snapshot() as tx:
                subscriber = await subscribers.subscriber_at(tx, address)
        except DatabaseUnusable:
            subscriber = None
        return choose_language(subscriber.preferences.language if subscriber else None)

    async def _say(self, address: Address, name: str, facts: Mapping[str, object]) -> Outcome:
        language = await self._language(address)
        part = MessagePart(phrase(language, name, **facts), ())
        tries = 0
        while True:
            await self.pace.reply(address.chat_id)
            outcome, tries = await send(self.telegram_bot, address, part), tries + 1
            if not isinstance(outcome, Unreachable) or tries >= _TRIES:
                return outcome
            await self.clock.sleep(wait_before(tries + 1))
