"""Being told at once that a folder changed, instead of at the next look."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import structlog
from watchfiles import awatch

from bot.clock import Clock

log = structlog.get_logger()

# How long a missing folder is left alone.
_PATIENCE = timedelta(seconds=10)


async def watch(place: Path, changed: Callable[[], None], *, stopping: asyncio.Event, clock: Clock) -> None:
    """Call *changed* after each change below *place*, until told to stop.

    Where the system cannot watch (a network share, a full inotify table), the schedule still looks.
    """
    told = ""
    while not stopping.is_set():
        try:
            async for _ in awatch(place, stop_event=stopping, debounce=200, step=50):
                changed()
        # A RuntimeError is what watchfiles makes of trouble while it watches.
        except (OSError, RuntimeError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            if reason != told:
                log.warning("folder_not_watched", reason=reason, remedy="looked at on schedule only")
            told = reason
            await clock.sleep(_PATIENCE)
