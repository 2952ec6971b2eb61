"""How long from `digest-bot run` to the first getUpdates, on an empty database.

Peer: a process that does nothing but import python-telegram-bot's Application, which no bot on it can do without.
Run: uv run python -m benchmarks.start
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.sandbox.client import connect
from bot.sandbox.server import serve
from bot.sandbox.state import Sandbox

TOKEN = "1000:start-start-start-start-start-start"
RUNS = 7


async def main() -> None:
    """Print medians and their ratio."""
    ours, peers = [], []
    for _ in range(RUNS):
        peers.append(await _peer())
        ours.append(await _ours())
    our, peer = statistics.median(ours), statistics.median(peers)
    print(f"ratio to importing telegram.ext alone: {our / peer:.2f}")
    print(f"digest-bot run to first getUpdates: median {our:.3f} s, worst {max(ours):.3f} s of {RUNS}")
    print(f"import telegram.ext: median {peer:.3f} s")


async def _peer() -> float:
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import telegram.ext")
    await process.wait()
    return time.perf_counter() - began


async def _ours() -> float:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "digests").mkdir()
        async with serve(Sandbox(TOKEN)) as address, connect(address) as telegram:
            environment = os.environ | {
                "DIGEST_BOT_TOKEN": TOKEN,
                "DIGEST_BOT_SOURCE": str(Path(folder) / "digests"),
                "DIGEST_BOT_DATABASE": str(Path(folder) / "digest-bot.db"),
                "DIGEST_BOT_API_URL": address,
            }
            began = time.perf_counter()
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"), env=environment, stderr=asyncio.subprocess.DEVNULL
            )
            await telegram.called("getUpdates")
            took = time.perf_counter() - began
            process.terminate()
            await process.wait()
            return took


if __name__ == "__main__":
    asyncio.run(main())
