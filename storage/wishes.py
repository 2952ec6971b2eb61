"""Queries for subscribers that move in with all that they ask for beyond categories."""

from collections.abc import Sequence
from datetime import datetime, time

from storage.database import Transaction
from storage.endings import write_links
from storage.model import Subscriber
from storage.rows import write_entities
from storage.time import to_millis


async def import_wishes(tx: Transaction, arrivals: Sequence[tuple[Subscriber, datetime | None]]) -> None:
    """Store words, schedules, settings and endings as told, instead of what was known; each with its next roundup."""
    await tx.run_many(
        """
        UPDATE subscribers
           SET cadence = :cadence, send_time = :send_time, weekday = :weekday, time_zone = :time_zone,
               quiet_from = :quiet_from, quiet_until = :quiet_until, tell_nothing = :tell_nothing,
               sound = :sound, previews = :previews, fold_told = :fold_told, snoozed_until = NULL,
               footer = :footer, footer_entities = :footer_entities, signature = :signature, button_line = :button_line,
               -- What was held until now is looked for at once where there are no roundups any more.
               next_due_at = coalesce(:next_due_at, iif(next_due_at IS NULL, NULL, 0))
         WHERE chat_id = :chat_id AND topic_id = :topic_id
        """,
        [_row(subscriber, next_due_at) for subscriber, next_due_at in arrivals],
    )
    await tx.run_many(
        """
        DELETE FROM words
         WHERE subscriber_id = (SELECT id FROM subscribers WHERE chat_id = :chat_id AND topic_id = :topic_id)
        """,
        [_place(subscriber) for subscriber, _ in arrivals],
    )
    await tx.run_many(
        """
        INSERT INTO words (subscriber_id, kind, folded, shown)
        SELECT id, :kind, :folded, :shown FROM subscribers WHERE chat_id = :chat_id AND topic_id = :topic_id
            ON CONFLICT DO NOTHING
        """,
        [
            _place(subscriber) | {"kind": kind, "folded": word.folded, "shown": word.shown}
            for subscriber, _ in arrivals
            for kind, words in (("follow", subscriber.preferences.followed), ("mute", subscriber.preferences.muted))
            for word in words
        ],
    )


def _row(subscriber: Subscriber, next_due_at: datetime | None) -> dict[str, str | int | None]:
    preferences, schedule = subscriber.preferences, subscriber.preferences.schedule
    return _place(subscriber) | {
        "cadence": schedule.cadence,
        "send_time": _minutes(schedule.send_time),
        "weekday": schedule.weekday,
        "time_zone": schedule.time_zone,
        "quiet_from": _minutes(schedule.quiet_hours[0]) if schedule.quiet_hours else None,
        "quiet_until": _minutes(schedule.quiet_hours[1]) if schedule.quiet_hours else None,
        "tell_nothing": schedule.tell_nothing,
        "sound": preferences.sound,
        "previews": preferences.previews,
        "fold_told": preferences.fold_told,
        "footer": preferences.ending.footer.text,
        "footer_entities": write_entities(preferences.ending.footer),
        "signature": preferences.ending.signature,
        "button_line": write_links(preferences.ending.links),
        "next_due_at": None if next_due_at is None else to_millis(next_due_at),
    }


def _place(subscriber: Subscriber) -> dict[str, str | int | None]:
    return {"chat_id": subscriber.address.chat_id, "topic_id": subscriber.address.topic_id}


def _minutes(clock_time: time) -> int:
    return clock_time.hour * 60 + clock_time.minute
