"""Queries for sources and for the digest files last seen in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis

# The name of a source that was given none.
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it stands; *problem* is what was wrong at the last look."""

    id: int
    name: str
    first_look_complete: bool
    last_look: datetime | None
    # When a file of it was last new, changed or gone.
    last_change: datetime | None
    # With which options its files were read, as a hash; None: it is not known.
    options: str | None
    problem: str | None
    # Since when each look was in vain; None: it was within reach at the last one.
    unreachable_since: datetime | None


@dataclass(frozen=True, slots=True)
class SeenFile:
    """What a digest file was when it was last read; *problem* is why it could not be."""

    path: str
    size: int
    version: int
    hash: bytes
    digest_id: int | None
    problem: str | None


async def ensure_source(tx: Transaction, name: str) -> Source:
    """Give the source called *name*, which from now on exists."""
    await tx.run("INSERT INTO sources (name) VALUES (:name) ON CONFLICT (name) DO NOTHING", {"name": name})
    return next(source for source in await all_sources(tx) if source.name == name)


async def all_sources(tx: Transaction) -> list[Source]:
    """Give every source that was ever looked at or named."""
    rows = await tx.rows("SELECT * FROM sources ORDER BY id")
    return [
        Source(
            id=row["id"],
            name=row["name"],
            first_look_complete=row["first_look_completed_at"] is not None,
            last_look=_time(row["last_look_at"]),
            last_change=_time(row["last_change_at"]),
            options=row["options"],
            problem=row["problem"],
            unreachable_since=_time(row["unreachable_since"]),
        )
        for row in rows
    ]


async def begin_reading(tx: Transaction, source_id: int, *, options: str) -> None:
    """Note with which options a source is read of which nothing was seen yet."""
    await tx.run(
        """
        UPDATE sources SET options = :options
         WHERE id = :source_id AND NOT EXISTS (SELECT 1 FROM files WHERE source_id = :source_id)
        """,
        {"source_id": source_id, "options": options},
    )


async def record_look(
    tx: Transaction, source_id: int, *, now: datetime, problem: str | None, changed: bool, options: str
) -> None:
    """Note a look that came to its end, with what an operator should know of it; the first ends the baseline.

    *changed* says whether it found anything new, *options* with which options all files are read now.
    """
    await tx.run(
        """
        UPDATE sources
           SET last_look_at = :now, problem = :problem, options = :options, unreachable_since = NULL,
               last_change_at = CASE WHEN :changed THEN :now ELSE last_change_at END,
               first_look_completed_at = coalesce(first_look_completed_at, :now)
         WHERE id = :source_id
        """,
        {
            "source_id": source_id,
            "now": to_millis(now),
            "problem": problem,
            "changed": changed,
            "options": options,
        },
    )


async def record_failed_look(tx: Transaction, source_id: int, *, now: datetime, problem: str) -> None:
    """Note why the source is out of reach, and since when; what was seen before stays."""
    await tx.run(
        """
        UPDATE sources SET problem = :problem, unreachable_since = coalesce(unreachable_since, :now)
         WHERE id = :source_id
        """,
        {"source_id": source_id, "now": to_millis(now), "problem": problem},
    )


async def seen_files(tx: Transaction, source_id: int) -> dict[str, SeenFile]:
    """Give each file of the source as it was last read, by path."""
    rows = await tx.rows("SELECT * FROM files WHERE source_id = :source_id", {"source_id": source_id})
    return {row["path"]: _seen_file(row) for row in rows}


async def problem_files(tx: Transaction, source_id: int) -> list[SeenFile]:
    """Give the files that could not be read."""
    rows = await tx.rows(
        "SELECT * FROM files WHERE source_id = :source_id AND problem IS NOT NULL ORDER BY path",
        {"source_id": source_id},
    )
    return [_seen_file(row) for row in rows]


async def record_file(tx: Transaction, source_id: int, file: SeenFile) -> None:
    """Remember *file* as read, instead of what its path held before."""
    await tx.run(
        """
        INSERT INTO files (source_id, path, size, version, hash, digest_id, problem)
        VALUES (:source_id, :path, :size, :version, :hash, :digest_id, :problem)
            ON CONFLICT (source_id, path) DO UPDATE
           SET size = excluded.size, version = excluded.version, hash = excluded.hash,
               digest_id = excluded.digest_id, problem = excluded.problem
        """,
        {
            "source_id": source_id,
            "path": file.path,
            "size": file.size,
            "version": file.version,
            "hash": file.hash,
            "digest_id": file.digest_id,
            "problem": file.problem,
        },
    )


async def forget_files(tx: Transaction, source_id: int, paths: Sequence[str]) -> None:
    """Remember no longer the files at *paths*: they are gone from the source."""
    await tx.run_many(
        "DELETE FROM files WHERE source_id = :source_id AND path = :path",
        [{"source_id": source_id, "path": path} for path in paths],
    )


def _time(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)


def _seen_file(row: object) -> SeenFile:
    return SeenFile(**{name: row[name] for name in SeenFile.__slots__})  # type: ignore[index]
