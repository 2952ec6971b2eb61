"""The sandbox in a process of its own, started from Python."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator

from bot.sandbox.judge import Choice


@contextlib.asynccontextmanager
async def start(*, token: str, port: int = 0, judge: Choice = "auto") -> AsyncIterator[str]:
    """Run `python -m bot.sandbox` until the block ends; its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--token", token, "--port", str(port), "--judge", judge),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        if process.stdout is None or not (line := await process.stdout.readline()):
            raise RuntimeError(f"the sandbox did not start on port {port}; its standard error says why")
        yield line.decode().strip()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
