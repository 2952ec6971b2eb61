"""When each message may go: bot-wide without a burst, per chat, replies to people before broadcasts.

The figures are Telegram's (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this): about 30 messages
a second in all, one a second in a private chat, 20 a minute in a group or channel.
"""

import asyncio
from collections import deque
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.retry import wait_before

_PRIVATE = 1.0
_GROUP = 60 / 20
# Floods in so many chats, and as many of the last answers as not, within the window, mean the bot and not the chats: a
# chat that has enough of us is answered so for itself, among others that are not.
_FLOODED_CHATS = 3
_LAST_ANSWERS = 20
_FLOOD_WINDOW = 30.0
# So many calls in a row that Telegram failed over mean that it is not well; one means nothing for other chats.
_FAILURES = 3
# How long a broadcast waits without looking up.
_GLANCE = 0.5
# How late a worker may come for its turn on a busy machine and make up for it: one turn, or ten milliseconds of them.
_LATE = 0.05
_TIMERS_LATE = 0.01
# An answer may have one of the next two turns before it comes, while no more than the rate and one went within the last
# second: that is one less than Telegram allows, for calls that were apart and arrive together.
_AHEAD = 2
_SECOND = 1.0
# So many rests are kept before those that are over are looked for.
_FEW = 1_000


def spacing(chat_id: int) -> timedelta:
    """Tell how long a chat rests after a message; groups and channels have ids below 0."""
    return timedelta(seconds=_spacing(chat_id))


def _spacing(chat_id: int) -> float:
    return _PRIVATE if chat_id > 0 else _GROUP


