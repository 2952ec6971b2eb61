"""How fast a digest is owed to a million subscribers: three of 200 categories each, and 60 % want it.

Ours is what the bot does, in its chunks, each committed. Peers, on copies of the same file, in processes of their own
and in turn: raw sqlite3 with one bare INSERT … SELECT that finds the same rows, and one that is handed their ids.
Another run of ours tells how long somebody else who writes has to wait meanwhile. With --wishes a third of the
subscribers follows and mutes words and has quiet hours, and half of those want roundups; to the peers it is said which
words the digest has, and ours finds that out in its time.
Run: uv run python -m benchmarks.fanout [--sizes 10000,1000000] [--rounds 3] [--wishes] [--picture docs/fanout.svg]
"""

import argparse
import asyncio
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

# What the bot has loaded, for what it takes of memory.
import bot.app  # noqa: F401
from benchmarks import crowd
from benchmarks.chart import Line, log_chart
from benchmarks.wishes import wish
from bot.clock import SystemClock
from bot.delivery.carried import CarriedWords
from bot.delivery.fan_out import fan_out
from storage.database import Database, open_database
from storage.fan_outs import FanOut, begin_fan_out

_SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
# How long somebody else who writes waits between, on average.
_EVERY = 0.01
_INSERT = "INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at) SELECT 'digest', :id, id, 0, 0 "
_FOUND = """
    FROM subscribers
   WHERE state = 'active'
     AND (everything OR EXISTS (
          SELECT 1 FROM subscriptions JOIN digest_categories USING (category_id)
           WHERE subscriber_id = subscribers.id AND digest_id = :id)
          OR id IN (SELECT subscriber_id FROM words
                     WHERE kind = 'follow' AND folded IN (SELECT value FROM json_each(:carried))))
"""


@dataclass(frozen=True, slots=True)
class Took:
    """What one fan-out took."""

    seconds: float
    deliveries: int
    # The most that the process had resident, in MB.
    memory: float
    # How long others waited to write, in seconds; empty: nobody did.
    waits: list[float]


async def main() -> None:
    """Print the ratios, the table and, if asked to, the picture."""
    asked = _asked()
    sizes = [int(size) for size in asked.sizes.split(",")]
    table: dict[int, dict[str, list[Took]]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder) / "crowd.db"
            digest_id = await crowd.make(whole, size)
            if asked.wishes:
                wish(whole)
                _want_roundups(whole)
            carried = await _carried(whole, digest_id)
            table[size] = {side: [] for side in SIDES}
            for _ in range(asked.rounds):
                for side in SIDES:
                    table[size][side].append(await _turn(side, whole, digest_id, carried))
    _print(table)
    if asked.picture:
        asked.picture.write_text(_picture(table), encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, _SIZES)))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--wishes", action="store_true", help="a third has words and quiet hours, half of it roundups")
    parser.add_argument("--picture", type=Path)
    return parser.parse_args()


def _want_roundups(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE subscribers SET cadence = 'daily' WHERE id % 6 = 0")


async def _carried(path: Path, digest_id: int) -> str:
    now = SystemClock().now()
    async with open_database(path) as database:
        return json.dumps(await CarriedWords().of(database, FanOut(digest_id, now, 0), now=now))


async def _turn(side: str, whole: Path, digest_id: int, carried: str) -> Took:
    """Let one side owe the digest, on a copy of its own and in a process of its own."""
    copy = whole.with_name("copy.db")
    shutil.copy(whole, copy)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.fanout", "side", side, str(copy), str(digest_id), carried),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    for file in whole.parent.glob("copy.db*"):
        file.unlink()
    if process.returncode:
        raise RuntimeError(f"{side} failed")
    return Took(**json.loads(output))


async def _alone(path: Path, digest_id: int, _: str) -> Took:
    async with open_database(path) as database:
        return await _ours(database, digest_id)


async def _beside(path: Path, digest_id: int, _: str) -> Took:
    waits: list[float] = []
    async with open_database(path) as database, asyncio.TaskGroup() as tasks:
        writer = tasks.create_task(_keep_writing(database, waits))
        took = await _ours(database, digest_id)
        writer.cancel()
    return Took(took.seconds, took.deliveries, took.memory, waits)


async def _ours(database: Database, digest_id: int) -> Took:
    now, carried = SystemClock().now(), CarriedWords()
    began = time.perf_counter()
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest_id, due_at=now)
    while await fan_out(database, now=now, carried=carried):
        pass
    seconds = time.perf_counter() - began
    async with database.snapshot() as tx:
        return Took(seconds, await tx.value("SELECT count(*) FROM deliveries"), _memory(), [])


