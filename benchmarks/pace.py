"""Whether a broadcast goes as fast as Telegram allows and no faster, and whether people are answered meanwhile.

The real `digest-bot run` and the sandbox, each in a process of its own. Many people type `/latest` and `/subscribe`,
each once and at random times: while the bot is idle, while it reads digests of 470 kB, while it broadcasts at 28 a
second, answers included, and while it owes digests to a million. Peer: the bot itself when idle. How late bare timers
are tells what the machine's other work adds to each.
Run: uv run python -m benchmarks.pace [--seconds 60] [--strangers 1000000] [--digests 8] [--asks 5] [--wishes]
"""

import argparse
import asyncio
import itertools
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import crowd
from benchmarks.digest_files import a_digest_file
from benchmarks.wishes import wish
from bot.clock import SystemClock
from bot.sandbox import process
from bot.sandbox.client import Person, Telegram, connect
from storage.categories import ensure_category
from storage.database import open_database
from storage.model import Address, Category, Preferences, Subscriber, SubscriberState
from storage.subscribers import import_subscribers
from tests.running import TOKEN, Place

_RATE = 28
_WANTED = "模型"
# The category is one that no digest carries: nobody who asks is sent anything else.
_COMMANDS = ("/latest", "/subscribe C199")
_TIMER = 0.005
# So many items make 470 kB.
_MANY_ITEMS = 685


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody typed, and when, in Unix seconds."""

    person: int
    command: str
    at: float


@dataclass(frozen=True, slots=True)
class Phase:
    """What was asked while the bot was at something."""

    name: str
    seconds: float
    # From typed to answered, in seconds, by command.
    waits: dict[str, list[float]]
    # How late timers of this process were, in seconds: what the machine makes of any wait.
    late: list[float]
    # The most messages within a second.
    worst: int
    # The most that the bot has had resident so far, in MB.
    memory: float

    def within(self, share: float, *commands: str) -> float:
        """Say how soon so large a *share* was answered, of these commands or of all."""
        return _within(share, [wait for command in commands or self.waits for wait in self.waits[command]])


class Askers:
    """People who each type one command."""

    def __init__(self, place: Place, bot: int, people: Iterator[Person], asks: float) -> None:
        self._place = place
        self._bot = bot
        self._people = people
        self._asks = asks
        self._chance = random.Random(4711)
        # The last call of which the answers were looked at.
        self._seen = 0

    async def while_(self, name: str, work: Awaitable[object]) -> Phase:
        """Ask until *work* is done, and see how long each answer took."""
        telegram = self._place.telegram
        await telegram.ask("POST", "/sandbox/pace", {"reset": True})
        began, asked = time.time(), list[Ask]()
        late: list[float] = []
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(self._ask(asked)), tasks.create_task(_feel(late))]
            await work
            seconds = time.time() - began
            for task in beside:
                task.cancel()
        # Before the log is asked for, which takes the sandbox a while.
        worst = (await telegram.pace())["bot"]["worst"]
        return Phase(name, seconds, await self._waits(asked), late, worst, _memory(self._bot))

    async def _ask(self, asked: list[Ask]) -> None:
        for person in self._people:
            await asyncio.sleep(self._chance.expovariate(self._asks))
            command = _COMMANDS[len(asked) % len(_COMMANDS)]
            asked.append(Ask(person.id, command, time.time()))
            await person.says(command)
        raise RuntimeError("there were too few people to ask")

    async def _waits(self, asked: list[Ask]) -> dict[str, list[float]]:
        # Whatever is not answered by then is an answer lost.
        await asyncio.sleep(2)
        answered: dict[int, float] = {}
        calls = await self._place.telegram.calls(after=self._seen)
        self._seen = calls[-1].number
        for call in calls:
            if call.method == "sendMessage" and call.outcome == "answered":
                answered.setdefault(int(call.parameters["chat_id"]), call.at)
        waits: dict[str, list[float]] = {command: [] for command in _COMMANDS}
        for ask in asked:
            waits[ask.command].append(answered[ask.person] - ask.at)
        return waits


async def main() -> None:
    """Print the pace and the table of answers."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as folder:
        async with process.start(token=TOKEN, judge="plain") as address, connect(address) as telegram:
            place = Place(Path(folder), telegram, address, {"DIGEST_BOT_CATCH_UP_HOURS": "24"})
            readers = await _prepare(place, asked)
            people = iter(await telegram.crowd(int(asked.asks * (4 * asked.seconds + 300))))
            async with place.running() as bot:
                askers = Askers(place, bot.pid, people, asked.asks)
                phases = [
                    await askers.while_("idle", asyncio.sleep(asked.seconds)),
                    await askers.while_("reading 470 kB", _read(place, asked.seconds)),
                    await askers.while_(f"sending {_RATE} a second", _broadcast(place, asked.seconds)),
                ]
                kept = await _pace_kept(telegram, readers, asked.seconds)
                await _until(place, "SELECT NOT EXISTS (SELECT 1 FROM deliveries WHERE finished_at IS NULL)")
                phases.append(await askers.while_(f"owing to {asked.strangers:,}", _owe(place, asked.digests)))
    _print(kept, phases)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--strangers", type=int, default=1_000_000)
    parser.add_argument("--digests", type=int, default=8)
    parser.add_argument("--asks", type=float, default=5.0)
    parser.add_argument("--wishes", action="store_true", help="a third follows and mutes words, and has quiet hours")
    return parser.parse_args()


