"""How many sendMessage a second the sandbox takes from another process, judged by TDLib and without.

Peer: an aiohttp handler that reads nothing and answers a constant of the same length, called by the same client in
the same run: it is what HTTP alone costs here. A message has 1,000 characters and 8 entities, two of them links.
Run: uv run python -m benchmarks.sandbox [seconds]
"""

import asyncio
import contextlib
import importlib.util
import json
import resource
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial

import aiohttp
from aiohttp import web

from bot.sandbox import process
from bot.sandbox.client import connect

TOKEN = "1000:sandbox-benchmark"
AT_ONCE = 32
PEOPLE = 500
ROUNDS = 3
SENTENCE = "开源模型 brings a new release, with weights, a paper and a demo: read on. "
TEXT = (SENTENCE * 20)[:1000]
ENTITIES = [
    {"type": "bold", "offset": 0, "length": 40},
    {"type": "text_link", "offset": 60, "length": 30, "url": "https://example.com/digests/2026/11/a?from=telegram"},
    {"type": "text_link", "offset": 120, "length": 30, "url": "https://example.org/papers/4711"},
    {"type": "italic", "offset": 200, "length": 30},
    {"type": "expandable_blockquote", "offset": 300, "length": 200},
    {"type": "bold", "offset": 520, "length": 20},
    {"type": "code", "offset": 600, "length": 20},
    {"type": "date_time", "offset": 700, "length": 16, "unix_time": 1_790_000_000, "date_time_format": "Dt"},
]
ANSWER = json.dumps(
    {"ok": True, "result": {"message_id": 1, "text": TEXT, "entities": ENTITIES}}, separators=(",", ":")
).encode()


@dataclass(frozen=True, slots=True)
class Run:
    """One server under load."""

    # Messages a second.
    rate: float
    # Seconds of processor time that the server took for each.
    cost: float


Server = Callable[[], AbstractAsyncContextManager[str]]


async def main() -> None:
    """Print ratios to the peer, messages a second, and what one costs the server; the latter minds no neighbours."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    servers: dict[str, Server] = {"peer": _peer, "judge plain": partial(process.start, token=TOKEN, judge="plain")}
    if importlib.util.find_spec("tdjson"):
        servers["judge tdlib"] = partial(process.start, token=TOKEN, judge="tdlib")
    idle = {name: await _cost_of_nothing(server, name) for name, server in servers.items()}
    runs: dict[str, list[Run]] = {name: [] for name in servers}
    for _ in range(ROUNDS):
        for name, server in servers.items():
            runs[name].append(await _run(server, name, seconds, idle[name]))
    peer = runs.pop("peer")
    for name, ours in runs.items():
        ratio = statistics.median(mine.rate / theirs.rate for mine, theirs in zip(ours, peer, strict=True))
        print(f"{name}: {ratio:.2f} of a bare aiohttp handler; {_shown(ours)}")
    print(f"peer: {_shown(peer)}")


def _shown(runs: list[Run]) -> str:
    rates, cost = [run.rate for run in runs], statistics.median(run.cost for run in runs)
    every = ", ".join(f"{rate:,.0f}" for rate in rates)
    return f"median {statistics.median(rates):,.0f}/s ({every}); {cost * 1e6:,.0f} µs of processor time each"


async def _cost_of_nothing(server: Server, name: str) -> float:
    before = _children()
    async with server() as address:
        await _prepare(address, name)
    return _children() - before


async def _run(server: Server, name: str, seconds: float, idle: float) -> Run:
    before = _children()
    async with server() as address:
        await _prepare(address, name)
        count, rate = await _load(address, seconds)
    return Run(rate, (_children() - before - idle) / count)


async def _prepare(address: str, name: str) -> None:
    if name != "peer":
        await _start_people(address)


def _children() -> float:
    """Seconds of processor time of all servers that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _start_people(address: str) -> None:
    async with connect(address) as telegram:
        for index in range(PEOPLE):
            person = await telegram.person(f"P{index}", id=index + 1)
            await person.says("/start")


async def _load(address: str, seconds: float) -> tuple[int, float]:
    """How many messages went out, and how many a second after a quarter of the time to warm up; 500 kinds of them."""
    url = f"{address}/bot{TOKEN}/sendMessage"
    bodies = [
        json.dumps({"chat_id": index + 1, "text": f"{index:04d} {TEXT}", "entities": ENTITIES}).encode()
        for index in range(PEOPLE)
    ]
    headers = {"Content-Type": "application/json"}
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def send(first: int, until: float) -> int:
            count = 0
            while time.monotonic() < until:
                async with session.post(url, data=bodies[(first + count * AT_ONCE) % PEOPLE]) as response:
                    answer = await response.read()
                if not answer.startswith(b'{"ok":true'):
                    raise AssertionError(answer.decode())
                count += 1
            return count

        async def all_send(lasting: float) -> int:
            until = time.monotonic() + lasting
            return sum(await asyncio.gather(*(send(first, until) for first in range(AT_ONCE))))

        warming = await all_send(seconds / 4)
        counted = await all_send(seconds)
        return warming + counted, counted / seconds


@contextlib.asynccontextmanager
async def _peer() -> AsyncIterator[str]:
    """The bare handler, in a process of its own as the sandbox is."""
    peer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.sandbox", "peer"), stdout=asyncio.subprocess.PIPE
    )
    try:
        if peer.stdout is None:
            raise RuntimeError("the peer has no output")
        yield (await peer.stdout.readline()).decode().strip()
    finally:
        peer.terminate()
        await peer.wait()


async def _be_peer() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=ANSWER, content_type="application/json")

    app = web.Application()
    app.add_routes([web.post("/bot{token}/{method}", answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_be_peer() if "peer" in sys.argv else main())
