"""Read digest files in a process of its own: while it works the bot answers, and whatever a file does to it passes.

Python's threads take turns; a large file read in one of them makes every reader of the chat wait for it.
"""

import asyncio
import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot.digests.site import Site
from bot.reading.each import Reading, Unreadable
from bot.sources.files import DigestFile

# A hundred times what the largest real digest takes.
_PATIENCE = timedelta(seconds=60)
# An answer is taken in while the one before is stored, so that the process need not wait to begin with the next.
_BUFFER = 16 * 1024 * 1024


class Apart:
    """A process that reads digest files, from the first that is asked of it until `close`.

    It is asked for some, and later for its answer: what is done in between is done beside it.
    """

    def __init__(self, *, patience: timedelta = _PATIENCE) -> None:
        """Give up on files that take longer than *patience*."""
        self._patience = patience
        self._process: asyncio.subprocess.Process | None = None
        self._asked: tuple[Sequence[DigestFile], Site, datetime] = (), Site(), datetime.min.replace(tzinfo=UTC)

    async def ask(self, files: Sequence[DigestFile], site: Site, now: datetime) -> None:
        """Let it begin to read *files*."""
        self._asked = files, site, now
        asked = await asyncio.to_thread(pickle.dumps, (list(files), site, now), pickle.HIGHEST_PROTOCOL)
        # One that has died is told of by the answer that never comes.
        with suppress(ConnectionError):
            into, _ = await self._pipes()
            into.write(len(asked).to_bytes(8) + asked)
            await into.drain()

    async def answer(self) -> list[Reading]:
        """Give what the files say that it was asked for, in their order; of one that nothing comes of, say so."""
        files, site, now = self._asked
        try:
            return await self._answer()
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError):
            await self.close()
        if len(files) == 1:
            return [Unreadable(f"{files[0].path}: takes too long to be read; no digest should, so split or remove it")]
        # One of them is to blame: each alone.
        readings: list[Reading] = []
        for file in files:
            await self.ask([file], site, now)
            readings += await self.answer()
        return readings

    async def close(self) -> None:
        """End the process, whatever it is at."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        # Read to the end, as a process whose pipes are open is not waited for.
        await process.communicate()

    async def _answer(self) -> list[Reading]:
        async with asyncio.timeout(self._patience.total_seconds()):
            _, out = await self._pipes()
            length = int.from_bytes(await out.readexactly(8))
            answer = await out.readexactly(length)
        return await asyncio.to_thread(pickle.loads, answer)

    async def _pipes(self) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                # Not from where the bot was started: a folder called `bot` there would be taken for ours.
                *(sys.executable, "-P", "-m", "bot.reading.process"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_BUFFER,
            )
        if self._process.stdin is None or self._process.stdout is None:
            raise ConnectionError
        return self._process.stdin, self._process.stdout