class Pace:
    """The one dispenser of turns, that all who send share."""

    def __init__(self, rate: float, clock: Clock) -> None:
        """Give *rate* turns a second in all."""
        self._interval = 1 / rate
        self._clock = clock
        self._next_turn = clock.monotonic()
        # When turns were taken within the last second, and how many such there may be.
        self._taken: deque[float] = deque()
        self._most_taken = int(rate) + 1
        # So many wait, each for those before it.
        self._replies = 0
        self._one_by_one = asyncio.Lock()
        self._rests: dict[int, float] = {}
        self._most_rests = _FEW
        # When the last answers came; and of a flood the chat and until when, else none.
        self._answers: deque[tuple[float, tuple[int, float] | None]] = deque(maxlen=_LAST_ANSWERS)
        self._failures = 0
        self._broadcast_rests_until = 0.0
        # When such a rest ended, and how long it was.
        self._held: deque[tuple[float, float]] = deque(maxlen=_FEW)
        self._times_lost = 0

    async def reply(self, chat_id: int) -> None:
        """Wait for a turn to answer somebody: before any broadcast, and without regard to the chat's own pace.

        What goes before its turn comes has that turn nevertheless, so that in all no more goes than the rate.
        """
        self._replies += 1
        try:
            async with self._one_by_one:
                while (wait := self._turn_of_reply() - self._clock.monotonic()) > 0:
                    await self._clock.sleep(timedelta(seconds=wait))
                self._take_turn()
        finally:
            self._replies -= 1
        self.count(chat_id)

    async def broadcast(self, most: int = 1) -> int:
        """Wait for a turn to send to any chat that does not rest; take as many as are due, up to *most*.

        Comes back with none after a moment, so that whoever waits can see whether it still should.
        """
        wait = max(self._broadcast_rests_until, self._turn_after_replies()) - self._clock.monotonic()
        if wait > 0:
            await self._clock.sleep(timedelta(seconds=min(wait, _GLANCE)))
        turns = 0
        while turns < most and self._clock.monotonic() >= max(self._broadcast_rests_until, self._turn_after_replies()):
            self._take_turn()
            turns += 1
        return turns

    def unused(self, turns: int) -> None:
        """Give back turns that `broadcast` gave."""
        self._next_turn -= turns * self._interval
        for _ in range(min(turns, len(self._taken))):
            self._taken.pop()

    def count(self, chat_id: int) -> None:
        """Note that a message goes to the chat now; it rests for as long as Telegram wants it to."""
        now = self._clock.monotonic()
        self._rests[chat_id] = max(self._rests.get(chat_id, 0.0), now) + _spacing(chat_id)
        if len(self._rests) > self._most_rests:
            self._rests = {chat_id: until for chat_id, until in self._rests.items() if until > now}
            self._most_rests = max(_FEW, 2 * len(self._rests))

    def rest(self, chat_id: int, wait: timedelta) -> bool:
        """Note that Telegram wants nothing for the chat before *wait* has passed.

        When it says so of many, and of few else anything else, all rest; says whether they do.
        """
        now = self._clock.monotonic()
        self.rest_one(chat_id, wait)
        self._answers.append((now, (chat_id, now + wait.total_seconds())))
        recent = [flood for at, flood in self._answers if at >= now - _FLOOD_WINDOW]
        floods = [flood for flood in recent if flood is not None]
        if len({chat for chat, _ in floods}) < _FLOODED_CHATS or 2 * len(floods) < len(recent):
            return False
        # What is longer is a chat's own.
        self.rest_all(timedelta(seconds=max(0.0, min(until for _, until in floods) - now)))
        return True

    def rest_one(self, chat_id: int, wait: timedelta) -> None:
        """Let nothing but replies go to the chat before *wait* has passed."""
        until = self._clock.monotonic() + wait.total_seconds()
        self._rests[chat_id] = max(self._rests.get(chat_id, 0.0), until)

    def rest_all(self, wait: timedelta) -> None:
        """Note that Telegram wants no broadcast before *wait* has passed; replies go on."""
        before = max(self._broadcast_rests_until, self._clock.monotonic())
        self._let_none_go(wait)
        self._held.append((self._broadcast_rests_until, max(0.0, self._broadcast_rests_until - before)))

    def _let_none_go(self, wait: timedelta) -> None:
        self._broadcast_rests_until = max(self._broadcast_rests_until, self._clock.monotonic() + wait.total_seconds())

    def held_within(self, window: timedelta) -> timedelta:
        """Tell for how long no broadcast could go to any chat, as Telegram wanted, in the last *window*."""
        since = self._clock.monotonic() - window.total_seconds()
        while self._held and self._held[0][0] < since:
            self._held.popleft()
        return timedelta(seconds=sum(length for _, length in self._held))

    def lost(self) -> None:
        """Note that Telegram was out of reach: broadcasts rest, the longer the more often that is in a row."""
        # Calls that were under way together fail together, and are one loss.
        if self._clock.monotonic() >= self._broadcast_rests_until:
            self._times_lost += 1
            self._let_none_go(wait_before(self._times_lost + 1))

    def failed(self) -> None:
        """Note that Telegram said it is not well: when that is several times in a row, it is lost."""
        self._failures += 1
        if self._failures >= _FAILURES:
            self.lost()

    def reached(self) -> None:
        """Note that Telegram answered."""
        self._times_lost = self._failures = 0
        self._answers.append((self._clock.monotonic(), None))

    def rest_of_all(self) -> timedelta:
        """Tell for how long no broadcast may go to any chat; 0: they may."""
        return timedelta(seconds=max(0.0, self._broadcast_rests_until - self._clock.monotonic()))

    def rest_of(self, chat_id: int, *, at: float | None = None) -> timedelta:
        """Tell for how long no broadcast may go to the chat, counted from *at* (None: now); 0: it may.

        May be asked from another thread.
        """
        since = self._clock.monotonic() if at is None else at
        return timedelta(seconds=max(0.0, self._rests.get(chat_id, 0.0) - since))

    def _turn_after_replies(self) -> float:
        return self._next_turn + self._replies * self._interval

    def _turn_of_reply(self) -> float:
        """Tell when the next answer may go."""
        room = self._taken[-self._most_taken] + _SECOND if len(self._taken) >= self._most_taken else 0.0
        return min(self._next_turn, max(room, self._next_turn - _AHEAD * self._interval))

    def _take_turn(self) -> None:
        """Take the next turn. Turns that nobody took are lost, so that there is never a burst."""
        now = self._clock.monotonic()
        # Whoever woke late may make up for what passed meanwhile, or the rate would sink by how late timers are.
        late = max(min(self._interval, _LATE), _TIMERS_LATE)
        self._next_turn = max(self._next_turn, now - late) + self._interval
        self._taken.append(now)
        while self._taken[0] <= now - _SECOND:
            self._taken.popleft()
