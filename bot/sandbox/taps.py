"""Presses of buttons that wait for the bot's answer."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.sandbox.signal import Signal

# After it an answer is refused (TELEGRAM.md, "Buttons, commands, inline").
LIFE = timedelta(seconds=150)


@dataclass(slots=True)
class Tap:
    """A pressed button; *answer* is what the person sees then."""

    id: str
    person_id: int
    chat_id: int
    data: str
    at: float
    # None: the button still turns.
    answer: dict[str, Any] | None = None

    def shown(self) -> dict[str, Any]:
        """The tap as the control API shows it."""
        return {
            "query_id": self.id,
            "person_id": self.person_id,
            "chat_id": self.chat_id,
            "data": self.data,
            "answer": self.answer,
        }


@dataclass(slots=True)
class Taps:
    """All taps by the id of their callback query."""

    by_id: dict[str, Tap] = field(default_factory=dict)
    last: int = 0
    answered: Signal = field(default_factory=Signal)

    def add(self, *, person_id: int, chat_id: int, data: str, at: float) -> Tap:
        """A new tap."""
        self.last += 1
        tap = Tap(f"{person_id:d}{self.last:09d}", person_id, chat_id, data, at)
        self.by_id[tap.id] = tap
        return tap
