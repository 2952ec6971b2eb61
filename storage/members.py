"""Queries for subscribers as operators ask about them: those of a chat, and those that a digest was never owed to."""

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.model import Subscriber, SubscriberState
from storage.subscribers import read_subscriber
from storage.time import from_millis


@dataclass(frozen=True, slots=True)
class Member:
    """A subscriber of a chat, and what an operator asks about it."""

    subscriber: Subscriber
    came_at: datetime
    # Why it is in its state. None: active, or of its own will.
    reason: str | None
    # Since when it is paused or gone. None: it is neither, or that is not known.
    since: datetime | None
    # What the chat is called, and its topic; empty: it is private, or that is not known.
    called: str = ""


@dataclass(frozen=True, slots=True)
class Without:
    """How many subscribers in a state have no delivery of a digest, and whether they would want it now."""

    state: SubscriberState
    wants: bool
    number: int


async def members_of(tx: Transaction, chat_id: int) -> list[Member]:
    """Give the subscribers of the chat: itself, or its topics."""
    rows = await tx.rows(
        """
        SELECT whole_subscribers.*, created_at, state_reason, state_since,
               coalesce(chats.title, '') || coalesce(' › ' || nullif(topics.name, ''), '') AS called
          FROM whole_subscribers JOIN subscribers ON subscribers.id = subscriber_id
          LEFT JOIN chats ON chats.chat_id = subscribers.chat_id
          LEFT JOIN topics ON topics.chat_id = subscribers.chat_id AND topics.topic_id = subscribers.topic_id
         WHERE whole_subscribers.chat_id = :chat_id ORDER BY whole_subscribers.topic_id
        """,
        {"chat_id": chat_id},
    )
    return [_member(row) for row in rows]


async def members_without(tx: Transaction, digest_id: int, *, after: int, limit: int) -> list[Member]:
    """Give the next *limit* subscribers after the id *after* that have no delivery of the digest."""
    rows = await tx.rows(
        """
        SELECT whole_subscribers.*, created_at, state_reason, state_since,
               coalesce(chats.title, '') || coalesce(' › ' || nullif(topics.name, ''), '') AS called
          FROM whole_subscribers JOIN subscribers ON subscribers.id = subscriber_id
          LEFT JOIN chats ON chats.chat_id = subscribers.chat_id
          LEFT JOIN topics ON topics.chat_id = subscribers.chat_id AND topics.topic_id = subscribers.topic_id
         WHERE subscriber_id > :after
           AND NOT EXISTS (SELECT 1 FROM deliveries
                            WHERE digest_id = :digest_id AND deliveries.subscriber_id = subscribers.id
                              AND kind = 'digest')
         ORDER BY subscriber_id LIMIT :limit
        """,
        {"digest_id": digest_id, "after": after, "limit": limit},
    )
    return [_member(row) for row in rows]


async def count_without(tx: Transaction, digest_id: int) -> list[Without]:
    """Count the subscribers that have no delivery of the digest, the most first."""
    rows = await tx.rows(
        """
        SELECT state, count(*) AS number,
               everything OR EXISTS (
                   SELECT 1 FROM subscriptions
                    WHERE subscriptions.subscriber_id = subscribers.id
                      -- `fan_outs.fan_out_chunk` says what the plus is for.
                      AND +category_id IN (
                          SELECT category_id FROM digest_categories
                           WHERE digest_id IN (SELECT id FROM digests
                                                WHERE id = :digest_id OR edition_of = :digest_id)))
               AS wants
          FROM subscribers
         WHERE NOT EXISTS (SELECT 1 FROM deliveries
                            WHERE digest_id = :digest_id AND subscriber_id = subscribers.id AND kind = 'digest')
         GROUP BY state, wants ORDER BY number DESC, state, wants
        """,
        {"digest_id": digest_id},
    )
    return [Without(SubscriberState(row["state"]), bool(row["wants"]), row["number"]) for row in rows]


def _member(row: Row) -> Member:
    since = None if row["state_since"] is None else from_millis(row["state_since"])
    return Member(read_subscriber(row), from_millis(row["created_at"]), row["state_reason"], since, row["called"])
