"""What the bot has not confirmed yet: the queue behind getUpdates."""

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.sandbox.signal import Signal

# How long an update waits for the bot (TELEGRAM.md, "Buttons, commands, inline"); all others: a day.
LIVES = {"callback_query": timedelta(seconds=150), "inline_query": timedelta(seconds=30)}
DAY = timedelta(days=1)
FARTHEST_OFFSET = 10
# Made only for a bot that asked for them (core.telegram.org/bots/api#getupdates, allowed_updates).
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that the bot is to hear of."""

    id: int
    kind: str
    payload: dict[str, Any]
    expires_at: float

    def shown(self) -> dict[str, Any]:
        """A Bot API `Update`."""
        return {"update_id": self.id, self.kind: self.payload}


@dataclass(slots=True)
class Updates:
    """The unconfirmed updates, oldest first; their ids only grow."""

    waiting: deque[Update] = field(default_factory=deque)
    # None: the bot never said which kinds it wants.
    allowed: frozenset[str] | None = None
    last_id: int = 0
    # When something may expire next, so that not every poll looks at all.
    next_expiry: float = float("inf")
    made: Signal = field(default_factory=Signal)

    def add(self, kind: str, payload: dict[str, Any], *, now: float) -> Update | None:
        """Queue an update, unless the bot does not want its kind: that is decided when it is made, not when asked."""
        if kind not in self.allowed if self.allowed is not None else kind in ONLY_ON_REQUEST:
            return None
        self.last_id += 1
        update = Update(self.last_id, kind, payload, now + LIVES.get(kind, DAY).total_seconds())
        self.waiting.append(update)
        self.next_expiry = min(self.next_expiry, update.expires_at)
        self.made.fire()
        return update

    def confirm(self, offset: int) -> None:
        """Forget what is below *offset*; a negative one keeps only that many of the newest.

        One far in the future confirms nothing (TQueue.cpp): it was learned from another queue.
        """
        if offset > self.last_id + 1 + FARTHEST_OFFSET:
            return
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
        while self.waiting and self.waiting[0].id < offset:
            self.waiting.popleft()

    def oldest(self, limit: int, *, now: float) -> list[Update]:
        """Up to *limit* updates to hand out; they stay until confirmed."""
        if now >= self.next_expiry:
            self.waiting = deque(update for update in self.waiting if update.expires_at > now)
            self.next_expiry = min((update.expires_at for update in self.waiting), default=float("inf"))
        return [self.waiting[index] for index in range(min(limit, len(self.waiting)))]
