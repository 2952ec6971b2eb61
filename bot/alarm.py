"""Tell operators once that something is wrong, and once more when it is well again."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.clock import Clock

# How often what goes on is said in the log.
_OFTEN = timedelta(minutes=1)


@dataclass(slots=True)
class Alarm:
    """One kind of trouble; *wrong* and *well* are the names of phrases."""

    tell: Callable[..., Awaitable[None]]
    clock: Clock
    wrong: str
    well: str
    # What is over sooner is a hiccup, of which nobody is told.
    patience: timedelta = timedelta()
    # It is over when there was none for so long.
    calm: timedelta = timedelta(minutes=1)
    _since: float | None = field(default=None, init=False)
    _last: float = field(default=0.0, init=False)
    _told: bool = field(default=False, init=False)
    _said: float = field(default=-math.inf, init=False)

    async def trouble(self, **facts: object) -> bool:
        """Note that there is trouble now; *facts* are what the phrase speaks of.

        Says whether it is worth a line in the log: when it begins, and once a minute.
        """
        self._last = self.clock.monotonic()
        if self._since is None:
            self._since = self._last
        worth_a_line = self._last - self._said >= _OFTEN.total_seconds()
        if worth_a_line:
            self._said = self._last
        if not self._told and self._last - self._since >= self.patience.total_seconds():
            self._told = True
            await self.tell(self.wrong, **facts)
        return worth_a_line

    async def no_trouble(self) -> None:
        """Note that there is none now; costs nothing where there was none."""
        if self._since is None or self.clock.monotonic() - self._last < self.calm.total_seconds():
            return
        self._since, self._said = None, -math.inf
        if self._told:
            self._told = False
            await self.tell(self.well)
