"""The log of what the bot asked and what it was told."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.signal import Signal

Outcome = Literal["open", "held", "answered", "refused", "dropped", "garbled", "hung up"]


@dataclass(slots=True)
class Call:
    """One call; the token is no part of it."""

    number: int
    method: str
    parameters: dict[str, Any]
    # Unix seconds, and seconds of a clock that never goes back.
    at: float
    began: float
    ended: float | None = None
    outcome: Outcome = "open"
    # None: the caller was told nothing that the Bot API would say.
    answer: dict[str, Any] | None = None

    @property
    def chat_id(self) -> int | None:
        """The chat that was named, if by number."""
        try:
            return int(self.parameters["chat_id"])
        except (KeyError, TypeError, ValueError):
            return None


@dataclass(slots=True)
class Calls:
    """The newest calls in order, and a count of all."""

    kept: deque[Call] = field(default_factory=lambda: deque(maxlen=100_000))
    last: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    changed: Signal = field(default_factory=Signal)

    def begin(self, method: str, parameters: dict[str, Any], *, at: float, began: float) -> Call:
        """Write down that a call came."""
        self.last += 1
        call = Call(self.last, method, parameters, at, began)
        self.kept.append(call)
        self.counts[method] += 1
        self.changed.fire()
        return call

    def after(self, number: int) -> Iterator[Call]:
        """The kept calls later than *number*, oldest first."""
        for index in range(max(0, len(self.kept) - (self.last - number)), len(self.kept)):
            yield self.kept[index]


def call_json(call: Call) -> dict[str, Any]:
    """A call as the control API shows it."""
    return {
        "number": call.number,
        "method": call.method,
        "parameters": call.parameters,
        "at": call.at,
        "began": call.began,
        "ended": call.ended,
        "outcome": call.outcome,
        "answer": call.answer,
    }
