"""Queries for subscribers and what they asked for."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, time
from sqlite3 import Row

from storage.database import Transaction
from storage.model import (
    NO_ENDING,
    Address,
    Category,
    ChatType,
    Ending,
    Preferences,
    Schedule,
    Subscriber,
    SubscriberState,
    Word,
)
from storage.rows import read_text
from storage.time import from_millis, to_millis


async def subscriber_at(tx: Transaction, address: Address) -> Subscriber | None:
    """Give the subscriber at *address*."""
    row = await tx.row(
        "SELECT * FROM whole_subscribers WHERE chat_id = :chat_id AND topic_id = :topic_id",
        {"chat_id": address.chat_id, "topic_id": address.topic_id},
    )
    return None if row is None else read_subscriber(row)


async def subscriber_with(tx: Transaction, id_: int) -> Subscriber | None:
    """Give the subscriber with this id."""
    row = await tx.row("SELECT * FROM whole_subscribers WHERE subscriber_id = :id", {"id": id_})
    return None if row is None else read_subscriber(row)


async def ensure_subscriber(
    tx: Transaction,
    address: Address,
    *,
    type_: ChatType,
    language: str | None,
    subscribed_by: int | None = None,
    now: datetime,
) -> Subscriber:
    """Give the subscriber at *address*, a new one if need be, active again whatever it was.

    *language* is what Telegram says of the person; it stands until they choose one. *subscribed_by* is who asks for a
    chat of many; the last one who did is told should it close.
    """
    await tx.run(
        """
        INSERT INTO subscribers (chat_id, topic_id, type, language, subscribed_by, created_at)
        VALUES (:chat_id, :topic_id, :type, :language, :subscribed_by, :now)
            ON CONFLICT (chat_id, topic_id) DO UPDATE
           SET type = excluded.type, language = coalesce(language, excluded.language),
               subscribed_by = coalesce(excluded.subscribed_by, subscribed_by),
               state = 'active', state_reason = NULL, state_since = NULL
        """,
        _newcomer(address, type_=type_, language=language, subscribed_by=subscribed_by, now=now),
    )
    return await _just_stored(tx, address)


async def ensure_known(
    tx: Transaction,
    address: Address,
    *,
    type_: ChatType,
    language: str | None,
    subscribed_by: int | None,
    now: datetime,
) -> Subscriber:
    """Give the subscriber at *address* as it is; a new one receives nothing before somebody lets it."""
    await tx.run(
        """
        INSERT INTO subscribers (chat_id, topic_id, type, state, language, subscribed_by, created_at)
        VALUES (:chat_id, :topic_id, :type, 'stopped', :language, :subscribed_by, :now)
            ON CONFLICT (chat_id, topic_id) DO NOTHING
        """,
        _newcomer(address, type_=type_, language=language, subscribed_by=subscribed_by, now=now),
    )
    return await _just_stored(tx, address)


def _newcomer(
    address: Address, *, type_: ChatType, language: str | None, subscribed_by: int | None, now: datetime
) -> dict[str, str | int | None]:
    return {
        "chat_id": address.chat_id,
        "topic_id": address.topic_id,
        "type": type_,
        "language": language,
        "subscribed_by": subscribed_by,
        "now": to_millis(now),
    }


async def _just_stored(tx: Transaction, address: Address) -> Subscriber:
    subscriber = await subscriber_at(tx, address)
    if subscriber is None:
        raise LookupError(f"{address} was just stored")
    return subscriber


async def set_everything(tx: Transaction, id_: int, *, everything: bool) -> None:
    """Let the subscriber have every digest, or only its categories."""
    await tx.run(
        "UPDATE subscribers SET everything = :everything WHERE id = :id", {"id": id_, "everything": everything}
    )


async def choose(tx: Transaction, id_: int, category_ids: Sequence[int]) -> None:
    """Add categories to those the subscriber chose."""
    await tx.run_many(
        """
        INSERT INTO subscriptions (subscriber_id, category_id) VALUES (:id, :category_id)
            ON CONFLICT (subscriber_id, category_id) DO NOTHING
        """,
        [{"id": id_, "category_id": category_id} for category_id in category_ids],
    )


async def drop(tx: Transaction, id_: int, category_ids: Sequence[int]) -> None:
    """Take categories from those the subscriber chose."""
    await tx.run_many(
        "DELETE FROM subscriptions WHERE subscriber_id = :id AND category_id = :category_id",
        [{"id": id_, "category_id": category_id} for category_id in category_ids],
    )


async def drop_all(tx: Transaction, id_: int) -> None:
    """Take all categories from the subscriber, and everything too."""
    await set_everything(tx, id_, everything=False)
    await tx.run("DELETE FROM subscriptions WHERE subscriber_id = :id", {"id": id_})


async def count_by_state(tx: Transaction) -> dict[SubscriberState, int]:
    """Count the subscribers in each state that has any."""
    rows = await tx.rows("SELECT state, count(*) AS number FROM subscribers GROUP BY state")
    return {SubscriberState(row["state"]): row["number"] for row in rows}


async def all_subscribers(tx: Transaction) -> AsyncIterator[Subscriber]:
    """Give every subscriber, a thousand read at a time, in the order in which they came."""
    last = 0
    while True:
        rows = await tx.rows(
            "SELECT * FROM whole_subscribers WHERE subscriber_id > :last ORDER BY subscriber_id LIMIT 1000",
            {"last": last},
        )
        if not rows:
            return
        for row in rows:
            yield read_subscriber(row)
        last = rows[-1]["subscriber_id"]


async def import_subscribers(
    tx: Transaction, arrivals: Sequence[tuple[Subscriber, Sequence[int]]], *, now: datetime
) -> None:
    """Store subscribers as they are told, with the ids of their categories, instead of what was known of them.

    Of two for one address the later counts. Who subscribed one stays known where it is not told.
    """
    arrivals = list({subscriber.address: (subscriber, ids) for subscriber, ids in arrivals}.values())
    await tx.run_many(
        """
        INSERT INTO subscribers
               (chat_id, topic_id, type, state, language, everything, layout, subscribed_by, created_at)
        VALUES (:chat_id, :topic_id, :type, :state, :language, :everything, :layout, :subscribed_by, :now)
            ON CONFLICT (chat_id, topic_id) DO UPDATE
           SET type = excluded.type, language = excluded.language, everything = excluded.everything,
               layout = excluded.layout, subscribed_by = coalesce(excluded.subscribed_by, subscribed_by),
               state = excluded.state, state_reason = NULL, state_since = NULL
        """,
        [_told(subscriber, now=now) for subscriber, _ in arrivals],
    )
    places = [{"chat_id": arrival.address.chat_id, "topic_id": arrival.address.topic_id} for arrival, _ in arrivals]
    await tx.run_many(
        """
        DELETE FROM subscriptions
         WHERE subscriber_id = (SELECT id FROM subscribers WHERE chat_id = :chat_id AND topic_id = :topic_id)
        """,
        places,
    )
    await tx.run_many(
        """
        INSERT INTO subscriptions (subscriber_id, category_id)
        SELECT id, :category_id FROM subscribers WHERE chat_id = :chat_id AND topic_id = :topic_id
            ON CONFLICT DO NOTHING
        """,
        [
            place | {"category_id": category_id}
            for place, (_, category_ids) in zip(places, arrivals, strict=True)
            for category_id in category_ids
        ],
    )


def read_subscriber(row: Row) -> Subscriber:
    """Read a subscriber from a row of `whole_subscribers`."""
    return Subscriber(
        id=row["subscriber_id"],
        address=Address(row["chat_id"], row["topic_id"]),
        type=row["type"],
        state=SubscriberState(row["subscriber_state"]),
        preferences=_read_preferences(row),
        subscribed_by=row["subscribed_by"],
    )


def _read_preferences(row: Row) -> Preferences:
    # Most have none, and this is read for each delivery.
    words = [] if row["worded"] == "[]" else json.loads(row["worded"])
    return Preferences(
        everything=bool(row["everything"]),
        categories=tuple(Category(folded, name) for folded, name in json.loads(row["chosen"])),
        layout=row["subscriber_layout"],
        language=row["subscriber_language"],
        followed=tuple(Word(folded, shown) for kind, folded, shown in words if kind == "follow"),
        muted=tuple(Word(folded, shown) for kind, folded, shown in words if kind == "mute"),
        schedule=read_schedule(row),
        sound=bool(row["sound"]),
        previews=bool(row["previews"]),
        fold_told=bool(row["fold_told"]),
        ending=read_ending(row),
    )


def read_ending(row: Row) -> Ending:
    """Read what stands under a subscriber's digests from a row of `whole_subscribers`."""
    # Most have none, and this is read for each delivery.
    if not (row["footer"] or row["signature"] or row["button_line"]):
        return NO_ENDING
    links = tuple((label, link) for label, link in json.loads(row["button_line"] or "[]"))
    return Ending(read_text(row["footer"], row["footer_entities"]), row["signature"], links)


def read_schedule(row: Row) -> Schedule:
    """Read a schedule from a row of `whole_subscribers`."""
    quiet = None if row["quiet_from"] is None else (_read_time(row["quiet_from"]), _read_time(row["quiet_until"]))
    return Schedule(
        cadence=row["cadence"],
        send_time=_read_time(row["send_time"]),
        weekday=row["weekday"],
        time_zone=row["time_zone"],
        quiet_hours=quiet,
        snoozed_until=None if row["snoozed_until"] is None else from_millis(row["snoozed_until"]),
        tell_nothing=bool(row["tell_nothing"]),
    )


def _read_time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _told(subscriber: Subscriber, *, now: datetime) -> dict[str, str | int | None]:
    return {
        "chat_id": subscriber.address.chat_id,
        "topic_id": subscriber.address.topic_id,
        "type": subscriber.type,
        "state": subscriber.state,
        "subscribed_by": subscriber.subscribed_by,
        "language": subscriber.preferences.language,
        "everything": subscriber.preferences.everything,
        "layout": subscriber.preferences.layout,
        "now": to_millis(now),
    }
