"""The step that writes down what became of what was sent: many results in one transaction, none kept waiting.

While one transaction is being committed, results gather for the next; so the more there is to record, the more of it
goes into one, and a lone result is written at once.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Generic, TypeVar

import structlog

from bot.alarm import Alarm
from bot.clock import Clock
from storage.database import Database, DatabaseUnusable, Transaction

log = structlog.get_logger()

# How long to wait for room on the disk before trying again.
_PATIENCE = timedelta(seconds=1)

Result = TypeVar("Result")
_Waiting = list[tuple[Result, asyncio.Future[None]]]


class Recorder(Generic[Result]):
    """Takes results from all who send, and tells each when its own is safe."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        write: Callable[[Transaction, list[Result]], Coroutine[Any, Any, None]],
        *,
        disk: Alarm,
    ) -> None:
        """*write* stores results that came together, and awaits nothing but the transaction."""
        self._database = database
        self._clock = clock
        self._disk = disk
        self._write_all = write
        self._results: _Waiting[Result] = []
        self._recording = asyncio.Lock()

    async def record(self, result: Result) -> None:
        """Return when *result* is committed, however long the disk is in trouble; raise what storing it raises."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._results.append((result, committed))
        async with self._recording:
            # Whoever comes first writes for all who came meanwhile.
            if not committed.done():
                results, self._results = self._results, []
                await self._write(results)
        await committed

    async def _write(self, results: _Waiting[Result]) -> None:
        try:
            while not await self._written(results):
                await self._clock.sleep(_PATIENCE)
        # One that cannot be written must not take the others with it, whose messages are in their chats.
        except Exception as error:  # noqa: BLE001
            if len(results) == 1:
                _answer(results, _raises(error))
                return
            for result in results:
                await self._write([result])
        except BaseException:
            _answer(results, lambda committed: committed.cancel())
            raise
        _answer(results, lambda committed: committed.set_result(None))

    async def _written(self, results: _Waiting[Result]) -> bool:
        try:
            await self._database.at_once(lambda tx: self._write_all(tx, [result for result, _ in results]))
        except DatabaseUnusable as error:
            # What was sent must be known as sent: until it is, those who wait for this send nothing more.
            if await self._disk.trouble(reason=str(error)):
                log.error("results_not_recorded", results=len(results), reason=str(error), remedy="tried again")
            return False
        await self._disk.no_trouble()
        return True


def _raises(error: Exception) -> Callable[[asyncio.Future[None]], None]:
    return lambda committed: committed.set_exception(error)


def _answer(results: _Waiting[Any], answer: Callable[[asyncio.Future[None]], object]) -> None:
    for _, committed in results:
        if not committed.done():
            answer(committed)
