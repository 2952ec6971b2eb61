"""What the bot has not confirmed yet: the queue behind getUpdates."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice, takewhile
from typing import Any

from bot.sandbox.signal import Signal

# How long an update waits for the bot (TELEGRAM.md, "Buttons, commands, inline"); all others: a day.
LIVES = {
    "callback_query": timedelta(seconds=150),
    "inline_query": timedelta(seconds=30),
    "chosen_inline_result": timedelta(minutes=10),
}
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
    # A webhook gets updates of one queue one after another.
    queue: tuple[str, int]

    def shown(self) -> dict[str, Any]:
        """A Bot API `Update`."""
        return {"update_id": self.id, self.kind: self.payload}


@dataclass(slots=True)
class Updates:
    """The unconfirmed updates, oldest first; their ids only grow."""

    # By id.
    waiting: dict[int, Update] = field(default_factory=dict)
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
        expires_at = now + LIVES.get(kind, DAY).total_seconds()
        update = self.waiting[self.last_id] = Update(self.last_id, kind, payload, expires_at, _queue(kind, payload))
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
            offset = self._nth_newest(-offset) if self.waiting else 0
        for id_ in list(takewhile(lambda id_: id_ < offset, self.waiting)):
            del self.waiting[id_]

    def _nth_newest(self, count: int) -> int:
        """The id of the update that has *count* − 1 newer ones, or of the oldest."""
        return next(islice(reversed(self.waiting), min(count, len(self.waiting)) - 1, None))

    def oldest(self, limit: int, *, now: float) -> list[Update]:
        """Up to *limit* updates to hand out; they stay until confirmed."""
        self.drop_expired(now=now)
        return list(islice(self.waiting.values(), limit))

    def drop_expired(self, *, now: float) -> None:
        """Forget what the bot did not ask for in time."""
        if now >= self.next_expiry:
            self.waiting = {update.id: update for update in self.waiting.values() if update.expires_at > now}
            self.next_expiry = min((update.expires_at for update in self.waiting.values()), default=float("inf"))

    def forget(self, id_: int) -> None:
        """Forget one update: a webhook took it."""
        self.waiting.pop(id_, None)


def _queue(kind: str, payload: dict[str, Any]) -> tuple[str, int]:
    """Messages by chat, what is pressed and typed by person (Client.cpp, webhook_queue_id)."""
    # A test may hand out what no Telegram would, to see that a bot survives it.
    if kind in ("callback_query", "inline_query", "chosen_inline_result"):
        return kind, payload.get("from", {}).get("id", 0)
    return ("message" if kind == "channel_post" else kind), payload.get("chat", {}).get("id", 0)
