"""`python -m bot.sandbox`: the sandbox as a process of its own."""

import argparse
import asyncio
import contextlib
import gc
import signal
import sys

from bot.sandbox.judge import choose
from bot.sandbox.server import serve
from bot.sandbox.state import Sandbox


def main() -> None:
    """Print the address in one line and serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A Telegram on this machine, for tests.")
    parser.add_argument("--token", default="1:sandbox", help="the bot's token; any other gets 401 (1:sandbox)")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=int, default=0, help="where to listen; 0: any free port (0)")
    parser.add_argument("--judge", choices=("auto", "tdlib", "plain"), default="auto", help="who judges texts (auto)")
    options = parser.parse_args()
    # Nothing here makes rubbish in circles, and a log of 100,000 calls takes long to look through for some.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(Sandbox(options.token, judge=choose(options.judge)), host=options.host, port=options.port))


async def _serve(sandbox: Sandbox, *, host: str, port: int) -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with serve(sandbox, host=host, port=port) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        await stopping.wait()


if __name__ == "__main__":
    main()
