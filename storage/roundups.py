"""Queries that let go what is held: one digest as it is, several as a roundup.

A roundup takes what is held with it: that stays held, and ends as the roundup does.
"""

import json
from collections.abc import Collection
from datetime import datetime

from storage.database import Transaction
from storage.time import to_millis

_NEWEST = 1_000


async def release(tx: Transaction, subscriber_ids: Collection[int], *, now: datetime) -> set[int]:
    """Let go what is held for these subscribers, due now; give those of them who had anything held.

    One digest goes as it is. Of several a roundup is made, known by the newest by which none that came is known. A
    roundup that still waits from before is made anew with what came since.
    """
    ids = json.dumps(list(subscriber_ids))
    await _take_apart(tx, ids)
    roundups = await _make_roundups(tx, ids, now=now)
    await tx.run(
        """
        UPDATE deliveries SET roundup_id = value ->> 1
          FROM json_each(:roundups)
         WHERE held = 1 AND subscriber_id = value ->> 0 AND roundup_id IS NULL
        """,
        {"roundups": json.dumps(list(roundups.items()))},
    )
    singles = await tx.rows(
        """
        UPDATE deliveries SET held = 0, due_at = :now, try_at = :now, attempts = 0, reason = NULL
         WHERE held = 1 AND subscriber_id IN (SELECT value FROM json_each(:ids)) AND roundup_id IS NULL
        RETURNING subscriber_id
        """,
        {"ids": ids, "now": to_millis(now)},
    )
    return {*roundups, *(row["subscriber_id"] for row in singles)}


async def anything_waits(tx: Transaction, subscriber_id: int) -> bool:
    """Say whether a digest or roundup is on its way to the subscriber, or held for it."""
    # By way of the newest digests: deliveries have an index by these, and older ones are no news by now.
    return bool(
        await tx.value(
            """
            SELECT EXISTS (
                SELECT 1 FROM (SELECT id FROM digests ORDER BY id DESC LIMIT :most) AS newest
                 CROSS JOIN deliveries ON digest_id = newest.id AND deliveries.subscriber_id = :subscriber_id
                 WHERE kind IN ('digest', 'roundup') AND state IN ('waiting', 'sending'))
            """,
            {"subscriber_id": subscriber_id, "most": _NEWEST},
        )
    )


async def leave_roundup(tx: Transaction, id_: int, *, try_at: datetime) -> None:
    """Let no roundup bring the delivery: it goes by itself, then or later."""
    await tx.run(
        """
        UPDATE deliveries SET held = 0, roundup_id = NULL, try_at = :try_at, due_at = max(due_at, :try_at)
         WHERE id = :id
        """,
        {"id": id_, "try_at": to_millis(try_at)},
    )


async def _take_apart(tx: Transaction, ids: str) -> None:
    await tx.run(
        """
        DELETE FROM deliveries
         WHERE id IN (SELECT roundup_id FROM deliveries
                       WHERE held = 1 AND subscriber_id IN (SELECT value FROM json_each(:ids)))
           AND kind = 'roundup' AND state = 'waiting' AND parts_sent = 0 AND doubts = 0
        """,
        {"ids": ids},
    )


async def _make_roundups(tx: Transaction, ids: str, *, now: datetime) -> dict[int, int]:
    # A digest that came again may have one that goes on, or is in the chat: then the next has another for its own.
    rows = await tx.rows(
        """
        SELECT subscriber_id, digest_id
          FROM (SELECT deliveries.subscriber_id, deliveries.digest_id,
                       count(*) OVER (PARTITION BY deliveries.subscriber_id) AS number,
                       row_number() OVER (PARTITION BY deliveries.subscriber_id
                                              ORDER BY old.id IS NOT NULL, archived_at DESC, deliveries.digest_id DESC)
                       AS place
                  FROM deliveries JOIN digests ON digests.id = deliveries.digest_id
                  LEFT JOIN deliveries AS old
                         ON old.digest_id = deliveries.digest_id AND old.subscriber_id = deliveries.subscriber_id
                        AND old.kind = 'roundup' AND (old.finished_at IS NULL OR old.parts_sent > 0)
                 WHERE deliveries.held = 1 AND deliveries.subscriber_id IN (SELECT value FROM json_each(:ids))
                   AND deliveries.roundup_id IS NULL)
         WHERE number > 1 AND place = 1
        """,
        {"ids": ids},
    )
    made = {"made": json.dumps([(row["digest_id"], row["subscriber_id"]) for row in rows]), "now": to_millis(now)}
    # One that had this digest and came to nothing: it was published again since.
    await tx.run(
        """
        DELETE FROM deliveries
         WHERE id IN (SELECT old.id FROM json_each(:made) JOIN deliveries AS old
                          ON old.digest_id = value ->> 0 AND old.subscriber_id = value ->> 1 AND old.kind = 'roundup')
           AND finished_at IS NOT NULL AND parts_sent = 0
        """,
        made,
    )
    # If each of them has one, what is held goes by itself.
    inserted = await tx.rows(
        """
        INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
        SELECT 'roundup', value ->> 0, value ->> 1, :now, :now FROM json_each(:made) WHERE true
            ON CONFLICT (digest_id, subscriber_id, kind) DO NOTHING
        RETURNING id, subscriber_id
        """,
        made,
    )
    return {row["subscriber_id"]: row["id"] for row in inserted}
