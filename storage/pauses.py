"""Queries for the operators' pause, in which no broadcast goes out, and for what waited when it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.database import Transaction
from storage.time import from_millis, to_millis

Ending = Literal["send", "skip"]

# Why a delivery was skipped that an operator wanted skipped.
SKIPPED = "skipped by an operator after a pause"


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of what waited, as an operator decided at a time; *last_id* was the last delivery then."""

    ending: Ending
    at: datetime
    last_id: int


@dataclass(frozen=True, slots=True)
class Pause:
    """No broadcast goes out until what waited is settled as the *decision* says."""

    since: datetime
    # None: an operator is still to decide.
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What nothing was sent of yet and would be sent now: of how many digests, to how many chats and topics.

    A roundup is one delivery of several digests.
    """

    digests: int
    deliveries: int
    subscribers: int


async def is_paused(tx: Transaction) -> bool:
    """Say whether no broadcast is to go out now."""
    return bool(await tx.rows("SELECT 1 FROM pauses"))


async def paused_since(tx: Transaction) -> datetime | None:
    """Say since when no broadcast goes out; None: they go."""
    pause = await present_pause(tx)
    return None if pause is None else pause.since


async def present_pause(tx: Transaction) -> Pause | None:
    """Give the pause that there is now."""
    row = await tx.row("SELECT * FROM pauses")
    if row is None:
        return None
    since = from_millis(row["since"])
    if row["ending"] is None:
        return Pause(since)
    return Pause(since, Decision(row["ending"], from_millis(row["ended_at"]), row["last_id"]))


async def begin_pause(tx: Transaction, *, now: datetime) -> bool:
    """Let no broadcast go from now on; False: none goes already. One that was to end goes on."""
    return bool(
        await tx.run(
            """
            INSERT INTO pauses (id, since) VALUES (1, :now)
                ON CONFLICT (id) DO UPDATE SET ending = NULL, ended_at = NULL, last_id = NULL WHERE ending IS NOT NULL
            """,
            {"now": to_millis(now)},
        )
    )


async def decide_pause(tx: Transaction, ending: Ending, *, now: datetime) -> bool:
    """Decide what becomes of what waited, so that the pause ends; False: that was decided, or there is no pause."""
    return bool(
        await tx.run(
            """
            UPDATE pauses
               SET ending = :ending, ended_at = :now, last_id = (SELECT coalesce(max(id), 0) FROM deliveries)
             WHERE ending IS NULL
            """,
            {"ending": ending, "now": to_millis(now)},
        )
    )


async def end_pause(tx: Transaction, decision: Decision) -> bool:
    """Let broadcasts go again, now that what waited is settled; False: meanwhile an operator wants otherwise."""
    return bool(await tx.run("DELETE FROM pauses WHERE ended_at = :at", {"at": to_millis(decision.at)}))


async def count_waiting(tx: Transaction) -> Waiting:
    """Count what an operator may skip."""
    row = await tx.row(
        """
        SELECT count(DISTINCT digest_id) AS digests, sum(held = 0) AS deliveries,
               count(DISTINCT subscriber_id) AS subscribers
          FROM deliveries
         WHERE state = 'waiting' AND announcement_id IS NULL AND kind IN ('digest', 'roundup') AND parts_sent = 0
           -- What a roundup would bring waits with it; what is held for one waits for no operator.
           AND (held = 0 OR roundup_id IS NOT NULL)
        """
    )
    return Waiting(0, 0, 0) if row is None else Waiting(row["digests"], row["deliveries"] or 0, row["subscribers"])


async def waiting_ids(tx: Transaction) -> range:
    """Give the range of ids in which all that waits lies, but for announcements."""
    row = await tx.row(
        "SELECT min(id) AS first, max(id) AS last FROM deliveries WHERE state = 'waiting' AND announcement_id IS NULL"
    )
    return range(0) if row is None or row["first"] is None else range(row["first"], row["last"] + 1)


async def send_late(tx: Transaction, ids: range, decision: Decision) -> int:
    """Let what waits among *ids* be no later than since the pause ended; say how many that were."""
    return await tx.run(
        """
        UPDATE deliveries SET due_at = :at
         WHERE id >= :first AND id < :end AND state = 'waiting' AND held = 0 AND due_at < :at
        """,
        {"first": ids.start, "end": ids.stop, "at": to_millis(decision.at)},
    )


async def skip_waiting(tx: Transaction, ids: range, decision: Decision, *, reason: str, now: datetime) -> int:
    """Skip what waited among *ids* when that was decided, nothing of which was sent; say how many.

    Those are what there was then, and what was due and still being owed; not what waits for a time of its subscriber's.
    """
    return await tx.run(
        """
        UPDATE deliveries SET state = 'skipped', reason = :reason, finished_at = :now
         WHERE id >= :first AND id < :end AND state = 'waiting' AND held = 0
           AND kind IN ('digest', 'roundup') AND parts_sent = 0
           AND (id <= :last_id OR due_at <= :at)
        """,
        {
            "first": ids.start,
            "end": ids.stop,
            "last_id": decision.last_id,
            "at": to_millis(decision.at),
            "reason": reason,
            "now": to_millis(now),
        },
    )
