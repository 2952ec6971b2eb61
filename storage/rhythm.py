"""Queries for how often digests come, and of what: what a newcomer is told."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.model import Category
from storage.time import from_millis, to_millis


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What came since a time, whatever languages it is published in."""

    digests: int
    # The categories that most of them carry, the busiest first; of all digests, if none came.
    busiest: tuple[Category, ...]
    # When the first and the last digest of all came. None: the archive is empty.
    first_at: datetime | None
    last_at: datetime | None
    # Of the last one only the day is known.
    last_day_only: bool = False


async def rhythm(tx: Transaction, *, since: datetime, now: datetime, most: int) -> Rhythm:
    """Say what has come since then, with at most so many categories."""
    row = await tx.row(
        """
        SELECT (SELECT count(*) FROM digests
                 WHERE archived_at > :since AND archived_at <= :now AND edition_of IS NULL
                   AND vanished_at IS NULL) AS digests,
               (SELECT min(archived_at) FROM digests) AS first_at,
               last.archived_at AS last_at, last.utc_offset, last.day_only
          FROM digests AS last
         WHERE archived_at <= :now AND edition_of IS NULL AND vanished_at IS NULL
         ORDER BY archived_at DESC, id DESC LIMIT 1
        """,
        {"since": to_millis(since), "now": to_millis(now)},
    )
    if row is None:
        return Rhythm(0, (), None, None)
    busiest = await _busiest(tx, since=since if row["digests"] else from_millis(0), now=now, most=most)
    last_at = from_millis(row["last_at"], utc_offset=row["utc_offset"])
    return Rhythm(row["digests"], busiest, from_millis(row["first_at"]), last_at, bool(row["day_only"]))


async def _busiest(tx: Transaction, *, since: datetime, now: datetime, most: int) -> tuple[Category, ...]:
    rows = await tx.rows(
        """
        SELECT folded, name FROM digests
          JOIN digest_categories ON digest_id = digests.id JOIN categories ON categories.id = category_id
         WHERE archived_at > :since AND archived_at <= :now AND vanished_at IS NULL
         GROUP BY category_id ORDER BY count(*) DESC, folded LIMIT :most
        """,
        {"since": to_millis(since), "now": to_millis(now), "most": most},
    )
    return tuple(Category(row["folded"], row["name"]) for row in rows)
