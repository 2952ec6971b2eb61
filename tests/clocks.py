"""Clocks for tests."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.builders import MONDAY


@dataclass
class HandClock:
    """A clock whose time passes only when somebody sleeps, and then at once."""

    at: datetime = MONDAY
    seconds: float = 1000.0
    slept: list[timedelta] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, wait: timedelta) -> None:
        self.slept.append(wait)
        # To sleep takes some time, however little was asked for.
        self.let_pass(max(wait, timedelta(microseconds=1)))
        await asyncio.sleep(0)

    def let_pass(self, wait: timedelta) -> None:
        self.at += wait
        self.seconds += wait.total_seconds()


@dataclass
class FastClock:
    """A clock that runs so many times as fast as the machine's: what waits a second waits a part of one."""

    times: float = 10.0
    began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return (time.monotonic() - self.began) * self.times

    async def sleep(self, wait: timedelta) -> None:
        await asyncio.sleep(wait.total_seconds() / self.times)
