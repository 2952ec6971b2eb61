"""A chat that the bot is in, and what it says there."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.seen import Message, SandboxError

if TYPE_CHECKING:
    from bot.sandbox.client.telegram import Telegram

SOON = timedelta(seconds=10)
Query = Mapping[str, str | int | float]


@dataclass(slots=True)
class Chat(ABC):
    """A chat with one person, or of many."""

    telegram: "Telegram"
    id: int
    _seen: int = field(default=0, repr=False, kw_only=True)

    @property
    @abstractmethod
    def shown_as(self) -> str:
        """The name under which it stands among the chats."""

    async def messages(self) -> list[Message]:
        """All in it, oldest first."""
        return await self.telegram.messages(self.id)

    async def next_message(self, *, within: timedelta = SOON) -> Message:
        """The bot's next message: the first that no earlier `next_message` of this chat gave."""
        query: Query = {"after": self._seen, "from_bot": 1, "limit": 1_000_000}
        found = await self.telegram.wait_for_messages(self.id, query, within=within)
        if not found:
            raise SandboxError(f"{self.shown_as} got no further message within {within}")
        self._seen = found[0].id
        return found[0]

    async def sees(self, text: str, *, within: timedelta = SOON) -> Message:
        """The newest message of the bot that contains *text*, once there is one, come anew or by an edit."""
        query: Query = {"contains": text, "from_bot": 1, "limit": 1}
        found = await self.telegram.wait_for_messages(self.id, query, within=within)
        if not found:
            raise SandboxError(f"{self.shown_as} saw no {text!r} within {within}")
        return found[0]
