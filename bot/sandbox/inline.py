"""Inline mode: what people ask of the bot in any chat (`@bot words`), and what it offered."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.messages import Message
from bot.sandbox.people import User, user_json
from bot.sandbox.signal import Signal

# How long a query may be answered (TELEGRAM.md, "Buttons, commands, inline").
LIFE = timedelta(seconds=30)


@dataclass(slots=True)
class InlineQuery:
    """What a person typed after the bot's name."""

    id: str
    person: User
    chat: Chat
    text: str
    offset: str
    at: float
    # None: the bot has not answered; else results, next_offset and button.
    answer: dict[str, Any] | None = None

    def update(self) -> dict[str, Any]:
        """A Bot API `InlineQuery`."""
        kind = "sender" if self.chat.person is self.person else self.chat.type
        return {
            "id": self.id,
            "from": user_json(self.person),
            "chat_type": kind,
            "query": self.text,
            "offset": self.offset,
        }

    def shown(self) -> dict[str, Any]:
        """The query as the control API shows it."""
        return {
            "query_id": self.id,
            "person_id": self.person.id,
            "chat_id": self.chat.id,
            "query": self.text,
            "offset": self.offset,
            "answer": self.answer,
        }


@dataclass(slots=True)
class Inline:
    """All queries by id, and the messages with buttons that came of them."""

    queries: dict[str, InlineQuery] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    last: int = 0
    answered: Signal = field(default_factory=Signal)

    def ask(self, person: User, chat: Chat, text: str, *, offset: str, at: float) -> InlineQuery:
        """A new query."""
        self.last += 1
        query = InlineQuery(f"{person.id:d}{self.last:09d}", person, chat, text, offset, at)
        self.queries[query.id] = query
        return query

    def keep(self, message: Message) -> None:
        """Give *message* a name by which the bot may edit it."""
        self.last += 1
        message.inline_id = f"sandbox-inline-{self.last:012d}"
        self.messages[message.inline_id] = message
