"""How fast items are found among a million, by kind of query; how large the index is, and how fast it is written.

Peers, in the same run: the bare statement (what our query comes to for FTS5, in one plain sqlite3 statement that joins
the items and digests), and FTS5's own trigram index over the same texts, which finds nothing of one or two characters.
Run: uv run python -m benchmarks.search [--items 1000000] [--database FOLDER]; the folder is kept, and used again.
"""

import argparse
import asyncio
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.search_archive import BETWEEN_DIGESTS, FIRST, ITEMS_EACH, archive_in, build, trigram_in
from benchmarks.search_queries import a_query_of, kinds
from bot.digests.spellings import other_spellings
from storage.database import Database, Transaction, open_database
from storage.search import count, find
from storage.search_match import plan
from storage.search_query import Query, Words, read_query
from storage.search_reach import reach_of

QUERIES, ROUNDS, COLD = 40, 5, 8
SLOW = 100
"""A statement that takes more milliseconds is not asked again and again."""

_STATEMENT = """
    SELECT items.*, digests.title, digests.permalink, digests.archived_at, digests.utc_offset
      FROM item_index
      JOIN items ON items.id = ((item_index.rowid >> 7) * 3600 << 20) + 524288 + (item_index.rowid & 127)
      JOIN digests ON digests.id = items.digest_id
     WHERE item_index MATCH :expression AND item_index.rowid >= :first_number AND item_index.rowid < :end_number
     ORDER BY item_index.rowid DESC LIMIT 10
"""
_NEWEST = "SELECT * FROM items ORDER BY id DESC LIMIT 10"
_TRIGRAM = "SELECT rowid FROM trigrams WHERE trigrams MATCH ? ORDER BY rowid DESC LIMIT 10"


Took = tuple[float, float]
"""Milliseconds on the clock, and of the processor: the latter hardly feels who else is at work."""

_HEAD = """\
milliseconds: p50 and p99 on the clock, p99 of the processor
kind                       | found                | bare statement       | ratio | counted             \
| whole way     | trigram       | cold"""


