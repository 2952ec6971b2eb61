"""Letting the health check know that a worker lives while it waits for what may take long."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from bot.clock import Clock
from storage import heartbeats
from storage.database import Database, DatabaseUnusable

# As the health check takes it, which calls a worker dead after a minute.
HALF_A_SILENCE = timedelta(seconds=30)

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Alive:
    """The signs of life of one *worker*."""

    database: Database
    worker: str
    clock: Clock
    every: timedelta = HALF_A_SILENCE

    async def beat(self) -> None:
        """Beat once; a database that cannot be written to says nothing against the worker."""
        with suppress(DatabaseUnusable):
            async with self.database.transaction() as tx:
                await heartbeats.beat(tx, self.worker, now=self.clock.now())

    async def during(self, work: Coroutine[Any, Any, _Answer]) -> _Answer:
        """Do *work* and beat meanwhile, by the time of the machine."""
        try:
            async with asyncio.TaskGroup() as tasks:
                beating = tasks.create_task(self._keep_beating())
                answer = await work
                beating.cancel()
        # What went wrong with the work is its own; nobody is to learn that it had company.
        except ExceptionGroup as group:
            raise group.exceptions[0] from None
        return answer

    async def rest(self, wait: timedelta) -> None:
        """Sleep so long and beat meanwhile: who waits is well."""
        until = self.clock.now() + wait
        while (left := until - self.clock.now()) > timedelta():
            await self.clock.sleep(min(left, self.every))
            await self.beat()

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(self.every.total_seconds())
            await self.beat()
