"""Queries for what became of announcements: counted while there are rows for it, and kept as numbers when those go."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from storage.database import Transaction
from storage.model import Counts
from storage.time import to_millis

# What waits for longer waits for its chat's time.
_SOON = timedelta(minutes=2)

# Each delivery is counted as one of these. Telegram's own words begin so, and no reason of ours does.
_ENDS = """
WITH ends AS NOT MATERIALIZED (
SELECT id, announcement_id,
       CASE WHEN state IN ('waiting', 'sending') THEN 'waiting'
            WHEN state <> 'skipped' THEN state
            WHEN reason LIKE 'Forbidden: %' OR reason LIKE 'Bad Request: %'
              OR reason IN ('the subscriber is gone', 'the subscriber is paused') THEN 'gone'
            ELSE 'skipped' END AS end
  FROM deliveries)
"""


async def counts(tx: Transaction, announcement_id: int) -> Counts:
    """Count what became of the announcement, those included whose rows are gone."""
    rows = await tx.rows(
        # Both are constants, and so below.
        _ENDS + "SELECT end, count(*) AS number FROM ends WHERE announcement_id = :id GROUP BY end",  # noqa: S608
        {"id": announcement_id},
    )
    kept = await tx.value("SELECT audience -> '$.ended' FROM announcements WHERE id = :id", {"id": announcement_id})
    numbers = Counter[str](json.loads(kept or "{}"))
    for row in rows:
        numbers[row["end"]] += row["number"]
    return Counts(**numbers)


async def let_go(tx: Transaction, ids: Collection[int], *, before: datetime) -> int:
    """Delete those of the deliveries that are of announcements which are over, and old; count them, say how many."""

    async def work(tx: Transaction) -> int:
        rows = await tx.rows(
            """
            SELECT id FROM deliveries
             WHERE id IN (SELECT value FROM json_each(:ids)) AND finished_at < :before
               -- Who has a row is not owed it again.
               AND announcement_id IN (SELECT id FROM announcements WHERE ended_at IS NOT NULL)
            """,
            {"ids": json.dumps(list(ids)), "before": to_millis(before)},
        )
        old = [row["id"] for row in rows]
        await count_before_deleting(tx, old)
        return await tx.run(
            "DELETE FROM deliveries WHERE id IN (SELECT value FROM json_each(:ids))", {"ids": json.dumps(old)}
        )

    return await tx.whole(work)


async def count_before_deleting(tx: Transaction, ids: Iterable[int]) -> None:
    """Add those of the deliveries that are of announcements to what is kept of these: their rows are about to go."""
    rows = await tx.rows(
        _ENDS  # noqa: S608
        + """
        SELECT announcement_id, end, count(*) AS number FROM ends
         WHERE id IN (SELECT value FROM json_each(:ids)) AND announcement_id IS NOT NULL AND end <> 'waiting'
         GROUP BY announcement_id, end
        """,
        {"ids": json.dumps(list(ids))},
    )
    # Beside whom it was for: an object of their number for each end.
    await tx.run_many(
        """
        UPDATE announcements
           SET audience = json_set(audience, '$.ended', json_patch(
                   coalesce(audience -> '$.ended', '{}'),
                   json_object(:end, coalesce(audience -> '$.ended' ->> :end, 0) + :number)))
         WHERE id = :announcement_id
        """,
        [dict(row) for row in rows],
    )


async def count_all_kept(tx: Transaction) -> dict[str, int]:
    """Count by state the deliveries of all announcements whose rows are gone."""
    rows = await tx.rows(
        """
        SELECT iif(key = 'gone', 'skipped', key) AS state, sum(json_each.value) AS number
          FROM announcements, json_each(audience -> '$.ended') GROUP BY 1
        """
    )
    return {row["state"]: row["number"] for row in rows}


async def count_later(tx: Transaction, announcement_id: int, *, now: datetime) -> int:
    """Count those who wait for a time of their chat's: for its quiet hours to end, say."""
    number: int = await tx.value(
        """
        SELECT count(*) FROM deliveries
         WHERE announcement_id = :id AND state = 'waiting' AND try_at > :after
        """,
        {"id": announcement_id, "after": to_millis(now + _SOON)},
    )
    return number
