"""A million items in an archive of our own and in a trigram index, made once and kept for later runs."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.search_text import SEED, Words, Written, a_vocabulary, written
from storage.database import open_database
from storage.item_ids import fresh_ids_of
from storage.model import Category, Digest, FormattedText, Item
from storage.search_index import index_rows

FIRST = int(datetime(2018, 1, 1, tzinfo=UTC).timestamp())
BETWEEN_DIGESTS = 2100
"""Seconds: with eight items each, a million of them fill eight and a half years."""

ITEMS_EACH = 8
CATEGORIES = (
    "模型",
    "开源",
    "芯片",
    "研究",
    "产品",
    "安全",
    "机器人",
    "政策",
    *(f"专题{n}" for n in range(40)),
    "罕见",
)
"""The first is every other digest's; the last one's only one in thousands."""

_AT_ONCE = 1000
_LAST_ONE_BY_ONE = 250


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: so many items, of so many bytes of text, in so many seconds each."""

    items: int
    text: int
    indexing: float
    trigram: float


def build(folder: Path, items: int) -> Built:
    """Make the databases in *folder*, unless they are there."""
    done = folder / "built.txt"
    if not done.exists():
        for file in folder.glob("*.db*"):
            file.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(_create(archive_in(folder)))
        built = _fill(folder, items)
        done.write_text(f"{built.items} {built.text} {built.indexing} {built.trigram}")
    number, text, indexing, trigram = done.read_text().split()
    return Built(int(number), int(text), float(indexing), float(trigram))


def archive_in(folder: Path) -> Path:
    """Say where our own database is."""
    return folder / "archive.db"


def trigram_in(folder: Path) -> Path:
    """Say where the trigram index is."""
    return folder / "trigram.db"


async def _create(database: Path) -> None:
    async with open_database(database) as opened, opened.transaction() as tx:
        await tx.run("INSERT INTO sources (name) VALUES ('main')")
        await tx.run_many(
            "INSERT INTO categories (folded, name) VALUES (:name, :name)", [{"name": name} for name in CATEGORIES]
        )


def _fill(folder: Path, items: int) -> Built:
    text, indexing, trigram = 0, 0.0, 0.0
    fresh = _Fresh()
    with closing(_connected(archive_in(folder))) as ours, closing(_connected(trigram_in(folder))) as peer:
        peer.execute("CREATE VIRTUAL TABLE trigrams USING fts5 (headline, summary, content = '', tokenize = 'trigram')")
        for batch in _batches(items):
            ids = [list(islice(fresh[second // 3600], ITEMS_EACH)) for second, _ in batch]
            _store(ours, batch, ids)
            indexing += _index(ours, batch, ids)
            trigram += _index_trigrams(peer, batch, ids)
            text += sum(
                len((item.headline.text + item.summary.text).encode()) for _, digest in batch for item in digest.items
            )
    return Built(items, text, indexing, trigram)


class _Fresh(dict[int, Iterator[int]]):
    """The ids that are left in each hour."""

    def __missing__(self, hour: int) -> Iterator[int]:
        return self.setdefault(hour, iter(fresh_ids_of(hour * 3600)))


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;")
    return connection


def _batches(items: int) -> Iterator[list[tuple[int, Digest]]]:
    """Give all digests with their seconds, by the thousand as an import does, and the last ones as they come in."""
    digests = _digests(items)
    for _ in range((items // ITEMS_EACH - _LAST_ONE_BY_ONE) // _AT_ONCE):
        yield list(islice(digests, _AT_ONCE))
    for digest in digests:
        yield [digest]


def _digests(items: int) -> Iterator[tuple[int, Digest]]:
    chance = random.Random(SEED)
    categories = Words(CATEGORIES, exponent=1.5)
    texts = written(a_vocabulary(), items)
    for number in range(items // ITEMS_EACH):
        carried = tuple(Category(name, name) for name in dict.fromkeys(categories.some(chance, 2)))
        entries = tuple(_item(text, f"{number}/{at}") for at, text in enumerate(islice(texts, ITEMS_EACH)))
        yield FIRST + number * BETWEEN_DIGESTS, _digest(number, carried, entries)


def _digest(number: int, categories: tuple[Category, ...], items: tuple[Item, ...]) -> Digest:
    return Digest(
        path=f"{number}.md",
        title=f"第 {number} 期",
        published_at=None,
        day_only=False,
        categories=categories,
        items=items,
        language="zh-Hans",
    )


def _item(text: Written, place: str) -> Item:
    return Item(FormattedText(text.headline), f"https://{text.host}/stories/{place}", FormattedText(text.summary))


def _store(connection: sqlite3.Connection, batch: Sequence[tuple[int, Digest]], ids: Sequence[Sequence[int]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for (second, digest), ids_of in zip(batch, ids, strict=True):
        (id_,) = connection.execute(
            """
            INSERT INTO digests (source_id, path, title, utc_offset, day_only, language, first_seen_at, archived_at)
            VALUES (1, ?, ?, 480, 0, ?, ?, ?) RETURNING id
            """,
            (digest.path, digest.title, digest.language, second * 1000, second * 1000),
        ).fetchone()
        connection.executemany(
            "INSERT INTO digest_categories (digest_id, category_id, position)"
            " SELECT ?, id, ? FROM categories WHERE folded = ?",
            [(id_, at, category.folded) for at, category in enumerate(digest.categories)],
        )
        connection.executemany(
            """
            INSERT INTO items (id, digest_id, position, first_revision, headline, link, summary, line)
            VALUES (?, ?, ?, 1, ?, ?, ?, 1)
            """,
            [
                (item_id, id_, at, item.headline.text, item.link, item.summary.text)
                for at, (item_id, item) in enumerate(zip(ids_of, digest.items, strict=True))
            ],
        )
    connection.execute("COMMIT")


def _index(connection: sqlite3.Connection, batch: Sequence[tuple[int, Digest]], ids: Sequence[Sequence[int]]) -> float:
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for (_, digest), ids_of in zip(batch, ids, strict=True):
        connection.executemany(
            "INSERT INTO item_index (rowid, headline, summary, labels) VALUES (:id, :headline, :summary, :labels)",
            index_rows(digest, ids_of),
        )
    connection.execute("COMMIT")
    return time.perf_counter() - began


def _index_trigrams(
    connection: sqlite3.Connection, batch: Sequence[tuple[int, Digest]], ids: Sequence[Sequence[int]]
) -> float:
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for (_, digest), ids_of in zip(batch, ids, strict=True):
        connection.executemany(
            "INSERT INTO trigrams (rowid, headline, summary) VALUES (?, ?, ?)",
            [(id_, item.headline.text, item.summary.text) for id_, item in zip(ids_of, digest.items, strict=True)],
        )
    connection.execute("COMMIT")
    return time.perf_counter() - began
