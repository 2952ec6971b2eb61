"""Queries for the canary: which digest operators are to get first, in which looks, and which one was refused."""

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.fan_outs import Hold
from storage.model import Layout
from storage.time import to_millis


@dataclass(frozen=True, slots=True)
class Canary:
    """A digest that is tried out before readers get it, or was refused when it was."""

    digest_id: int
    title: str
    path: str


async def next_canary(tx: Transaction, *, now: datetime) -> Canary | None:
    """Give the digest that has been due the longest of those that operators are to get first."""
    row = await tx.row(
        """
        SELECT digest_id, title, path FROM fan_outs JOIN digests ON digests.id = digest_id
         WHERE kind = 'digest' AND hold = 'canary' AND due_at <= :now
           AND EXISTS (SELECT 1 FROM digests AS edition
                        WHERE edition.vanished_at IS NULL
                          AND (edition.id = digest_id
                               OR (edition.edition_of = digest_id AND edition.archived_at <= :now)))
         ORDER BY due_at, digests.archived_at, digest_id LIMIT 1
        """,
        {"now": to_millis(now)},
    )
    return None if row is None else _canary(row)


async def canary_of(tx: Transaction, digest_id: int, *, hold: Hold) -> Canary | None:
    """Give the digest if that is what holds it."""
    row = await tx.row(
        """
        SELECT digest_id, title, path FROM fan_outs JOIN digests ON digests.id = digest_id
         WHERE digest_id = :digest_id AND kind = 'digest' AND hold = :hold
        """,
        {"digest_id": digest_id, "hold": hold},
    )
    return None if row is None else _canary(row)


async def looks_in_use(tx: Transaction) -> list[tuple[Layout, str | None]]:
    """Give each layout and language (a BCP 47 tag) that somebody who receives has."""
    rows = await tx.rows("SELECT DISTINCT layout, language FROM subscribers WHERE state = 'active'")
    return [(row["layout"], row["language"]) for row in rows]


def _canary(row: Row) -> Canary:
    return Canary(row["digest_id"], row["title"], row["path"])