async def _keep_writing(database: Database, waits: list[float]) -> None:
    """Write a little, again and again, as the commands of readers do, and not in step with anything."""
    chance = random.Random(4711)
    while True:
        began = time.perf_counter()
        async with database.transaction() as tx:
            await tx.run("UPDATE subscribers SET language = 'en' WHERE id = 1")
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(chance.uniform(0, 2 * _EVERY))


async def _bare(path: Path, digest_id: int, carried: str) -> Took:
    return _raw(path, digest_id, carried, _INSERT + _FOUND)


async def _handed(path: Path, digest_id: int, carried: str) -> Took:
    return _raw(path, digest_id, carried, _INSERT + "FROM temp.found")


def _raw(path: Path, digest_id: int, carried: str, insert: str) -> Took:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # As our own connection has it.
        connection.executescript(
            "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        )
        connection.execute("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY)")
        if "found" in insert:
            connection.execute("INSERT INTO found SELECT id" + _FOUND, {"id": digest_id, "carried": carried})
        began = time.perf_counter()
        connection.execute(insert, {"id": digest_id, "carried": carried})
        seconds = time.perf_counter() - began
        return Took(seconds, connection.execute("SELECT count(*) FROM deliveries").fetchone()[0], _memory(), [])


def _memory() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # In bytes on macOS, else in kB.
    return peak / (1_000_000 if sys.platform == "darwin" else 1000)


SIDES = {"ours": _alone, "bare": _bare, "handed": _handed, "beside": _beside}


def _print(table: dict[int, dict[str, list[Took]]]) -> None:
    largest = table[max(table)]
    for side, words in (("bare", "one bare INSERT … SELECT"), ("handed", "one that is handed the ids")):
        ratios = [peer.seconds / our.seconds for our, peer in zip(largest["ours"], largest[side], strict=True)]
        spread = f"from {min(ratios):.2f} to {max(ratios):.2f}"
        print(f"{max(table):,} subscribers: {statistics.median(ratios):.2f} of {words} ({spread})")
    print(
        "| subscribers | deliveries | seconds | deliveries a second | bare, seconds | MB | others wait, p99 | at most |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size, sides in table.items():
        _same([took.deliveries for turns in sides.values() for took in turns])
        seconds, owed = _median(sides["ours"]), sides["ours"][0].deliveries
        memory = max(took.memory for took in sides["ours"])
        waits = sorted(wait for took in sides["beside"] for wait in took.waits)
        late = waits[int(len(waits) * 0.99)] if waits else 0.0
        worst = max(waits, default=0.0)
        print(
            f"| {size:,} | {owed:,} | {seconds:.2f} | {owed / seconds:,.0f} | {_median(sides['bare']):.2f} "
            f"| {memory:.0f} | {late * 1000:.0f} ms | {worst * 1000:.0f} ms |"
        )
    print(f"{os.cpu_count()} cores, load {', '.join(f'{average:.1f}' for average in os.getloadavg())}")


def _same(deliveries: list[int]) -> None:
    if len(set(deliveries)) > 1:
        raise AssertionError(f"the sides owed {deliveries}")


def _median(turns: list[Took]) -> float:
    return statistics.median(took.seconds for took in turns)


def _picture(table: dict[int, dict[str, list[Took]]]) -> str:
    lines = [
        Line(name, colour, [(size, _median(sides[side])) for size, sides in table.items()])
        for side, name, colour in (("ours", "digest-bot", "#1a6fb5"), ("bare", "one bare INSERT … SELECT", "#999999"))
    ]
    return log_chart("A digest is owed to three in five subscribers", "subscribers", "seconds", lines)


if __name__ == "__main__":
    if "side" in sys.argv[1:2]:
        print(json.dumps(asdict(asyncio.run(SIDES[sys.argv[2]](Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5])))))
    else:
        asyncio.run(main())
