"""The time of the machine: the one place that asks the system what time it is, and that waits."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What waits takes one, so that a test can let days pass in a moment."""

    def now(self) -> datetime:
        """Tell the time, aware and in UTC; it may jump when the machine's clock is set."""
        ...

    def monotonic(self) -> float:
        """Tell the seconds since some moment; they never jump, so differences of them measure waits."""
        ...

    async def sleep(self, wait: timedelta) -> None:
        """Wait; a negative wait is none."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Tell the time, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Tell the seconds since some moment; they never jump."""
        return time.monotonic()

    async def sleep(self, wait: timedelta) -> None:
        """Wait; a negative wait is none, but lets others run."""
        await asyncio.sleep(wait.total_seconds())
