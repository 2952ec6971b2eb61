"""How many digests a second come in: read, parsed, stored and indexed; and how many are laid out as messages.

Peer: what a short script would do with the same files in the same run: python-frontmatter, markdown-it-py, and raw
sqlite3 inserts of the very same rows into the same tables and index, committed by the hundred. It finds no items and
writes no text: its rows are handed to it. Run: uv run python -m benchmarks.ingest [rounds]
"""

import asyncio
import logging
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import frontmatter
import structlog
from markdown_it import MarkdownIt

from bot.clock import SystemClock
from bot.digests.read import read_digest
from bot.digests.site import Site
from bot.import_ import Belongs, import_files
from bot.messages.view import render
from bot.source_settings import SourceSettings
from bot.sources.folder import Folder
from storage.database import open_database
from storage.digests import digest_by_id
from storage.model import Digest
from storage.search_index import index_rows
from storage.sources import MAIN
from tests.running import SHARED

FILES = 1000
ROUNDS = 5
SEED = SHARED / "seeds" / "002_5606b8eff0ab7788.md"
"""A digest of eight items, as the site that matters most publishes them."""

_INSERTS = {
    table: f"INSERT OR IGNORE INTO {table} VALUES ({{}})"
    for table in ("categories", "digests", "digest_categories", "items", "files")
}
_INDEX = "INSERT INTO item_index (rowid, headline, summary, labels) VALUES (:id, :headline, :summary, :labels)"


@dataclass(frozen=True, slots=True)
class Rows:
    """What the archive holds of one file, table by table, ready to be inserted."""

    tables: dict[str, list[tuple[Any, ...]]]
    index: list[dict[str, str | int]]


def main(rounds: int) -> None:
    """Print the rates and the ratios."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print(f"{os.cpu_count()} cores; medians of {rounds} rounds, ours and the peer's in turn")
    for kind in ("seeds", "corpus"):
        with tempfile.TemporaryDirectory() as folder:
            _ingest(kind, Path(folder), rounds)
    _rendering(rounds)


def _ingest(kind: str, folder: Path, rounds: int) -> None:
    source = folder / "digests"
    files = _copies(SHARED / kind, source)
    ours, peers = [], []
    for number in range(rounds):
        database = folder / f"{number}.db"
        ours.append(_timed(lambda: asyncio.run(_import(source, database))))  # noqa: B023 - called at once
        rows = asyncio.run(_rows(database))
        peer = folder / f"{number}-peer.db"
        asyncio.run(_create(peer))
        peers.append(_timed(lambda: _peer(source, peer, rows)))  # noqa: B023
    mine, theirs = statistics.median(ours), statistics.median(peers)
    size = sum(file.stat().st_size for file in source.rglob("*") if file.is_file()) / files / 1000
    print(
        f"{kind:7} {files} files of {size:.1f} kB: {files / mine:6.0f} a second, peer {files / theirs:6.0f}; "
        f"ratio {theirs / mine:.2f} (from {min(p / o for o, p in zip(ours, peers, strict=True)):.2f} "
        f"to {max(p / o for o, p in zip(ours, peers, strict=True)):.2f})"
    )


def _rendering(rounds: int) -> None:
    reading = read_digest(SEED.read_bytes(), SEED.name, site=Site(), now=datetime(2026, 11, 22, tzinfo=UTC))
    if not isinstance(reading, Digest):
        raise TypeError(reading)
    times = [
        _timed(lambda: [render(reading, layout="full", language="zh-Hans") for _ in range(FILES)])
        for _ in range(rounds)
    ]
    print(f"rendering a seed: {FILES / statistics.median(times):.0f} a second on one core")


def _copies(folder: Path, to: Path) -> int:
    """Copy the files of *folder* under as many names as make up the number wanted."""
    files = [file for file in folder.rglob("*") if file.suffix in {".md", ".markdown"} and file.name != "SOURCES.md"]
    if not files:
        sys.exit(f"there are no digests in {folder}: put some there to be copied")
    count = 0
    while count < FILES:
        for file in files:
            copy = to / f"{count // len(files):03}" / file.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
            count += 1
    return count


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


async def _import(source: Path, database: Path) -> None:
    async with open_database(database) as opened:
        await import_files(
            opened,
            Folder(source),
            source=SourceSettings(MAIN, source, Site(), timedelta(seconds=60)),
            clock=SystemClock(),
            catch_up=None,
            belongs=Belongs.WHOLE,
            progressed=lambda _done, _of: None,
        )


async def _create(database: Path) -> None:
    async with open_database(database) as opened, opened.transaction() as tx:
        await tx.run("INSERT INTO sources (name) VALUES ('main')")


async def _rows(database: Path) -> dict[str, Rows]:
    """Give what our own import stored, by path."""
    found: dict[str, Rows] = {}
    async with open_database(database) as opened, opened.snapshot() as tx:
        categories = {row["id"]: tuple(row) for row in await tx.rows("SELECT * FROM categories")}
        for file in await tx.rows("SELECT * FROM files"):
            tables = {"files": [tuple(file)]}
            index = []
            if (id_ := file["digest_id"]) is not None:
                for table, column in (("digests", "id"), ("digest_categories", "digest_id"), ("items", "digest_id")):
                    rows = await tx.rows(f"SELECT * FROM {table} WHERE {column} = :id", {"id": id_})
                    tables[table] = [tuple(row) for row in rows]
                tables["categories"] = [categories[row[1]] for row in tables["digest_categories"]]
                index = index_rows((await digest_by_id(tx, id_)).digest, [row[0] for row in tables["items"]])
            found[file["path"]] = Rows(tables, index)
    return found


def _peer(source: Path, database: Path, rows: dict[str, Rows]) -> None:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        # As our own connection has it, but for foreign keys: a translation may come before what it is one of.
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;")
        for batch in _hundreds(sorted(rows)):
            connection.execute("BEGIN IMMEDIATE")
            for path in batch:
                _parse(source / path, markdown)
                _insert(connection, rows[path])
            connection.execute("COMMIT")


def _hundreds(paths: list[str]) -> Iterator[list[str]]:
    for begin in range(0, len(paths), 100):
        yield paths[begin : begin + 100]


def _parse(file: Path, markdown: MarkdownIt) -> None:
    text = file.read_text(encoding="utf-8-sig")
    try:
        body = frontmatter.loads(text).content
    # What it cannot read a script would take whole.
    except Exception:  # noqa: BLE001
        body = text
    markdown.parse(body)


def _insert(connection: sqlite3.Connection, rows: Rows) -> None:
    for table, insert in _INSERTS.items():
        if found := rows.tables.get(table):
            connection.executemany(insert.format(",".join("?" * len(found[0]))), found)
    connection.executemany(_INDEX, rows.index)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
