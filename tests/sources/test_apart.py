"""The process that reads a feed ends with whoever asked for it, at whatever it is."""

import asyncio
import json
import time
from contextlib import suppress
from datetime import timedelta

from bot.sources.apart import NotUnderstood, read_apart

ITEMS = [{"id": str(number), "title": f"Bees {number}", "content_text": "buzz " * 10_000} for number in range(100)]
FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": ITEMS}).encode()


async def keep_busy() -> None:
    """Let others come to their turn now and then only, as when much is going on."""
    while True:
        time.sleep(0.003)
        await asyncio.sleep(0)


async def read(within: float) -> int:
    files, _ = await read_apart(FEED, charset=None, url="https://example.org/", within=timedelta(seconds=within))
    return len(files)


async def test_reading_that_is_broken_off_in_the_middle_of_the_answer_ends_at_once() -> None:
    others = asyncio.ensure_future(keep_busy())
    begin = time.monotonic()
    assert await read(100) == len(ITEMS)
    whole = time.monotonic() - begin

    async with asyncio.timeout(30 + 20 * whole):
        for share in (0.6, 0.7, 0.8):
            reading = asyncio.ensure_future(read(100))
            await asyncio.sleep(whole * share)
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading
            with suppress(NotUnderstood):
                await read(whole * share)
    others.cancel()