@dataclass(frozen=True, slots=True)
class Times:
    """What a kind of query took, each time."""

    took: list[Took] = field(default_factory=list)

    def add(self, took: Took) -> None:
        """Note one more."""
        self.took.append(took)

    def clock(self, percent: int) -> str:
        """Say what *percent* of them took at most."""
        return _percentile([clock for clock, _ in self.took], percent)

    def processor(self, percent: int) -> str:
        """Say it of the processor."""
        return _percentile([processor for _, processor in self.took], percent)

    @property
    def middle(self) -> float:
        """The median of the processor's."""
        return statistics.median(processor for _, processor in self.took)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, as each of the peers takes it."""

    query: Query
    # None: the statement has no word to match.
    bare: dict[str, int | str | None] | None
    # None: it cannot be asked.
    trigram: str | None


def main(folder: Path, items: int) -> None:
    """Print the figures."""
    built = build(folder, items)
    print(f"{built.items:,} items, {built.text / 1e6:.0f} MB of text; {os.cpu_count()} cores, load {_load()}")
    for name, path, seconds in (
        ("ours", archive_in(folder), built.indexing),
        ("trigram", trigram_in(folder), built.trigram),
    ):
        size = _size(path, "item_index" if name == "ours" else "trigrams")
        print(f"index {name}: {size / built.text:.2f} of the text, {built.items / seconds:,.0f} items a second")
    asyncio.run(_measure(folder, datetime.fromtimestamp(FIRST + items // ITEMS_EACH * BETWEEN_DIGESTS, UTC)))
    print(f"load {_load()}")


async def _measure(folder: Path, now: datetime) -> None:
    print(_HEAD)
    with closing(_connected(archive_in(folder))) as bare, closing(_connected(trigram_in(folder))) as trigram:
        for kind in kinds():
            async with open_database(archive_in(folder)) as database:
                asked = await _asked(database, kind, now)
                ours, theirs, counted, whole = Times(), Times(), Times(), Times()
                for it in asked:
                    # The first time warms up.
                    await _found_within(database, it.query, now)
                    await _counted_within(database, it.query, now)
                    is_slow = _bare(bare, it)[0] > SLOW
                    for _ in range(ROUNDS):
                        # In turn, so that both meet the same neighbours.
                        ours.add(await _found_within(database, it.query, now))
                        counted.add(await _counted_within(database, it.query, now))
                        whole.add(await _found(database, it.query, now))
                        if not is_slow:
                            theirs.add(_bare(bare, it))
                    if is_slow:
                        theirs.add(_bare(bare, it))
            trigrams = Times([_trigram(trigram, it.trigram) for it in asked for _ in range(2) if it.trigram])
            cold = Times([await _cold(archive_in(folder), it.query, now) for it in asked[:COLD]])
            print(
                f"{kind:26} |{_three(ours)} |{_three(theirs)} | {ours.middle / theirs.middle:4.2f} "
                f"|{_three(counted)} |{whole.clock(50)} {whole.clock(99)} |{trigrams.clock(50)} {trigrams.clock(99)} "
                f"|{cold.clock(50)} {cold.clock(99)}",
                flush=True,
            )


async def _asked(database: Database, kind: str, now: datetime) -> list[Asked]:
    chance = random.Random(kind)
    asked = []
    async with database.snapshot() as tx:
        for _ in range(QUERIES):
            query = read_query(a_query_of(kind, chance), category_of=str, spellings_of=other_spellings)
            expression = plan(query).whole
            parameters = (await reach_of(tx, query, now=now)).parameters
            bare = None if expression is None else {"expression": expression, **parameters}
            asked.append(Asked(query, bare, _for_trigrams(query)))
    return asked


def _for_trigrams(query: Query) -> str | None:
    if not all(isinstance(part, Words) for part in query.parts):
        return None
    words = [(part.typed.removeprefix("-").strip('"'), part.wanted) for part in query.parts if isinstance(part, Words)]
    if any(len(word) < 3 for word, _ in words):
        return None
    wanted = " AND ".join(f'"{word}"' for word, wanted in words if wanted)
    unwanted = "".join(f' NOT "{word}"' for word, wanted in words if not wanted)
    return wanted + unwanted


async def _found_within(database: Database, query: Query, now: datetime) -> Took:
    """Measure finding in the thread of the connection, where the statements run."""

    async def work(tx: Transaction) -> Took:
        return await _timed(find(tx, query, now=now, limit=10))

    async with database.snapshot() as tx:
        return await tx.whole(work)


async def _counted_within(database: Database, query: Query, now: datetime) -> Took:
    async def work(tx: Transaction) -> Took:
        return await _timed(count(tx, query, now=now))

    async with database.snapshot() as tx:
        return await tx.whole(work)


async def _found(database: Database, query: Query, now: datetime) -> Took:
    """Measure finding as a command does it: a snapshot, and the hops to the connection's thread and back."""
    began = time.perf_counter(), time.thread_time()
    async with database.snapshot() as tx:
        await find(tx, query, now=now, limit=10)
    return _since(began)


def _bare(connection: sqlite3.Connection, asked: Asked) -> Took:
    began = time.perf_counter(), time.thread_time()
    connection.execute(_STATEMENT if asked.bare else _NEWEST, asked.bare or {}).fetchall()
    return _since(began)


def _trigram(connection: sqlite3.Connection, match: str) -> Took:
    began = time.perf_counter(), time.thread_time()
    connection.execute(_TRIGRAM, (match,)).fetchall()
    return _since(began)


async def _cold(path: Path, query: Query, now: datetime) -> Took:
    """Ask once, on new connections, with nothing of the file in memory."""
    async with open_database(path) as database:
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return await _found(database, query, now)


async def _timed(work: Awaitable[object]) -> Took:
    began = time.perf_counter(), time.thread_time()
    await work
    return _since(began)


def _since(began: Took) -> Took:
    return (time.perf_counter() - began[0]) * 1000, (time.thread_time() - began[1]) * 1000


def _three(times: Times) -> str:
    return f"{times.clock(50)} {times.clock(99)} {times.processor(99)}"


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)


def _size(path: Path, table: str) -> int:
    with closing(_connected(path)) as connection:
        (size,) = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?", (f"{table}%",)).fetchone()
    return int(size)


def _percentile(values: Sequence[float], percent: int) -> str:
    if not values:
        return "     -"
    return f"{sorted(values)[min(len(values) - 1, len(values) * percent // 100)]:6.2f}"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--database", type=Path, help="a folder that is kept; it needs 4 GB for a million items")
    arguments = parser.parse_args()
    if arguments.database:
        main(arguments.database, arguments.items)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary), arguments.items)