async def _prepare(place: Place, asked: argparse.Namespace) -> set[int]:
    """Let in a million strangers, and readers enough for a broadcast, whose ids are given."""
    place.source.mkdir()
    place.publish("first.md", a_digest_file(categories=("first",)))
    readers = await place.telegram.crowd(int(_RATE * asked.seconds))
    now = SystemClock().now()
    async with open_database(place.database) as database, database.transaction() as tx:
        wanted = await ensure_category(tx, Category(_WANTED, _WANTED))
        arrivals = [
            (Subscriber(0, Address(reader.id), "private", SubscriberState.ACTIVE, Preferences()), [wanted])
            for reader in readers
        ]
        await import_subscribers(tx, arrivals, now=now)
    crowd.bring(place.database, asked.strangers, after=len(readers))
    if asked.wishes:
        wish(place.database, readers=len(readers))
    return {reader.id for reader in readers}


async def _read(place: Place, seconds: float) -> None:
    """Let digests of 470 kB be read, one after the other, that are too old to be sent."""
    until = time.monotonic() + seconds
    for number in itertools.count():
        if time.monotonic() > until:
            return
        text = a_digest_file(number=number, items=_MANY_ITEMS).replace("\n---\n", "\ndate: 2020-01-01\n---\n", 1)
        place.publish(f"large-{number}.md", text)
        await _until(place, "SELECT EXISTS (SELECT 1 FROM digests WHERE path = ?)", f"large-{number}.md")


async def _broadcast(place: Place, seconds: float) -> None:
    place.publish("news.md", a_digest_file(number=1, categories=(_WANTED,)))
    await _until(place, "SELECT EXISTS (SELECT 1 FROM messages)")
    await asyncio.sleep(seconds)


async def _owe(place: Place, digests: int) -> None:
    for number in range(digests):
        place.publish(f"owed-{number}.md", a_digest_file(number=number, categories=crowd.CARRIED))
    path = f"owed-{digests - 1}.md"
    await _until(
        place,
        "SELECT EXISTS (SELECT 1 FROM digests WHERE path = ?) AND NOT EXISTS (SELECT 1 FROM fan_outs)",
        path,
    )


async def _until(place: Place, sql: str, *values: object) -> None:
    async with asyncio.timeout(600):
        with closing(sqlite3.connect(f"file:{place.database}?mode=ro", uri=True, timeout=10)) as reader:
            # What is awaited is in the database of another process.
            while not reader.execute(sql, values).fetchone()[0]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def _pace_kept(telegram: Telegram, readers: set[int], seconds: float) -> float:
    """Say which share of the pace went out, answers included, from the first message of the broadcast on."""
    calls = await telegram.calls("sendMessage", outcome="answered")
    first = min(call.at for call in calls if int(call.parameters["chat_id"]) in readers)
    return sum(first <= call.at < first + seconds for call in calls) / (_RATE * seconds)


async def _feel(late: list[float]) -> None:
    while True:
        began = time.monotonic()
        await asyncio.sleep(_TIMER)
        late.append(time.monotonic() - began - _TIMER)


def _within(share: float, waits: list[float]) -> float:
    return sorted(waits)[min(len(waits) - 1, int(len(waits) * share))]


def _memory(pid: int) -> float:
    """Tell the most that a process had resident, in MB; 0 where there is no /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1000


def _print(kept: float, phases: list[Phase]) -> None:
    worst = max(phase.worst for phase in phases)
    print(f"{kept:.1%} of {_RATE} a second; at most {worst} within any second")
    heads = "seconds | asked | half within | p99 | over idle | /latest | /subscribe | longest | timers late | MB"
    print(f"| while | {heads} |")
    print("|---" + "|---:" * len(heads.split(" | ")) + "|")
    for phase in phases:
        asked = sum(map(len, phase.waits.values()))
        late = phase.within(0.99)
        columns = [
            phase.within(0.5),
            late,
            late - phases[0].within(0.99),
            *(phase.within(0.99, command) for command in _COMMANDS),
            phase.within(1),
            _within(0.99, phase.late),
        ]
        told = " | ".join(f"{wait * 1000:.0f} ms" for wait in columns)
        print(f"| {phase.name} | {phase.seconds:.0f} | {asked} | {told} | {phase.memory:.0f} |")
    print(f"{os.cpu_count()} cores, load {', '.join(f'{average:.1f}' for average in os.getloadavg())}")


if __name__ == "__main__":
    asyncio.run(main())
