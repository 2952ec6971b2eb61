"""Queries that find the digest that an operator means, by whatever name they have for it."""

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.model import Category
from storage.time import from_millis


@dataclass(frozen=True, slots=True)
class FoundDigest:
    """A digest, as operators ask about it."""

    id: int
    source: str
    path: str
    title: str
    permalink: str | None
    first_seen_at: datetime
    # None: its file is there.
    vanished_at: datetime | None
    # Why it was stored and not sent. None: it was sent, or belongs to the baseline.
    not_sent: str | None


async def find_digests(tx: Transaction, named: str, *, source: str | None = None) -> list[FoundDigest]:
    """Give the digests with this id, path or permalink; of a translation, the digest that it is an edition of."""
    rows = await tx.rows(
        """
        SELECT DISTINCT main.*, sources.name AS source
          FROM digests JOIN digests AS main ON main.id = coalesce(digests.edition_of, digests.id)
          JOIN sources ON sources.id = main.source_id
         WHERE (digests.path = :named OR digests.permalink = :named OR CAST(digests.id AS TEXT) = :named)
           AND (:source IS NULL OR sources.name = :source)
         ORDER BY main.id DESC
        """,
        {"named": named, "source": source},
    )
    return [_found(row) for row in rows]


async def digests_like(tx: Transaction, named: str, *, limit: int) -> list[FoundDigest]:
    """Give the newest digests in whose path, permalink or title the words stand."""
    rows = await tx.rows(
        """
        SELECT digests.*, sources.name AS source FROM digests JOIN sources ON sources.id = source_id
         WHERE instr(lower(path), lower(:named)) OR instr(lower(title), lower(:named))
            OR instr(lower(coalesce(permalink, '')), lower(:named))
         ORDER BY digests.id DESC LIMIT :limit
        """,
        {"named": named, "limit": limit},
    )
    return [_found(row) for row in rows]


async def newest_digests(tx: Transaction, *, limit: int) -> list[FoundDigest]:
    """Give the digests that were seen last."""
    rows = await tx.rows(
        """
        SELECT digests.*, sources.name AS source FROM digests JOIN sources ON sources.id = source_id
         ORDER BY digests.id DESC LIMIT :limit
        """,
        {"limit": limit},
    )
    return [_found(row) for row in rows]


async def last_owed(tx: Transaction, *, limit: int) -> list[FoundDigest]:
    """Give the digests that were owed last, or were to be and were not sent, the last first."""
    rows = await tx.rows(
        """
        SELECT digests.*, sources.name AS source,
               coalesce((SELECT due_at FROM fan_outs WHERE fan_outs.digest_id = digests.id AND kind = 'digest'),
                        -- Of who came last: an operator may have published it again.
                        (SELECT due_at FROM deliveries WHERE deliveries.digest_id = digests.id
                          ORDER BY deliveries.digest_id DESC, subscriber_id DESC LIMIT 1),
                        first_seen_at) AS owed_at
          FROM digests JOIN sources ON sources.id = source_id
         WHERE edition_of IS NULL
           AND (not_sent IS NOT NULL OR digests.id IN (SELECT digest_id FROM fan_outs)
                OR EXISTS (SELECT 1 FROM deliveries WHERE deliveries.digest_id = digests.id)
                OR EXISTS (SELECT 1 FROM tallies WHERE tallies.digest_id = digests.id))
         ORDER BY owed_at DESC, digests.id DESC LIMIT :limit
        """,
        {"limit": limit},
    )
    return [_found(row) for row in rows]


async def held_digests(tx: Transaction) -> list[tuple[FoundDigest, str]]:
    """Give the digests whose fan-out is held, each with the reason as the schema has it, the oldest first."""
    rows = await tx.rows(
        """
        SELECT digests.*, sources.name AS source, hold
          FROM fan_outs JOIN digests ON digests.id = digest_id JOIN sources ON sources.id = source_id
         WHERE hold IS NOT NULL ORDER BY due_at, digests.id
        """
    )
    return [(_found(row), row["hold"]) for row in rows]


async def categories_for(tx: Transaction, digest_id: int) -> list[Category]:
    """Give the categories by which the digest, in any language, is wanted."""
    rows = await tx.rows(
        """
        SELECT DISTINCT folded, name FROM digests JOIN digest_categories ON digest_id = digests.id
          JOIN categories ON categories.id = category_id
         WHERE digests.id = :id OR edition_of = :id ORDER BY folded
        """,
        {"id": digest_id},
    )
    return [Category(row["folded"], row["name"]) for row in rows]


def _found(row: Row) -> FoundDigest:
    return FoundDigest(
        id=row["id"],
        source=row["source"],
        path=row["path"],
        title=row["title"],
        permalink=row["permalink"],
        first_seen_at=from_millis(row["first_seen_at"]),
        vanished_at=None if row["vanished_at"] is None else from_millis(row["vanished_at"]),
        not_sent=row["not_sent"],
    )
