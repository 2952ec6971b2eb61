"""Queries for when what comes is to go: what each subscriber asked for, and when to look for what is held for it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from storage.announced import ask_soon
from storage.database import Transaction
from storage.held import hold_what_waits
from storage.model import Address, ChatType, Schedule, SubscriberState
from storage.subscribers import read_schedule
from storage.time import from_millis, to_millis


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
        await hold_what_waits(tx, id_)
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
    await ask_soon(tx, id_, at=next_due_at)


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
    await ask_soon(tx, id_, at=now)


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


def _minutes(clock_time: time) -> int:
    return clock_time.hour * 60 + clock_time.minute
