"""Full-text search over items, Chinese, Japanese and Korean included.

The newest come first, strictly, so that pages neither repeat nor leave out a hit: whatever is found has all that was
asked for. (Newest by the hour in which their digests were archived, then by when they came.)
"""

import json
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.item_ids import number_of
from storage.model import Hit
from storage.rows import read_hit
from storage.search_match import Plan, is_one_word, plan
from storage.search_query import Query, Words
from storage.search_reach import Reach, reach_of
from storage.search_spans import characters_in, holds
from storage.search_spelling import misspelled

# Counting goes no further; where several words must be found together, which costs more for each hit, less far.
COUNTED, COUNTED_TOGETHER = 1000, 100
# So many items are looked at for a single character. If hits are further between than that, the index has few of it.
_LOOKED_AT, _LOOKED_AT_TO_COUNT = 3000, 500
_FIRST_LOOK = 100
# That something has so many hits says enough of what somebody may have meant.
_FEW = 20


@dataclass(frozen=True, slots=True)
class Count:
    """How many items were found; there may be more of them if that is not *all*."""

    number: int
    all: bool


@dataclass(frozen=True, slots=True)
class Nearest:
    """Queries that find something where the one that was asked does not, the nearest first."""

    # With one word other than it was written.
    respelled: tuple[Query, ...] = ()
    # Without one of its words or operators.
    shortened: tuple[Query, ...] = ()


async def find(tx: Transaction, query: Query, *, now: datetime, limit: int, offset: int = 0) -> list[Hit]:
    """Give the newest items that *query* asks for and whose time has come; none if it names nothing."""

    async def work(tx: Transaction) -> list[Row]:
        ids, _ = await _find_ids(tx, query, await reach_of(tx, query, now=now), limit=offset + limit)
        return await _rows(tx, ids[offset:])

    return [read_hit(row) for row in await tx.whole(work)]


async def count(tx: Transaction, query: Query, *, now: datetime) -> Count:
    """Say how many items `find` would give, as far as that costs no more than finding."""
    most = COUNTED if is_one_word(query) else COUNTED_TOGETHER

    async def work(tx: Transaction) -> Count:
        ids, all_ = await _find_ids(tx, query, await reach_of(tx, query, now=now), limit=most, give_up=True)
        return Count(len(ids), all_)

    return await tx.whole(work)


async def nearest(tx: Transaction, query: Query, *, now: datetime, limit: int = 3) -> Nearest:
    """Look for what finds something where *query* finds nothing, at most *limit* of each kind."""

    async def work(tx: Transaction) -> Nearest:
        reach = await reach_of(tx, query, now=now)
        respelled = [(await _found(tx, other, reach), other) for other in misspelled(query)]
        respelled = sorted((each for each in respelled if each[0]), key=lambda each: -each[0])
        shorter = [other for part in query.parts if (other := query.but(part)).names_something]
        shortened = [other for other in shorter if await _found(tx, other, await reach_of(tx, other, now=now))]
        return Nearest(tuple(other for _, other in respelled[:limit]), tuple(shortened[:limit]))

    return await tx.whole(work)


async def _found(tx: Transaction, query: Query, reach: Reach) -> int:
    """Say how many items are found, or that it is more than a few."""
    ids, _ = await _find_ids(tx, query, reach, limit=_FEW, give_up=True)
    return len(ids)


async def _find_ids(
    tx: Transaction, query: Query, reach: Reach, *, limit: int, give_up: bool = False
) -> tuple[list[int], bool]:
    """Give the ids of the newest hits, and say whether that are all; to *give_up* is to be content with a few."""
    if not query.names_something:
        return [], True
    way = plan(query)
    if way.narrow == way.whole and way.whole is not None:
        ids = await _matching(tx, way.whole, reach, limit=limit + 1)
        return ids[:limit], len(ids) <= limit
    ids, all_ = await _looked_for(tx, way, reach, limit=limit, most=_LOOKED_AT_TO_COUNT if give_up else _LOOKED_AT)
    if all_ or len(ids) >= limit or give_up or way.whole is None:
        return ids, all_
    ids = await _matching(tx, way.whole, reach, limit=limit + 1)
    return ids[:limit], len(ids) <= limit


async def _looked_for(tx: Transaction, way: Plan, reach: Reach, *, limit: int, most: int) -> tuple[list[int], bool]:
    """Find items in the index by a part of what is wanted, or one after the other, and look at the text of each."""
    found: list[int] = []
    seen, at_once = 0, max(limit, _FIRST_LOOK)
    while way.whole is None or seen < most:
        if way.narrow is None:
            ids = await _newest(tx, reach, limit=at_once, offset=seen)
        else:
            ids = await _matching(tx, way.narrow, reach, limit=at_once, offset=seen)
        holding = await _that_hold(tx, ids, way.rest)
        found += await _without(tx, holding, way.unwanted) if way.unwanted else holding
        if len(found) > limit or len(ids) < at_once:
            return found[:limit], len(found) <= limit
        seen, at_once = seen + at_once, 2 * at_once
    return found, False


async def _that_hold(tx: Transaction, ids: list[int], rest: tuple[Words, ...]) -> list[int]:
    """Give those of the items for which the *rest* of what is wanted holds."""
    if not rest:
        return ids
    characters = next(filter(None, map(characters_in, rest)), frozenset[str]())
    texts = await _texts_with(tx, ids, characters)
    return [row["id"] for row in texts if all(holds(part, row["headline"], row["summary"]) for part in rest)]


async def _matching(tx: Transaction, expression: str, reach: Reach, *, limit: int, offset: int = 0) -> list[int]:
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


async def _matching_any(tx: Transaction, parameters: dict[str, int | str], *, upto: int) -> list[int]:
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


async def _without(tx: Transaction, ids: list[int], unwanted: str) -> list[int]:
    """Give those of the items that do not match the expression *unwanted*."""
    rows = await tx.rows(
        """
        SELECT value FROM json_each(:numbers) CROSS JOIN item_index ON item_index.rowid = value
         WHERE item_index MATCH :unwanted
        """,
        {"numbers": json.dumps([number_of(id_) for id_ in ids]), "unwanted": unwanted},
    )
    matching = {row["value"] for row in rows}
    return [id_ for id_ in ids if number_of(id_) not in matching]


async def _newest(tx: Transaction, reach: Reach, *, limit: int, offset: int) -> list[int]:
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


async def _texts_with(tx: Transaction, ids: list[int], characters: frozenset[str]) -> list[Row]:
    """Give the texts of those items that have one of *characters* (none: of all), the newest first."""
    first, *others = sorted(characters) or [""]
    return await tx.rows(
        """
        SELECT id, headline, summary FROM items
         WHERE id IN (SELECT value FROM json_each(:ids))
           AND (instr(headline, :first) OR instr(summary, :first)
                OR (:others IS NOT NULL AND (headline GLOB :others OR summary GLOB :others)))
         ORDER BY id DESC
        """,
        {"ids": json.dumps(ids), "first": first, "others": f"*[{''.join(others)}]*" if others else None},
    )


async def _rows(tx: Transaction, ids: list[int]) -> list[Row]:
    """Give the items with these *ids* and their digests, the newest first."""
    return await tx.rows(
        """
        SELECT items.*, digests.title, digests.permalink, digests.archived_at, digests.utc_offset
          FROM items JOIN digests ON digests.id = items.digest_id
         WHERE items.id IN (SELECT value FROM json_each(:ids))
         ORDER BY items.id DESC
        """,
        {"ids": json.dumps(ids)},
    )
