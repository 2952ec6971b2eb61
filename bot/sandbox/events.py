"""What happened, in order: the stream that the page follows."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.signal import Signal


@dataclass(frozen=True, slots=True)
class Event:
    """One change; *show* makes its JSON when someone reads it, so that a busy sandbox pays for no reader it lacks."""

    number: int
    kind: str
    show: Callable[[], dict[str, Any]]


@dataclass(slots=True)
class Events:
    """The newest changes, numbered."""

    kept: deque[Event] = field(default_factory=lambda: deque(maxlen=20_000))
    last: int = 0
    happened: Signal = field(default_factory=Signal)

    def add(self, kind: str, show: Callable[[], dict[str, Any]]) -> None:
        """Write down a change."""
        self.last += 1
        self.kept.append(Event(self.last, kind, show))
        self.happened.fire()

    def after(self, number: int) -> list[Event] | None:
        """The changes later than *number*; None when some of them are kept no more."""
        missing = self.last - number
        if number < 0 or missing > len(self.kept) or missing < 0:
            return None
        return [self.kept[index] for index in range(len(self.kept) - missing, len(self.kept))]
