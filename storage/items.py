"""Queries for items: what each revision of a digest holds."""

from dataclasses import replace
from datetime import datetime
from itertools import count

from storage import search_index
from storage.database import Transaction
from storage.item_ids import fresh_ids_of, is_of
from storage.model import Digest, Hit, Item
from storage.rows import read_hit, read_item, write_item
from storage.time import to_millis


async def items_of(tx: Transaction, digest_id: int, *, revision: int) -> tuple[Item, ...]:
    """Give the items that *revision* of the digest has, in their order."""
    return tuple((await _items_by_id(tx, digest_id, revision)).values())


async def item_with(tx: Transaction, id_: int, *, now: datetime) -> Hit | None:
    """Give the item with this id, be it one of a revision of the past; None: no reader ever had it."""
    row = await tx.row(
        """
        SELECT items.id, digest_id, title, permalink, archived_at, utc_offset,
               headline, headline_entities, link, summary, summary_entities, section, number, line
          FROM items JOIN digests ON digests.id = digest_id
         WHERE items.id = :id AND archived_at <= :now
        """,
        {"id": id_, "now": to_millis(now)},
    )
    return None if row is None else read_hit(row)


async def hits_of(tx: Transaction, digest_id: int, *, limit: int, offset: int = 0) -> list[Hit]:
    """Give items of the digest as it is now, in their order."""
    rows = await tx.rows(
        """
        SELECT items.id, digest_id, title, permalink, archived_at, utc_offset,
               headline, headline_entities, link, summary, summary_entities, section, number, line
          FROM items JOIN digests ON digests.id = digest_id
         WHERE digest_id = :digest_id AND last_revision IS NULL
         ORDER BY position LIMIT :limit OFFSET :offset
        """,
        {"digest_id": digest_id, "limit": limit, "offset": offset},
    )
    return [read_hit(row) for row in rows]


async def add_items(tx: Transaction, digest_id: int, digest: Digest, *, revision: int, second: int) -> None:
    """Store and index the items of *digest*, which was archived in *second* (Unix time).

    An item that stands unchanged in its place keeps its row, and with it whatever points there.
    """
    before = await _items_by_id(tx, digest_id, revision - 1) if revision > 1 else {}
    unchanged = {
        position: id_
        for position, ((id_, old), new) in enumerate(zip(before.items(), digest.items, strict=False))
        if is_of(id_, second) and replace(old, line=new.line) == new
    }
    fresh = count(await _next_id(tx, second))
    ids = [unchanged[position] if position in unchanged else next(fresh) for position in range(len(digest.items))]
    kept = set(ids)
    await tx.run_many(
        "UPDATE items SET last_revision = :last WHERE id = :id",
        [{"id": id_, "last": revision - 1} for id_ in before if id_ not in kept],
    )
    await tx.run_many(
        """
        INSERT INTO items (id, digest_id, position, first_revision, headline, headline_entities, link,
                           summary, summary_entities, section, number, line)
        VALUES (:id, :digest_id, :position, :revision, :headline, :headline_entities, :link,
                :summary, :summary_entities, :section, :number, :line)
        """,
        [
            {"id": id_, "digest_id": digest_id, "position": position, "revision": revision} | write_item(item)
            for position, (id_, item) in enumerate(zip(ids, digest.items, strict=True))
            if position not in unchanged
        ],
    )
    await search_index.add(tx, digest, ids)


async def index_items(tx: Transaction, digest_id: int, digest: Digest, *, revision: int) -> None:
    """Let the items of *revision* of the digest be found again, which says *digest*."""
    await search_index.add(tx, digest, list(await _items_by_id(tx, digest_id, revision)))


async def unindex_items(tx: Transaction, digest_id: int, digest: Digest, *, revision: int) -> None:
    """Let no search find the items of *revision* of the digest any more, which said *digest*."""
    await search_index.remove(tx, digest, list(await _items_by_id(tx, digest_id, revision)))


async def _items_by_id(tx: Transaction, digest_id: int, revision: int) -> dict[int, Item]:
    rows = await tx.rows(
        """
        SELECT id, headline, headline_entities, link, summary, summary_entities, section, number, line FROM items
         WHERE digest_id = :digest_id AND first_revision <= :revision
           AND (last_revision IS NULL OR last_revision >= :revision)
         ORDER BY position
        """,
        {"digest_id": digest_id, "revision": revision},
    )
    return {id_: read_item(item) for id_, *item in rows}


async def _next_id(tx: Transaction, second: int) -> int:
    fresh = fresh_ids_of(second)
    last: int | None = await tx.value(
        "SELECT max(id) FROM items WHERE id >= :first AND id < :end", {"first": fresh.start, "end": fresh.stop}
    )
    return fresh.start if last is None else last + 1
