"""Queries for topics of forums, as far as the bot has heard of them."""

from dataclasses import dataclass

from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a forum; 0 is the one that is always there."""

    topic_id: int
    # Empty: not known.
    name: str
    # Whether it is closed or, as far as Telegram lets us know, deleted.
    closed: bool


async def note_topic(tx: Transaction, chat_id: int, topic_id: int, name: str) -> None:
    """Remember what the topic is called now."""
    await tx.run(
        """
        INSERT INTO topics (chat_id, topic_id, name) VALUES (:chat_id, :topic_id, :name)
            ON CONFLICT (chat_id, topic_id) DO UPDATE SET name = excluded.name
        """,
        {"chat_id": chat_id, "topic_id": topic_id, "name": name},
    )


async def learn_topic(tx: Transaction, chat_id: int, topic_id: int, name: str) -> None:
    """Remember what the topic was called once, unless its name is known."""
    await tx.run(
        """
        INSERT INTO topics (chat_id, topic_id, name) VALUES (:chat_id, :topic_id, :name)
            ON CONFLICT (chat_id, topic_id) DO UPDATE SET name = excluded.name WHERE topics.name = ''
        """,
        {"chat_id": chat_id, "topic_id": topic_id, "name": name},
    )


async def set_closed(tx: Transaction, chat_id: int, topic_id: int, *, closed: bool) -> None:
    """Remember whether the topic is closed."""
    await tx.run(
        """
        INSERT INTO topics (chat_id, topic_id, name, closed) VALUES (:chat_id, :topic_id, '', :closed)
            ON CONFLICT (chat_id, topic_id) DO UPDATE SET closed = excluded.closed
        """,
        {"chat_id": chat_id, "topic_id": topic_id, "closed": closed},
    )


async def is_closed(tx: Transaction, chat_id: int, topic_id: int) -> bool:
    """Say whether the topic is known to be closed."""
    row = await tx.row(
        "SELECT closed FROM topics WHERE chat_id = :chat_id AND topic_id = :topic_id",
        {"chat_id": chat_id, "topic_id": topic_id},
    )
    return row is not None and bool(row["closed"])


async def topics_of(tx: Transaction, chat_id: int) -> list[Topic]:
    """Give the topics of the chat that the bot has heard of, in the order in which they came."""
    rows = await tx.rows("SELECT * FROM topics WHERE chat_id = :chat_id ORDER BY topic_id", {"chat_id": chat_id})
    return [Topic(row["topic_id"], row["name"], bool(row["closed"])) for row in rows]
