"""The items that a search may find: of which time, and under which numbers the index knows them."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from storage.database import Transaction
from storage.item_ids import SHORT, first_id_of, first_number_of
from storage.search_query import Query, Within
from storage.time import to_millis

_HOUR = 3600
_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reach:
    """The hours in which a search looks, in seconds of Unix time: from *first* on, up to before *end*."""

    first: int
    end: int
    # The ids of items of the first hour and the last that it must not find all the same.
    hidden: tuple[int, ...]
    # Whether there are items that the index knows by their ids.
    has_long: bool

    @property
    def parameters(self) -> dict[str, int | str | None]:
        """What statements call it."""
        return {
            "first_id": first_id_of(self.first),
            "end_id": first_id_of(self.end),
            "first_number": first_number_of(self.first),
            "end_number": first_number_of(self.end),
            "hidden": json.dumps(self.hidden) if self.hidden else None,
        }


async def reach_of(tx: Transaction, query: Query, *, now: datetime) -> Reach:
    """Find out where to look for *query*, which must not find what is to come."""
    within = [part for part in query.parts if isinstance(part, Within)]
    since = to_millis(max((part.since for part in within if part.since), default=_EARLIEST))
    until = min([to_millis(part.until) for part in within if part.until] + [to_millis(now) + 1])
    first, last = since // 1000 // _HOUR * _HOUR, (until - 1) // 1000 // _HOUR * _HOUR
    hidden, has_long = await _outside(tx, last, since=since, until=until)
    # From the full hour on nothing has to be left out.
    if since % (_HOUR * 1000) and first != last:
        hidden += (await _outside(tx, first, since=since, until=until))[0]
    return Reach(first, last + _HOUR, tuple(hidden), has_long)


async def _outside(tx: Transaction, hour: int, *, since: int, until: int) -> tuple[list[int], bool]:
    """Give the ids of the items of an hour that are older or younger than is wanted, and whether any has a long number.

    In one statement, for a search of a common word takes no longer than a few of them.
    """
    rows = await tx.rows(
        """
        SELECT items.id FROM items CROSS JOIN digests ON digests.id = digest_id
         WHERE items.id >= :first AND items.id < :end AND NOT (archived_at >= :since AND archived_at < :until)
         UNION ALL
        -- FTS5 keeps the numbers that it knows in a table of their own.
        SELECT NULL
         WHERE (SELECT max(id) FROM item_index_docsize) >= :short OR (SELECT min(id) FROM item_index_docsize) <= -:short
        """,
        {
            "first": first_id_of(hour),
            "end": first_id_of(hour + _HOUR),
            "since": since,
            "until": until,
            "short": SHORT,
        },
    )
    ids = [row["id"] for row in rows]
    return [id_ for id_ in ids if id_ is not None], None in ids
