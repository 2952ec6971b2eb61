"""Queries for when what comes is to go: what each subscriber asked for, what is held for it, and what is let go.

What is held waits at a time that never comes, and its subscriber has a `next_due_at` at which to look for it. A roundup
takes what is held with it: that stays held, and ends as the roundup does.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from storage.database import Transaction
from storage.model import Address, ChatType, Schedule, SubscriberState
from storage.subscribers import read_schedule
from storage.time import NEVER_MILLIS, from_millis, to_millis


@dataclass(frozen=True, slots=True)
class Due:
    """A subscriber for whom somebody has to look, and what it asked for."""

    subscriber_id: int
    address: Address
    type: ChatType
    state: SubscriberState
    schedule: Schedule


async def set_schedule(tx: Transaction, id_: int, schedule: Schedule, *, next_due_at: datetime) -> None:
    """Let the subscriber's schedule be *schedule*, and somebody look at *next_due_at* for what is held.

    What was to come at once, and did not yet, is held for the first roundup.
    """
    if schedule.cadence != "at once":
        await _hold_what_waits(tx, id_)
    quiet = schedule.quiet_hours
    await tx.run(
        """
        UPDATE subscribers
           SET cadence = :cadence, send_time = :send_time, weekday = :weekday, time_zone = :time_zone,
               quiet_from = :quiet_from, quiet_until = :quiet_until, snoozed_until = :snoozed_until,
               tell_nothing = :tell_nothing, next_due_at = :next_due_at
         WHERE id = :id
        """,
        {
            "id": id_,
            "cadence": schedule.cadence,
            "send_time": _minutes(schedule.send_time),
            "weekday": schedule.weekday,
            "time_zone": schedule.time_zone,
            "quiet_from": None if quiet is None else _minutes(quiet[0]),
            "quiet_until": None if quiet is None else _minutes(quiet[1]),
            "snoozed_until": None if schedule.snoozed_until is None else to_millis(schedule.snoozed_until),
            "tell_nothing": schedule.tell_nothing,
            "next_due_at": to_millis(next_due_at),
        },
    )


async def planned_for(tx: Transaction, id_: int) -> datetime | None:
    """Say when somebody looks for what is held for the subscriber; None: nothing has to be looked for."""
    at: int | None = await tx.value("SELECT next_due_at FROM subscribers WHERE id = :id", {"id": id_})
    return None if at is None else from_millis(at)


async def snooze(tx: Transaction, id_: int, *, until: datetime) -> None:
    """Let nothing come until then; to who has no time of their own, what was held meanwhile comes then."""
    await tx.run(
        """
        UPDATE subscribers
           SET snoozed_until = :until, next_due_at = iif(cadence = 'at once', :until, next_due_at)
         WHERE id = :id
        """,
        {"id": id_, "until": to_millis(until)},
    )


async def wake(tx: Transaction, id_: int, *, next_due_at: datetime, now: datetime) -> None:
    """End the snooze: what would come at its end, but not yet at *next_due_at*, is looked for now."""
    await tx.run(
        """
        UPDATE subscribers
           SET snoozed_until = NULL, next_due_at = iif(next_due_at < :next_due_at, :now, :next_due_at)
         WHERE id = :id
        """,
        {"id": id_, "next_due_at": to_millis(next_due_at), "now": to_millis(now)},
    )


async def due_subscribers(tx: Transaction, *, now: datetime, limit: int) -> list[Due]:
    """Give those whose time to be looked at has come, the longest due first."""
    rows = await tx.rows(
        """
        SELECT subscriber_id, chat_id, topic_id, type, subscriber_state, cadence, send_time, weekday, time_zone,
               quiet_from, quiet_until, snoozed_until, tell_nothing
          FROM whole_subscribers
         WHERE subscriber_id IN (SELECT id FROM subscribers WHERE next_due_at <= :now ORDER BY next_due_at LIMIT :limit)
        """,
        {"now": to_millis(now), "limit": limit},
    )
    return [
        Due(
            subscriber_id=row["subscriber_id"],
            address=Address(row["chat_id"], row["topic_id"]),
            type=row["type"],
            state=SubscriberState(row["subscriber_state"]),
            schedule=read_schedule(row),
        )
        for row in rows
    ]


async def look_again(tx: Transaction, times: Iterable[tuple[int, datetime | None]], *, now: datetime) -> None:
    """Note for each of these subscribers when to look the next time; None: nothing has to be looked for."""
    rows = [(id_, None if at is None else to_millis(at)) for id_, at in times]
    await tx.run(
        """
        UPDATE subscribers
           SET next_due_at = value ->> 1, snoozed_until = iif(snoozed_until <= :now, NULL, snoozed_until)
          FROM json_each(:rows)
         WHERE subscribers.id = value ->> 0
        """,
        {"rows": json.dumps(rows), "now": to_millis(now)},
    )


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


async def release(tx: Transaction, subscriber_ids: Collection[int], *, now: datetime) -> set[int]:
    """Let go what is held for these subscribers, due now; give those of them who had anything held.

    One digest goes as it is; of several a roundup is made, which has the newest of them for its digest. A roundup that
    still waits from before is made anew with what came since.
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


async def _hold_what_waits(tx: Transaction, id_: int) -> None:
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
    rows = await tx.rows(
        """
        SELECT subscriber_id, digest_id
          FROM (SELECT subscriber_id, digest_id, count(*) OVER (PARTITION BY subscriber_id) AS number,
                       row_number() OVER (PARTITION BY subscriber_id ORDER BY archived_at DESC, digest_id DESC) AS place
                  FROM deliveries JOIN digests ON digests.id = digest_id
                 WHERE held = 1 AND subscriber_id IN (SELECT value FROM json_each(:ids)) AND roundup_id IS NULL)
         WHERE number > 1 AND place = 1
        """,
        {"ids": ids},
    )
    made = {"made": json.dumps([(row["digest_id"], row["subscriber_id"]) for row in rows]), "now": to_millis(now)}
    # One that had this digest, and failed, say: it was published again since.
    await tx.run(
        """
        DELETE FROM deliveries
         WHERE id IN (SELECT old.id FROM json_each(:made) JOIN deliveries AS old
                          ON old.digest_id = value ->> 0 AND old.subscriber_id = value ->> 1 AND old.kind = 'roundup')
           AND finished_at IS NOT NULL
        """,
        made,
    )
    # If one that had it is still under way, what is held goes by itself.
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


def _minutes(clock_time: time) -> int:
    return clock_time.hour * 60 + clock_time.minute
