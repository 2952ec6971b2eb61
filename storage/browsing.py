"""Queries that go through the archive digest by digest."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.time import to_millis


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The digests before and after one, by their ids; None: it is the first, or the last."""

    older: int | None
    newer: int | None


async def neighbours(tx: Transaction, id_: int, *, now: datetime, category_id: int = 0) -> Neighbours:
    """Give those of the digest among all that readers may see now, or among those of a category.

    Of a digest in several languages the first that was seen stands for all.
    """
    row = await tx.row(
        """
        WITH shown AS NOT MATERIALIZED (
            SELECT id, archived_at FROM digests
             WHERE archived_at <= :now AND edition_of IS NULL
               AND (vanished_at IS NULL
                    OR EXISTS (SELECT 1 FROM digests AS other
                                WHERE other.edition_of = digests.id AND vanished_at IS NULL AND archived_at <= :now))
               AND (:category_id = 0 OR id IN (
                    SELECT coalesce(edition_of, digests.id) FROM digest_categories
                      JOIN digests ON digests.id = digest_id WHERE category_id = :category_id))
        )
        SELECT (SELECT shown.id FROM shown WHERE (shown.archived_at, shown.id) < (this.archived_at, this.id)
                 ORDER BY shown.archived_at DESC, shown.id DESC LIMIT 1) AS older,
               (SELECT shown.id FROM shown WHERE (shown.archived_at, shown.id) > (this.archived_at, this.id)
                 ORDER BY shown.archived_at, shown.id LIMIT 1) AS newer
          FROM digests AS this WHERE this.id = :id
        """,
        {"id": id_, "now": to_millis(now), "category_id": category_id},
    )
    return Neighbours(None, None) if row is None else Neighbours(row["older"], row["newer"])
