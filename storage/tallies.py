"""Queries for deliveries that are finished and old: their rows go, their counts stay."""

import json
from collections import Counter
from collections.abc import Collection
from datetime import datetime

from storage.database import Transaction
from storage.time import to_millis


async def old_deliveries(tx: Transaction, *, after: int, before: datetime, limit: int) -> tuple[list[int], int | None]:
    """Go through the next *limit* deliveries after the id *after*: which were finished *before*, and where to go on.

    None: there are no more.
    """
    upto: int | None = await tx.value(
        "SELECT max(id) FROM (SELECT id FROM deliveries WHERE id > :after ORDER BY id LIMIT :limit)",
        {"after": after, "limit": limit},
    )
    rows = await tx.rows(
        "SELECT id FROM deliveries WHERE id > :after AND id <= :upto AND finished_at < :before ORDER BY id",
        {"after": after, "upto": upto, "before": to_millis(before)},
    )
    return [row["id"] for row in rows], upto


async def tally(tx: Transaction, ids: Collection[int], *, before: datetime) -> int:
    """Let those of the deliveries go that are still old, and count them for their digest; say how many went.

    They stay while their digest is being owed, which would owe it again to whoever had it first, and while a change of
    it is on its way into the same chat, which needs to know the messages.
    """

    async def work(tx: Transaction) -> int:
        gone = await tx.rows(
            """
            DELETE FROM deliveries
             WHERE id IN (SELECT value FROM json_each(:ids)) AND finished_at < :before
               -- What is of an announcement is counted there.
               AND digest_id IS NOT NULL
               AND digest_id NOT IN (SELECT digest_id FROM fan_outs)
               AND NOT EXISTS (SELECT 1 FROM deliveries AS other
                                WHERE other.digest_id = deliveries.digest_id
                                  AND other.subscriber_id = deliveries.subscriber_id AND other.finished_at IS NULL)
            RETURNING digest_id, kind, state
            """,
            {"ids": json.dumps(list(ids)), "before": to_millis(before)},
        )
        numbers = Counter((row["digest_id"], row["kind"], row["state"]) for row in gone)
        await tx.run_many(
            """
            INSERT INTO tallies (digest_id, kind, state, number) VALUES (:digest_id, :kind, :state, :number)
                ON CONFLICT (digest_id, kind, state) DO UPDATE SET number = number + excluded.number
            """,
            [
                {"digest_id": digest_id, "kind": kind, "state": state, "number": number}
                for (digest_id, kind, state), number in numbers.items()
            ],
        )
        return len(gone)

    return await tx.whole(work)


async def tallied(tx: Transaction, digest_id: int) -> dict[tuple[str, str], int]:
    """Count by kind and state the deliveries of the digest whose rows are gone."""
    rows = await tx.rows(
        "SELECT kind, state, number FROM tallies WHERE digest_id = :digest_id ORDER BY kind, state",
        {"digest_id": digest_id},
    )
    return {(row["kind"], row["state"]): row["number"] for row in rows}


async def count_tallied(tx: Transaction) -> dict[str, int]:
    """Count by state all the deliveries of digests whose rows are gone."""
    rows = await tx.rows("SELECT state, sum(number) AS number FROM tallies GROUP BY state")
    return {row["state"]: row["number"] for row in rows}
