"""Waiting for a change without asking again and again."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

Found = TypeVar("Found")


class Signal:
    """Wakes whoever waits; costs next to nothing while no one does."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def fire(self) -> None:
        """Wake all that wait now."""
        if self._waiting:
            for waiter in self._waiting:
                if not waiter.done():
                    waiter.set_result(None)
            self._waiting.clear()

    async def fired(self) -> None:
        """Return after the next `fire`."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        await waiter


async def until(signal: Signal, look: Callable[[], Found | None], *, within: timedelta) -> Found | None:
    """What *look* finds, asked anew whenever *signal* fires; None when *within* has passed."""
    deadline = asyncio.get_running_loop().time() + within.total_seconds()
    while (found := look()) is None:
        try:
            async with asyncio.timeout_at(deadline):
                await signal.fired()
        except TimeoutError:
            return look()
    return found
