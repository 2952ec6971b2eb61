"""How one worker tells another that there is work, or that it is time to stop."""

import asyncio
from datetime import timedelta


class Bell:
    """Rung when something happened; who waits hears it once, even if it rang before."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits, or let the next to wait go on at once."""
        self._rung.set()

    async def heard(self, wait: timedelta) -> None:
        """Wait for the bell, no longer than *wait*."""
        try:
            async with asyncio.timeout(max(0.0, wait.total_seconds())):
                await self._rung.wait()
        except TimeoutError:
            return
        self._rung.clear()
