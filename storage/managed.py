"""Queries for what people manage: the groups, topics and channels that they set up, and who else does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database import Transaction
from storage.model import Address, ChatType, SubscriberState
from storage.time import to_millis


@dataclass(frozen=True, slots=True)
class Managed:
    """A group, topic or channel that a person has had to do with; whether they may still, only Telegram knows."""

    address: Address
    type: ChatType
    # Empty: not known; of a topic, or it is none.
    title: str
    topic: str
    # None: it never subscribed to anything.
    state: SubscriberState | None


async def managed_by(tx: Transaction, user_id: int, *, limit: int) -> list[Managed]:
    """Give what the person brought the bot to, subscribed or changed, by title, the topics of a chat below it."""
    rows = await tx.rows(
        """
          WITH theirs AS (
               SELECT chat_id FROM managers WHERE user_id = :user_id
                UNION
               SELECT chat_id FROM chats WHERE added_by = :user_id
                UNION
               -- Those of many have ids below zero: by these they are found among all people's.
               SELECT chat_id FROM subscribers WHERE chat_id < 0 AND subscribed_by = :user_id)
        SELECT theirs.chat_id, coalesce(subscribers.topic_id, 0) AS topic_id,
               coalesce(chats.type, subscribers.type) AS type, coalesce(title, '') AS title, coalesce(name, '') AS name,
               state
          FROM theirs
          LEFT JOIN chats ON chats.chat_id = theirs.chat_id
          LEFT JOIN subscribers ON subscribers.chat_id = theirs.chat_id
          LEFT JOIN topics ON topics.chat_id = theirs.chat_id AND topics.topic_id = subscribers.topic_id
         WHERE coalesce(chats.type, subscribers.type) IS NOT NULL
         ORDER BY coalesce(title, ''), theirs.chat_id, topic_id
         LIMIT :limit
        """,
        {"user_id": user_id, "limit": limit},
    )
    return [
        Managed(
            Address(row["chat_id"], row["topic_id"]),
            row["type"],
            row["title"],
            row["name"],
            None if row["state"] is None else SubscriberState(row["state"]),
        )
        for row in rows
    ]


async def managers_of(tx: Transaction, chat_id: int) -> list[int]:
    """Give the people who brought the bot to the chat, subscribed it or changed what it gets."""
    rows = await tx.rows(
        """
        SELECT user_id FROM managers WHERE chat_id = :chat_id
         UNION
        SELECT added_by FROM chats WHERE chat_id = :chat_id AND added_by IS NOT NULL
         UNION
        SELECT subscribed_by FROM subscribers WHERE chat_id = :chat_id AND subscribed_by IS NOT NULL
         ORDER BY 1
        """,
        {"chat_id": chat_id},
    )
    return [row["user_id"] for row in rows]


async def is_to_be_asked(tx: Transaction, chat_id: int, user_id: int, *, now: datetime, again: timedelta) -> bool:
    """Note that the person is asked now what the chat is to get; False: they were less than *again* ago."""
    rows = await tx.rows(
        """
        INSERT INTO managers (user_id, chat_id, since) VALUES (:user_id, :chat_id, :now)
            ON CONFLICT (user_id, chat_id) DO UPDATE SET since = excluded.since WHERE since <= :before
        RETURNING user_id
        """,
        {"user_id": user_id, "chat_id": chat_id, "now": to_millis(now), "before": to_millis(now - again)},
    )
    return bool(rows)
