"""Databases with crowds of subscribers, for benchmarks: three of 200 categories each, as popular as such things are."""

import itertools
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.digest_files import a_digest_file
from bot.clock import SystemClock
from bot.digests.read import read_digest
from bot.digests.site import Site
from storage.database import open_database
from storage.digests import store_digest
from storage.model import Digest
from storage.sources import ensure_source

CATEGORIES = 200
# Of a digest with these three in five want one at least, the most popular one being among them.
CARRIED = ("c1", "c3", "c9", "c12")
_EACH = 3


async def make(path: Path, subscribers: int) -> int:
    """Make the database *path* with a crowd and a digest that 60 % of it want; its id."""
    clock = SystemClock()
    text = a_digest_file(categories=CARRIED)
    digest = read_digest(text.encode(), "a.md", site=Site(), now=clock.now())
    if not isinstance(digest, Digest):
        raise TypeError(digest)
    async with open_database(path) as database, database.transaction() as tx:
        source = await ensure_source(tx, "main")
        stored, _ = await store_digest(tx, source.id, digest, now=clock.now())
    bring(path, subscribers)
    return stored.id


def bring(path: Path, subscribers: int, *, after: int = 0) -> None:
    """Let the crowd in, all at once and by hand: that is not what is measured. Their ids come *after* that one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO categories (folded, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(f"c{rank}", f"C{rank}") for rank in range(1, CATEGORIES + 1)],
        )
        ids = dict(connection.execute("SELECT folded, id FROM categories"))
        connection.executemany(
            "INSERT INTO subscribers (id, chat_id, type, language, created_at) VALUES (?, ?, 'private', 'zh-Hans', 0)",
            ((id_, 5_000_000_000 + 37 * id_) for id_ in range(after + 1, after + subscribers + 1)),
        )
        by_rank = [ids[f"c{rank}"] for rank in range(1, CATEGORIES + 1)]
        connection.executemany(
            "INSERT INTO subscriptions (subscriber_id, category_id) VALUES (?, ?)",
            itertools.islice(_choices(by_rank, after), _EACH * subscribers),
        )
        connection.execute("COMMIT")


def _choices(categories: list[int], after: int) -> Iterator[tuple[int, int]]:
    """Let one subscriber after the other choose, the second category half as often as the first, and so on."""
    chance = random.Random(4711)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(categories) + 1)))
    for id_ in itertools.count(after + 1):
        chosen: set[int] = set()
        while len(chosen) < _EACH:
            chosen.update(chance.choices(categories, cum_weights=weights, k=1))
        for category in sorted(chosen):
            yield id_, category
