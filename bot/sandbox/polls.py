"""The poll that waits: there is at most one, and a newcomer ends it."""

from dataclasses import dataclass, field

from bot.sandbox.signal import Signal


@dataclass(eq=False, slots=True)
class Turn:
    """One waiting poll; *aborted* says in the server's words why it ended, empty while it waits."""

    aborted: str = ""


@dataclass(slots=True)
class Poll:
    """What is remembered from one getUpdates to the next."""

    made: Signal
    offset: int | None = None
    began: float = field(default=float("-inf"))
    waiting: Turn | None = None
    next_conflict_at: float = field(default=float("-inf"))

    def abort(self, words: str) -> None:
        """End the poll that waits, if one does."""
        if self.waiting is not None:
            self.waiting.aborted = words
            self.waiting = None
            self.made.fire()

    def take_turn(self) -> Turn:
        """Be the one that waits."""
        self.waiting = Turn()
        return self.waiting

    def leave(self, turn: Turn) -> None:
        """Wait no more."""
        if self.waiting is turn:
            self.waiting = None

    def conflict_delay(self, now: float) -> float:
        """How long a 409 is kept back: none for the first, 3 s for one that follows within 3 s."""
        if now >= self.next_conflict_at:
            self.next_conflict_at = now + 3
            return 0
        return 3
