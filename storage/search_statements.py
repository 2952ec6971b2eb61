"""The statements of search: what matches in the index, and what the items say."""

import json
from sqlite3 import Row

from storage.database import Transaction
from storage.item_ids import is_short, number_of
from storage.search_reach import Reach

_MOST_CHARACTERS = 4


async def matching(tx: Transaction, expression: str, reach: Reach, *, limit: int, offset: int = 0) -> list[int]:
    """Give the ids of the newest items that match *expression*."""
    parameters = {"expression": expression, "limit": limit, "offset": offset, **reach.parameters}
    if reach.has_long:
        return await _matching_any(tx, parameters, upto=offset + limit + len(reach.hidden))
    rows = await tx.rows(
        """
        SELECT ((rowid >> 7) * 3600 << 20) + 524288 + (rowid & 127) AS id
          FROM item_index
         WHERE item_index MATCH :expression AND rowid >= :first_number AND rowid < :end_number
           AND ((rowid >> 7) * 3600 << 20) + 524288 + (rowid & 127) NOT IN (SELECT value FROM json_each(:hidden))
         ORDER BY rowid DESC LIMIT :limit OFFSET :offset
        """,
        parameters,
    )
    return [row["id"] for row in rows]


async def _matching_any(tx: Transaction, parameters: dict[str, int | str | None], *, upto: int) -> list[int]:
    """Do the same where the index knows some items by their ids."""
    rows = await tx.rows(
        """
        SELECT id FROM (
            SELECT id FROM (
                SELECT ((rowid >> 7) * 3600 << 20) + 524288 + (rowid & 127) AS id
                  FROM item_index
                 WHERE item_index MATCH :expression AND rowid >= :first_number AND rowid < :end_number
                 ORDER BY rowid DESC LIMIT :upto)
             UNION ALL
            SELECT id FROM (
                SELECT rowid AS id FROM item_index
                 WHERE item_index MATCH :expression AND rowid >= :first_id AND rowid < :end_id
                   AND abs(rowid) >= 1099511627776
                 ORDER BY rowid DESC LIMIT :upto))
         WHERE id NOT IN (SELECT value FROM json_each(:hidden))
         ORDER BY id DESC LIMIT :limit OFFSET :offset
        """,
        parameters | {"upto": upto},
    )
    return [row["id"] for row in rows]


async def count_matching(tx: Transaction, expression: str, reach: Reach, *, limit: int) -> int:
    """Count the items that match *expression*, up to *limit*."""
    if reach.has_long:
        return len(await matching(tx, expression, reach, limit=limit))
    # From the oldest on, FTS5 needs two thirds of the time; to look for each in an empty list adds as much again.
    count: int = await tx.value(
        """
        SELECT count(*) FROM (
            SELECT rowid FROM item_index
             WHERE item_index MATCH :expression AND rowid >= :first_number AND rowid < :end_number
               AND (:hidden IS NULL OR ((rowid >> 7) * 3600 << 20) + 524288 + (rowid & 127)
                                       NOT IN (SELECT value FROM json_each(:hidden)))
             ORDER BY rowid LIMIT :limit)
        """,
        {"expression": expression, "limit": limit, **reach.parameters},
    )
    return count


async def not_matching(tx: Transaction, ids: list[int], unwanted: str) -> list[int]:
    """Give those of the items, which follow each other, that do not match the expression *unwanted*."""
    numbers = [number_of(id_) for id_ in ids]
    matching = set[int]()
    # Each kind of number by itself, for then few others lie between them: to ask for each took ten times as long.
    for kind in ([it for it in numbers if is_short(it)], [it for it in numbers if not is_short(it)]):
        if kind:
            matching |= await _matching_between(tx, unwanted, min(kind), max(kind))
    return [id_ for id_, number in zip(ids, numbers, strict=True) if number not in matching]


async def _matching_between(tx: Transaction, expression: str, first: int, last: int) -> set[int]:
    rows = await tx.rows(
        "SELECT rowid FROM item_index WHERE item_index MATCH :expression AND rowid >= :first AND rowid <= :last",
        {"expression": expression, "first": first, "last": last},
    )
    return {row["rowid"] for row in rows}


async def newest(tx: Transaction, reach: Reach, *, limit: int, offset: int) -> list[int]:
    """Give the ids of the newest items."""
    rows = await tx.rows(
        """
        SELECT id FROM items
         WHERE id >= :first_id AND id < :end_id AND last_revision IS NULL
           AND id NOT IN (SELECT value FROM json_each(:hidden))
         ORDER BY id DESC LIMIT :limit OFFSET :offset
        """,
        {"limit": limit, "offset": offset, **reach.parameters},
    )
    return [row["id"] for row in rows]


async def texts_of(tx: Transaction, ids: list[int], characters: frozenset[str]) -> list[Row]:
    """Give the texts of the items, the newest first; perhaps of those only that have one of *characters*."""
    # To look for more takes longer here than where the texts are read.
    sought = sorted(characters) if len(characters) <= _MOST_CHARACTERS else []
    first, second, third, fourth = (*sought, None, None, None, None)[:_MOST_CHARACTERS]
    return await tx.rows(
        """
        SELECT id, headline, summary FROM items
         WHERE id IN (SELECT value FROM json_each(:ids))
           AND (:first IS NULL OR instr(headline, :first) OR instr(summary, :first)
                OR (:second IS NOT NULL AND (instr(headline, :second) OR instr(summary, :second)))
                OR (:third IS NOT NULL AND (instr(headline, :third) OR instr(summary, :third)))
                OR (:fourth IS NOT NULL AND (instr(headline, :fourth) OR instr(summary, :fourth))))
         ORDER BY id DESC
        """,
        {"ids": json.dumps(ids), "first": first, "second": second, "third": third, "fourth": fourth},
    )


async def rows_of(tx: Transaction, ids: list[int]) -> list[Row]:
    """Give the items with these *ids* and their digests, the newest first."""
    return await tx.rows(
        """
        SELECT items.id, digest_id, title, permalink, archived_at, utc_offset,
               headline, headline_entities, link, summary, summary_entities, section, number, line
          FROM items JOIN digests ON digests.id = items.digest_id
         WHERE items.id IN (SELECT value FROM json_each(:ids))
         ORDER BY items.id DESC
        """,
        {"ids": json.dumps(ids)},
    )


async def rows_matching(tx: Transaction, expression: str, reach: Reach, *, limit: int, offset: int) -> list[Row]:
    """Give the newest items that match *expression* and their digests."""
    if reach.has_long:
        return await rows_of(tx, await matching(tx, expression, reach, limit=limit, offset=offset))
    # All at once: two statements take a sixth longer.
    return await tx.rows(
        """
        SELECT items.id, digest_id, title, permalink, archived_at, utc_offset,
               headline, headline_entities, link, summary, summary_entities, section, number, line
          FROM (SELECT ((rowid >> 7) * 3600 << 20) + 524288 + (rowid & 127) AS id
                  FROM item_index
                 WHERE item_index MATCH :expression AND rowid >= :first_number AND rowid < :end_number
                   AND ((rowid >> 7) * 3600 << 20) + 524288 + (rowid & 127)
                       NOT IN (SELECT value FROM json_each(:hidden))
                 ORDER BY rowid DESC LIMIT :limit OFFSET :offset) AS found
         CROSS JOIN items ON items.id = found.id JOIN digests ON digests.id = digest_id
         ORDER BY found.id DESC
        """,
        {"expression": expression, "limit": limit, "offset": offset, **reach.parameters},
    )
