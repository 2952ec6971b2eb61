"""Waiting for Telegram while it is away: ever longer, and told once."""

from datetime import timedelta

import structlog

from bot.clock import Clock

_FIRST = timedelta(seconds=1)
_LONGEST = timedelta(seconds=30)

_log = structlog.get_logger()


class Patience:
    """Counts the failures in a row of one who keeps trying."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._away_since = 0.0

    async def wait_after(self, reason: str, *, at_least: timedelta = timedelta(0)) -> None:
        """Wait before the next try; the first failure in a row is logged with its *reason*."""
        if not self._failures:
            self._away_since = self._clock.monotonic()
            _log.warning("lost Telegram, keep trying", reason=reason)
        self._failures += 1
        await self._clock.sleep(max(at_least, wait_before(self._failures)))

    def reached(self) -> None:
        """Forget the failures, and say that they are over."""
        if self._failures:
            away = timedelta(seconds=round(self._clock.monotonic() - self._away_since))
            _log.info("reached Telegram again", away_for=str(away), tries=self._failures)
        self._failures = 0


def wait_before(retry: int) -> timedelta:
    """Double the wait from one *retry* (counted from 1) to the next, from a second up to half a minute."""
    return min(_FIRST * (1 << min(retry - 1, 10)), _LONGEST)
