"""How fast the bot sends, in sliding windows; every message too many is counted, and refused where that is asked for.

What Telegram says (core.telegram.org/bots/faq, "My bot is hitting limits"): about 30 messages a second in all, one a
second in a chat with short bursts allowed, 20 a minute in a group. Edits count as messages.
"""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from bot.sandbox.errors import too_many_requests

Lane = Literal["bot", "private", "group"]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many messages within so long."""

    messages: int
    within: timedelta


BOT = Limit(30, timedelta(seconds=1))
# With allow_paid_broadcast.
PAID = Limit(1000, timedelta(seconds=1))
# One a second, with a burst of three: what "short bursts" allows is written nowhere.
PRIVATE = Limit(3, timedelta(seconds=3))
# Channels too.
GROUP = Limit(20, timedelta(minutes=1))


# Who sends exactly as fast as allowed is not too fast for the last digit of a float.
GRAIN = 1e-6


@dataclass(slots=True)
class Window:
    """When the messages of one lane were sent, as far back as its limit looks."""

    sent: deque[float] = field(default_factory=deque)

    def add(self, now: float, limit: Limit) -> int:
        """Note a message; how many there are now in the window."""
        since = now - limit.within.total_seconds() + GRAIN
        while self.sent and self.sent[0] <= since:
            self.sent.popleft()
        self.sent.append(now)
        return len(self.sent)

    def wait(self, now: float, limit: Limit) -> float:
        """Seconds until one more message would be within *limit*; 0: now."""
        over = len(self.sent) - limit.messages
        if over < 0:
            return 0
        return max(0.0, self.sent[over] + limit.within.total_seconds() - now - GRAIN)


@dataclass(slots=True)
class Worst:
    """The fullest window of a lane, and how many messages were too many."""

    breaches: int = 0
    messages: int = 0
    # None: nothing was sent, or the lane is the whole bot's.
    chat_id: int | None = None
    at: float | None = None

    def note(self, count: int, chat_id: int | None, now: float, limit: Limit) -> bool:
        """Whether this message was too many."""
        if count > self.messages:
            self.messages, self.chat_id, self.at = count, chat_id, now
        self.breaches += count > limit.messages
        return count > limit.messages


@dataclass(slots=True)
class Pace:
    """All windows; *enforced*: what is too fast is answered 429, as Telegram would."""

    enforced: bool = False
    messages: int = 0
    refused: int = 0
    whole: Window = field(default_factory=Window)
    chats: dict[int, Window] = field(default_factory=dict)
    worst: dict[Lane, Worst] = field(default_factory=lambda: {"bot": Worst(), "private": Worst(), "group": Worst()})

    def note(self, chat_id: int, now: float, *, paid: bool = False) -> bool:
        """Count a message to a chat; whether it broke a limit. Refuses it when *enforced*."""
        limit = PRIVATE if chat_id > 0 else GROUP
        bot = PAID if paid else BOT
        window = self.chats.get(chat_id)
        if window is None:
            window = self.chats[chat_id] = Window()
        if self.enforced:
            wait = max(self.whole.wait(now, bot), window.wait(now, limit))
            if wait > 0:
                self.refused += 1
                raise too_many_requests(max(1, math.ceil(wait)))
        self.messages += 1
        fast = self.worst["bot"].note(self.whole.add(now, bot), None, now, bot)
        lane: Lane = "private" if chat_id > 0 else "group"
        return self.worst[lane].note(window.add(now, limit), chat_id, now, limit) or fast

    def reset(self) -> None:
        """Forget what was counted; what is enforced stays so."""
        fresh = Pace(enforced=self.enforced)
        self.messages, self.refused, self.whole, self.chats = 0, 0, fresh.whole, fresh.chats
        self.worst = fresh.worst


LIMITS: dict[Lane, Limit] = {"bot": BOT, "private": PRIVATE, "group": GROUP}


def pace_json(pace: Pace) -> dict[str, Any]:
    """The report: of each lane its limit, how often it was broken and its fullest window."""
    shown: dict[str, Any] = {"enforced": pace.enforced, "messages": pace.messages, "refused": pace.refused}
    for lane, limit in LIMITS.items():
        worst = pace.worst[lane]
        shown[lane] = {
            "limit": limit.messages,
            "seconds": limit.within.total_seconds(),
            "breaches": worst.breaches,
            "worst": worst.messages,
            "chat_id": worst.chat_id,
            "at": worst.at,
        }
    return shown
