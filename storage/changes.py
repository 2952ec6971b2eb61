"""Queries for who changed what a group, topic or channel gets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis

# So many of each are kept: enough to see who did what lately.
_KEPT = 20


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody let these preferences, by name, be others."""

    # None: an anonymous administrator, or somebody who is forgotten.
    user_id: int | None
    at: datetime
    what: tuple[str, ...]


async def note_change(
    tx: Transaction, subscriber_id: int, *, user_id: int | None, what: Sequence[str], now: datetime
) -> None:
    """Remember who changed what, and no longer what was changed long ago."""
    await tx.run(
        "INSERT INTO changes (subscriber_id, user_id, at, what) VALUES (:subscriber_id, :user_id, :now, :what)",
        {"subscriber_id": subscriber_id, "user_id": user_id, "now": to_millis(now), "what": json.dumps(list(what))},
    )
    await tx.run(
        """
        DELETE FROM changes
         WHERE subscriber_id = :subscriber_id
           AND id NOT IN (SELECT id FROM changes WHERE subscriber_id = :subscriber_id ORDER BY at DESC, id DESC
                           LIMIT :kept)
        """,
        {"subscriber_id": subscriber_id, "kept": _KEPT},
    )


async def last_changes(tx: Transaction, subscriber_id: int, *, limit: int) -> list[Change]:
    """Give the last changes, the newest first."""
    rows = await tx.rows(
        "SELECT * FROM changes WHERE subscriber_id = :subscriber_id ORDER BY at DESC, id DESC LIMIT :limit",
        {"subscriber_id": subscriber_id, "limit": limit},
    )
    return [Change(row["user_id"], from_millis(row["at"]), tuple(json.loads(row["what"]))) for row in rows]
