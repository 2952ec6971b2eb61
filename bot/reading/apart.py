"""Read digest files in a process of its own: while it works the bot answers, and whatever a file does to it passes.

Python's threads take turns; a large file read in one of them makes every reader of the chat wait for it.
"""

import asyncio
import pickle
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot import children
from bot.digests.site import Site
from bot.reading.each import Reading, Unreadable
from bot.sources.files import DigestFile

# A hundred times what the largest real digest takes.
_PATIENCE = timedelta(seconds=60)
# An answer is taken in while the one before is stored, so that the process need not wait to begin with the next.
_BUFFER = 16 * 1024 * 1024

_Asked = tuple[Sequence[DigestFile], Site, datetime]


class Apart:
    """A process that reads digest files, from the first that is asked of it until `close`.

    It may be asked for more before it has answered: what is done in between is done beside it.
    """

    def __init__(self, *, patience: timedelta = _PATIENCE) -> None:
        """Give up on files that take longer than *patience*."""
        self._patience = patience
        self._process: asyncio.subprocess.Process | None = None
        # What it was asked for and has not answered, in order.
        self._asked: deque[_Asked] = deque()

    async def ask(self, files: Sequence[DigestFile], site: Site, now: datetime) -> None:
        """Let it read *files*, after what it was asked for before."""
        self._asked.append((files, site, now))
        asked = await asyncio.to_thread(pickle.dumps, (list(files), site, now), pickle.HIGHEST_PROTOCOL)
        # One that has died is told of by the answer that never comes.
        with suppress(ConnectionError):
            into, _ = await self._pipes()
            # Not drained: that would wait until it is done with what it is at.
            into.write(len(asked).to_bytes(8) + asked)

    async def answer(self) -> list[Reading]:
        """Give what the files say that it was first asked for, in their order; of one that nothing comes of, say so."""
        try:
            readings = await self._answer()
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            await self.close()
        else:
            self._asked.popleft()
            return readings
        (files, site, now), *waiting = self._asked
        self._asked.clear()
        readings = await self._one_by_one(files, site, now)
        for asked in waiting:
            await self.ask(*asked)
        return readings

    async def _one_by_one(self, files: Sequence[DigestFile], site: Site, now: datetime) -> list[Reading]:
        """Find out which of *files* it was that nothing came of."""
        if len(files) == 1:
            return [Unreadable(f"{files[0].path}: takes too long to be read; no digest should, so split or remove it")]
        readings: list[Reading] = []
        for file in files:
            await self.ask([file], site, now)
            readings += await self.answer()
        return readings

    async def close(self) -> None:
        """End the process, whatever it is at."""
        process, self._process = self._process, None
        if process is not None:
            await children.end(process)

    async def _answer(self) -> list[Reading]:
        async with asyncio.timeout(self._patience.total_seconds()):
            _, out = await self._pipes()
            length = int.from_bytes(await out.readexactly(8))
            answer = await out.readexactly(length)
        return await asyncio.to_thread(pickle.loads, answer)

    async def _pipes(self) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
        if self._process is None:
            self._process = await children.start("bot.reading.process", buffer=_BUFFER)
        if self._process.stdin is None or self._process.stdout is None:
            raise ConnectionError
        return self._process.stdin, self._process.stdout
