"""Queries for what is held for a subscriber: deliveries that wait at a time that never comes.

Its subscriber has a `next_due_at` at which somebody looks for it (`schedules`), and `roundups` lets it go.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from storage.database import Transaction
from storage.time import NEVER_MILLIS, to_millis


async def hold(tx: Transaction, held: Iterable[tuple[int, datetime]]) -> None:
    """Keep each of these deliveries, which wait, for when its time has come; their subscribers are looked at then.

    A roundup that was not begun is taken apart, so that what comes meanwhile goes with it. What a chat has in part, or
    may have, is no part of another: it just waits.
    """
    rows = {"rows": json.dumps([(id_, to_millis(until)) for id_, until in held]), "never": NEVER_MILLIS}
    await tx.run(
        """
        UPDATE subscribers SET next_due_at = min(coalesce(next_due_at, until), until)
          FROM (SELECT subscriber_id, min(value ->> 1) AS until
                  FROM json_each(:rows) JOIN deliveries ON deliveries.id = value ->> 0 GROUP BY subscriber_id)
         WHERE subscribers.id = subscriber_id
        """,
        rows,
    )
    await tx.run(
        """
        DELETE FROM deliveries
         WHERE id IN (SELECT value ->> 0 FROM json_each(:rows))
           AND kind = 'roundup' AND state = 'waiting' AND parts_sent = 0 AND doubts = 0
        """,
        rows,
    )
    await tx.run(
        """
        UPDATE deliveries
           SET held = (kind = 'digest' AND parts_sent = 0 AND doubts = 0),
               try_at = iif(kind = 'digest' AND parts_sent = 0 AND doubts = 0, :never, value ->> 1),
               due_at = max(due_at, value ->> 1)
          FROM json_each(:rows)
         WHERE deliveries.id = value ->> 0 AND state = 'waiting'
        """,
        rows,
    )


async def keep_together(tx: Transaction, digest_id: int, *, after: int, everyone: bool, until: datetime) -> None:
    """Hold the digest, which is late, for those after that subscriber, to go then with what else is held for them.

    For *everyone* who was just owed it, or only for those for whom something is held already. Not for those beyond the
    cursor, who may have had it long ago: they would be gone through with each chunk.
    """
    chunk = {"digest_id": digest_id, "after": after, "everyone": everyone, "never": NEVER_MILLIS}
    await tx.run(
        """
        UPDATE deliveries SET held = 1, try_at = :never
         WHERE digest_id = :digest_id AND subscriber_id > :after AND kind = 'digest'
           AND subscriber_id <= (SELECT subscriber_id FROM fan_outs WHERE digest_id = :digest_id AND kind = 'digest')
           AND state = 'waiting' AND held = 0 AND attempts = 0 AND parts_sent = 0
           AND (:everyone OR EXISTS (SELECT 1 FROM deliveries AS other
                                      WHERE other.subscriber_id = deliveries.subscriber_id
                                        AND other.held = 1 AND other.roundup_id IS NULL))
        """,
        chunk,
    )
    await tx.run(
        """
        UPDATE subscribers SET next_due_at = :until
         WHERE next_due_at IS NULL
           AND id IN (SELECT subscriber_id FROM deliveries
                       WHERE digest_id = :digest_id AND subscriber_id > :after AND kind = 'digest' AND held = 1
                         AND subscriber_id <= (SELECT subscriber_id FROM fan_outs
                                                WHERE digest_id = :digest_id AND kind = 'digest'))
        """,
        chunk | {"until": to_millis(until)},
    )


async def hold_what_waits(tx: Transaction, id_: int) -> None:
    """Hold for the first roundup what the subscriber, who had it all at once, did not get yet."""
    # By way of the digests: see `chats.regain_chat`.
    await tx.run(
        """
        UPDATE deliveries SET held = 1, try_at = :never
         WHERE id IN (
               SELECT waiting.id FROM subscribers CROSS JOIN digests CROSS JOIN deliveries AS waiting
                WHERE subscribers.id = :id AND cadence = 'at once'
                  AND waiting.digest_id = digests.id AND waiting.subscriber_id = subscribers.id
                  AND waiting.kind = 'digest' AND waiting.state = 'waiting' AND waiting.held = 0
                  AND waiting.parts_sent = 0 AND waiting.doubts = 0)
        """,
        {"id": id_, "never": NEVER_MILLIS},
    )


async def look_soon(tx: Transaction, id_: int, *, now: datetime) -> None:
    """Let somebody look for what is held for the subscriber, if anything is and nobody would."""
    await tx.run(
        """
        UPDATE subscribers SET next_due_at = :now
         WHERE id = :id AND next_due_at IS NULL
           AND EXISTS (SELECT 1 FROM deliveries WHERE held = 1 AND subscriber_id = :id)
        """,
        {"id": id_, "now": to_millis(now)},
    )
