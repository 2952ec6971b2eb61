"""Queries for bookmarks: digests and items that a subscriber wants to find again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.time import from_millis, to_millis

# The number of no item.
WHOLE_DIGEST = 0
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An item, or a whole digest, that was saved; it stays readable, whatever became of the digest."""

    digest_id: int
    # `WHOLE_DIGEST`: no item.
    item_id: int
    saved_at: datetime
    # Of the digest, and when it was published.
    title: str
    permalink: str | None
    at: datetime
    # Of the item, as it was when it was saved; empty: the whole digest was saved, or it has none.
    headline: str
    summary: str
    link: str | None


async def save(tx: Transaction, subscriber_id: int, digest_id: int, item_id: int, *, now: datetime) -> bool:
    """Keep a bookmark and say whether it is kept now, from now or before; what no reader ever had cannot be saved."""
    await tx.run(
        """
        INSERT INTO bookmarks (subscriber_id, digest_id, item_id, saved_at)
        SELECT :subscriber_id, id, :item_id, :now FROM digests
         WHERE id = :digest_id AND archived_at <= :now
           AND (:item_id = 0 OR EXISTS (SELECT 1 FROM items WHERE items.id = :item_id AND digest_id = digests.id))
            ON CONFLICT (subscriber_id, digest_id, item_id) DO NOTHING
        """,
        {"subscriber_id": subscriber_id, "digest_id": digest_id, "item_id": item_id, "now": to_millis(now)},
    )
    return await is_saved(tx, subscriber_id, digest_id, item_id)


async def is_saved(tx: Transaction, subscriber_id: int, digest_id: int, item_id: int) -> bool:
    """Say whether the subscriber has that bookmark."""
    return bool(
        await tx.rows(
            """
            SELECT 1 FROM bookmarks
             WHERE subscriber_id = :subscriber_id AND digest_id = :digest_id AND item_id = :item_id
            """,
            {"subscriber_id": subscriber_id, "digest_id": digest_id, "item_id": item_id},
        )
    )


async def unsave(tx: Transaction, subscriber_id: int, digest_id: int, item_id: int) -> None:
    """Keep that bookmark no more."""
    await tx.run(
        """
        DELETE FROM bookmarks
         WHERE subscriber_id = :subscriber_id AND digest_id = :digest_id AND item_id = :item_id
        """,
        {"subscriber_id": subscriber_id, "digest_id": digest_id, "item_id": item_id},
    )


async def count_bookmarks(tx: Transaction, subscriber_id: int) -> int:
    """Count what the subscriber has saved."""
    return int(await tx.value("SELECT count(*) FROM bookmarks WHERE subscriber_id = :id", {"id": subscriber_id}))


async def bookmarks(tx: Transaction, subscriber_id: int, *, limit: int, offset: int = 0) -> list[Bookmark]:
    """Give the subscriber's bookmarks, the newest first."""
    rows = await tx.rows(
        """
        SELECT saved.digest_id, saved.item_id, saved_at, title, permalink, archived_at, utc_offset,
               coalesce(headline, '') AS headline, coalesce(summary, '') AS summary, link
          FROM (SELECT * FROM bookmarks WHERE subscriber_id = :id
                 ORDER BY saved_at DESC, digest_id DESC, item_id LIMIT :limit OFFSET :offset) AS saved
          JOIN digests ON digests.id = saved.digest_id LEFT JOIN items ON items.id = saved.item_id
         ORDER BY saved_at DESC, saved.digest_id DESC, saved.item_id
        """,
        {"id": subscriber_id, "limit": limit, "offset": offset},
    )
    return [_bookmark(row) for row in rows]


async def all_bookmarks(tx: Transaction, subscriber_id: int) -> AsyncIterator[Bookmark]:
    """Give all of them, the newest first, some read at a time."""
    offset = 0
    while found := await bookmarks(tx, subscriber_id, limit=_AT_ONCE, offset=offset):
        for bookmark in found:
            yield bookmark
        offset += len(found)


def _bookmark(row: Row) -> Bookmark:
    return Bookmark(
        digest_id=row["digest_id"],
        item_id=row["item_id"],
        saved_at=from_millis(row["saved_at"]),
        title=row["title"],
        permalink=row["permalink"],
        at=from_millis(row["archived_at"], utc_offset=row["utc_offset"]),
        headline=row["headline"],
        summary=row["summary"],
        link=row["link"],
    )
