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
    def parameters(self) -> dict[str, int | str]:
        """What statements call it."""
        return {
            "first_id": first_id_of(self.first),
            "end_id": first_id_of(self.end),
            "first_number": first_number_of(self.first),
            "end_number": first_number_of(self.end),
            "hidden": json.dumps(self.hidden),
            "has_long": self.has_long,
        }


async def reach_of(tx: Transaction, query: Query, *, now: datetime) -> Reach:
    """Find out where to look for *query*, which must not find what is to come."""
    within = [part for part in query.parts if isinstance(part, Within)]
    since = to_millis(max((part.since for part in within if part.since), default=_EARLIEST))
    until = min([to_millis(part.until) for part in within if part.until] + [to_millis(now) + 1])
    first, last = since // 1000 // _HOUR * _HOUR, (until - 1) // 1000 // _HOUR * _HOUR
    rows = await tx.rows(
        """
        SELECT items.id FROM items JOIN digests ON digests.id = digest_id
         WHERE (items.id >= :first AND items.id < :after_first OR items.id >= :last AND items.id < :after_last)
           AND NOT (archived_at >= :since AND archived_at < :until)
        """,
        {
            "first": first_id_of(first),
            # At the full hour nothing of it has to be left out.
            "after_first": first_id_of(first + _HOUR if since % (_HOUR * 1000) else first),
            "last": first_id_of(last),
            "after_last": first_id_of(last + _HOUR),
            "since": since,
            "until": until,
        },
    )
    return Reach(first, last + _HOUR, tuple(row["id"] for row in rows), await _has_long(tx))


async def _has_long(tx: Transaction) -> bool:
    # FTS5 keeps the numbers that it knows in a table of their own.
    return bool(
        await tx.value(
            """
            SELECT coalesce(max(id), 0) >= :short OR coalesce(min(id), 0) <= -:short FROM item_index_docsize
            """,
            {"short": SHORT},
        )
    )
