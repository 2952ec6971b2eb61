"""Updates handled side by side, and one after the other where order matters."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from telegram import Update

_log = structlog.get_logger()


class Lanes:
    """A lane for each chat: within one in order, between them at the same time, so that nobody waits for a stranger."""

    def __init__(
        self,
        tasks: asyncio.TaskGroup,
        handle: Callable[[Update], Awaitable[None]],
        handled: Callable[[Update], None],
    ) -> None:
        self._tasks = tasks
        self._handle = handle
        self._handled = handled
        self._waiting: dict[int, deque[Update]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._closing = False

    def add(self, update: Update) -> None:
        """Handle *update* after those of its chat that came before."""
        lane = lane_of(update)
        if lane in self._waiting:
            self._waiting[lane].append(update)
            return
        self._waiting[lane] = deque([update])
        worker = self._tasks.create_task(self._work_off(lane))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def close(self, *, within: timedelta) -> None:
        """Begin nothing more, let what is in progress end, and break off what has not ended *within* that time."""
        self._closing = True
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=within.total_seconds())
            for worker in late:
                worker.cancel()

    async def _work_off(self, lane: int) -> None:
        waiting = self._waiting[lane]
        while waiting and not self._closing:
            update = waiting.popleft()
            try:
                await self._handle(update)
            # The worker's one net: the next update is worth as much.
            except Exception:  # noqa: BLE001
                _log.exception("failed to handle an update", update=update.update_id)
            self._handled(update)
        del self._waiting[lane]


def lane_of(update: Update) -> int:
    """Name the chat, or the person where there is none: the id of a private chat is its person's."""
    where = update.effective_chat or update.effective_user
    return where.id if where else 0
