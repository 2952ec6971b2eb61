"""Full-text search over items, Chinese, Japanese and Korean included.

The newest come first, strictly, so that pages neither repeat nor leave out a hit: whatever is found has all that was
asked for. (Newest by the hour in which their digests were archived, then by when they came.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.model import Hit
from storage.rows import read_hit
from storage.search_match import Plan, is_one_word, plan
from storage.search_query import Query, Words
from storage.search_reach import Reach, reach_of
from storage.search_spans import characters_in, holds
from storage.search_spelling import Gap, gaps, misspelled, parted, pieces
from storage.search_statements import count_matching, matching, newest, not_matching, rows_matching, rows_of, texts_of

# Counting goes no further, for so it takes no longer than finding ten; less far where several words must be found
# together, which takes longer for each hit.
COUNTED, COUNTED_TOGETHER = 1000, 40
# So many items are looked at for a single character. If hits are further between than that, the index has few of it.
_LOOKED_AT = 1500
# And for what names only a time and what must not be there, or no word that the index has: nearly all hold.
_SEARCHED = 50_000
# So many, if any hit will do, or none.
_GLANCED_AT = 500
_FIRST_LOOK = 100
# A page and one more: what is counted is not less than what is found.
_A_PAGE = 11
# That something has so many hits says enough of what somebody may have meant.
_FEW = 20
# For a wrong character; and so many others are tried in its place.
_LOOKED_INTO, _FILLED = 200, 2


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
        way, reach = plan(query), await reach_of(tx, query, now=now)
        if way.alone:
            return await rows_matching(tx, way.alone, reach, limit=limit, offset=offset)
        ids, _ = await _find_ids(tx, query, reach, limit=offset + limit)
        return await rows_of(tx, ids[offset:])

    return [read_hit(row) for row in await tx.whole(work)]


async def count(tx: Transaction, query: Query, *, now: datetime) -> Count:
    """Say how many items `find` would give, as far as that costs no more than finding."""
    most = COUNTED if is_one_word(query) else COUNTED_TOGETHER

    async def work(tx: Transaction) -> Count:
        way, reach = plan(query), await reach_of(tx, query, now=now)
        if way.alone:
            number = await count_matching(tx, way.alone, reach, limit=most + 1)
            return Count(min(number, most), number <= most)
        ids, all_ = await _find_ids(tx, query, reach, limit=most, enough=_A_PAGE)
        return Count(len(ids), all_)

    return await tx.whole(work)


async def nearest(tx: Transaction, query: Query, *, now: datetime, limit: int = 3) -> Nearest:
    """Look for what finds something where *query* finds nothing, at most *limit* of each kind."""

    async def work(tx: Transaction) -> Nearest:
        reach = await reach_of(tx, query, now=now)
        unknown = [part for part in query.words if not await _found(tx, Query((part,)), reach)]
        # Where two are unknown, another spelling of one is no help.
        respelled = await _respelled(tx, query, unknown[0], reach) if len(unknown) == 1 else []
        shorter = [other for part in query.parts if (other := query.but(part)).names_something]
        shortened = [other for other in shorter if await _found(tx, other, await reach_of(tx, other, now=now))]
        if len(unknown) == 1 and not (respelled or shortened):
            shortened = await _first_found(tx, pieces(query, unknown[0]), reach)
        return Nearest(tuple(respelled[:limit]), tuple(shortened[:limit]))

    return await tx.whole(work)


async def _respelled(tx: Transaction, query: Query, part: Words, reach: Reach) -> list[Query]:
    """Give the queries that find something with *part* spelled otherwise, first what finds the most."""
    apart = await _by_number(tx, parted(query, part), reach)
    others = [*misspelled(query, part), *[it for gap in gaps(query, part) for it in await _fill(tx, gap, reach)]]
    return [*apart[:1], *await _by_number(tx, others, reach)]


async def _by_number(tx: Transaction, queries: Iterable[Query], reach: Reach) -> list[Query]:
    """Give those of *queries* that find something, first what finds the most."""
    found = {query: await _found(tx, query, reach) for query in dict.fromkeys(queries)}
    return sorted((query for query in found if found[query]), key=lambda query: -found[query])


async def _first_found(tx: Transaction, queries: Iterable[Query], reach: Reach) -> list[Query]:
    """Give the first of *queries* that finds something."""
    for query in queries:
        if await _found(tx, query, reach):
            return [query]
    return []


async def _fill(tx: Transaction, gap: Gap, reach: Reach) -> list[Query]:
    """Look into the newest items that have the rest of the word."""
    ids, _ = await _find_ids(tx, gap.query, reach, limit=_LOOKED_INTO, enough=0, after=_GLANCED_AT)
    texts = [row[column] for row in await texts_of(tx, ids, frozenset()) for column in ("headline", "summary")]
    return gap.filled(texts, limit=_FILLED)


async def _found(tx: Transaction, query: Query, reach: Reach) -> int:
    """Say how many items are found, or that it is more than a few."""
    ids, _ = await _find_ids(tx, query, reach, limit=_FEW, enough=0, after=_GLANCED_AT)
    return len(ids)


async def _find_ids(
    tx: Transaction, query: Query, reach: Reach, *, limit: int, enough: int | None = None, after: int = 0
) -> tuple[list[int], bool]:
    """Give the ids of the newest hits, and say whether that are all.

    Where texts are looked at, *enough* hits will do *after* so many texts.
    """
    if not query.names_something:
        return [], True
    way = plan(query)
    enough = limit if enough is None else enough
    if way.rest or way.whole is None:
        ids, all_ = await _looked_for(tx, way, reach, limit=limit, enough=enough, after=after)
        if all_ or way.whole is None or len(ids) >= enough:
            return ids, all_
    ids = await matching(tx, way.whole, reach, limit=limit + 1)
    return ids[:limit], len(ids) <= limit


async def _looked_for(
    tx: Transaction, way: Plan, reach: Reach, *, limit: int, enough: int, after: int
) -> tuple[list[int], bool]:
    """Find items in the index by a part of what is wanted, or one after the other, and look at the text of each."""
    found: list[int] = []
    seen, at_once = 0, max(limit, _FIRST_LOOK)
    while seen < (_SEARCHED if way.whole is None else _LOOKED_AT):
        if way.narrow is None:
            ids = await newest(tx, reach, limit=at_once, offset=seen)
        else:
            ids = await matching(tx, way.narrow, reach, limit=at_once, offset=seen)
        holding = await _that_hold(tx, ids, way.rest)
        found += await not_matching(tx, holding, way.unwanted) if way.unwanted else holding
        if len(found) > limit or len(ids) < at_once:
            return found[:limit], len(found) <= limit
        seen, at_once = seen + at_once, 2 * at_once
        if len(found) >= enough and seen >= after:
            break
    return found, False


async def _that_hold(tx: Transaction, ids: list[int], rest: tuple[Words, ...]) -> list[int]:
    """Give those of the items for which the *rest* of what is wanted holds."""
    if not rest:
        return ids
    characters = next(filter(None, map(characters_in, rest)), frozenset[str]())
    texts = await texts_of(tx, ids, characters)
    return [row["id"] for row in texts if all(holds(part, row["headline"], row["summary"]) for part in rest)]
