"""Processes of our own that work beside the bot, so that whatever a stranger's file does to one is its own affair."""

import asyncio
import sys

# What asyncio itself takes for one (asyncio.streams).
_BUFFER = 64 * 1024


async def start(module: str, *, silent: bool = False, buffer: int = _BUFFER) -> asyncio.subprocess.Process:
    """Run *module*, which reads what is written to it and answers; *buffer* bytes of that are taken in unasked."""
    return await asyncio.create_subprocess_exec(
        # Not from where the bot was started: a folder called `bot` there would be taken for ours.
        *(sys.executable, "-P", "-m", module),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL if silent else None,
        limit=buffer,
        # An interrupt from the terminal is for digest-bot.
        start_new_session=True,
    )


async def end(process: asyncio.subprocess.Process) -> None:
    """End *process*, whatever it is at; one that has ended is only waited for."""
    if process.returncode is None:
        process.kill()
    # Read to the end, as a process whose pipes are open is not waited for.
    await process.communicate()
