"""Full-text search over items, Chinese, Japanese and Korean included; the newest first, strictly."""

from dataclasses import dataclass
from datetime import UTC, datetime

from storage.database import Transaction
from storage.model import Hit
from storage.rows import first_id_of, read_hit
from storage.search_index import category_label, host_label
from storage.search_query import FromHost, InCategory, Query, Within, Words
from storage.search_terms import Phrase
from storage.time import to_millis

# Counting goes no further.
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """How many items were found; there are more of them if that is not *all*."""

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
    expression = match_expression(query)
    if expression is None:
        return []
    first, end = _range(query, now)
    rows = await tx.rows(
        """
        SELECT items.*, digests.title, digests.permalink, digests.archived_at, digests.utc_offset
          FROM (SELECT rowid FROM item_index
                 WHERE item_index MATCH :expression AND rowid >= :first AND rowid < :end
                 ORDER BY rowid DESC LIMIT :limit OFFSET :offset) AS hits
          JOIN items ON items.id = hits.rowid
          JOIN digests ON digests.id = items.digest_id
         ORDER BY items.id DESC
        """,
        {"expression": expression, "first": first, "end": end, "limit": limit, "offset": offset},
    )
    return [read_hit(row) for row in rows]


async def count(tx: Transaction, query: Query, *, now: datetime) -> Count:
    """Say how many items `find` would give, and no more than that costs."""
    expression = match_expression(query)
    if expression is None:
        return Count(0, all=True)
    first, end = _range(query, now)
    number = await tx.value(
        """
        SELECT count(*) FROM (SELECT rowid FROM item_index
                               WHERE item_index MATCH :expression AND rowid >= :first AND rowid < :end
                               ORDER BY rowid DESC LIMIT :limit)
        """,
        {"expression": expression, "first": first, "end": end, "limit": COUNTED + 1},
    )
    return Count(min(number, COUNTED), all=number <= COUNTED)


async def nearest(tx: Transaction, query: Query, *, now: datetime, limit: int = 3) -> Nearest:
    """Look for what finds something where *query* finds nothing, at most *limit* of each kind."""
    shortened: list[Query] = []
    for part in query.parts:
        shorter = query.but(part)
        if len(shortened) < limit and await find(tx, shorter, now=now, limit=1):
            shortened.append(shorter)
    return Nearest(shortened=tuple(shortened))


def match_expression(query: Query) -> str | None:
    """Write *query* for FTS5; None when there is nothing in it that an item must have."""
    wanted = [_expression(part) for part in query.parts if not isinstance(part, Within) and part.wanted]
    unwanted = [_expression(part) for part in query.parts if not isinstance(part, Within) and not part.wanted]
    if not wanted:
        return None
    return " AND ".join(wanted) if not unwanted else f"({' AND '.join(wanted)}) NOT ({' OR '.join(unwanted)})"


def _expression(part: Words | InCategory | FromHost) -> str:
    match part:
        case Words(spellings=spellings):
            ways = [" AND ".join(map(_phrase, phrases)) for phrases in spellings]
            return "{headline summary} : (" + " OR ".join(f"({way})" for way in ways) + ")"
        case InCategory(folded=folded):
            # A label that nothing has.
            return f'labels : "{"none" if folded is None else category_label(folded)}"'
        case FromHost(hosts=hosts):
            return "labels : (" + " OR ".join(f'"{host_label(host)}"' for host in hosts) + ")"


def _phrase(phrase: Phrase) -> str:
    return '"' + " ".join(phrase.words) + '"' + (" *" if phrase.open_ended else "")


def _range(query: Query, now: datetime) -> tuple[int, int]:
    """Give the first id that may be found, and the first after it that may not."""
    within = [part for part in query.parts if isinstance(part, Within)]
    since = max((part.since for part in within if part.since), default=datetime(1970, 1, 1, tzinfo=UTC))
    until = min((part.until for part in within if part.until), default=None)
    end = to_millis(now) // 1000 + 1
    return first_id_of(to_millis(since) // 1000), first_id_of(min(end, to_millis(until) // 1000) if until else end)
