"""Queries for groups and channels themselves: what they are called, who manages them, and what they are like."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.database import Transaction
from storage.model import ChatType
from storage.time import to_millis

Readers = Literal["everyone", "administrators"]


@dataclass(frozen=True, slots=True)
class Group:
    """A group, supergroup or channel that the bot is or was in."""

    chat_id: int
    type: ChatType
    # Empty: not known.
    title: str = ""
    is_forum: bool = False
    # Of a channel the group that its posts are forwarded to, and the other way round; None: none that is known.
    linked_chat_id: int | None = None
    # The person who last brought the bot there; None: not known.
    added_by: int | None = None
    # Who is answered there.
    readers: Readers = "everyone"
    # After how many minutes the bot's answers there are removed; 0: they stay.
    tidy_minutes: int = 0


async def note_group(
    tx: Transaction, chat_id: int, type_: ChatType, *, title: str, is_forum: bool, added_by: int | None = None
) -> None:
    """Remember what Telegram says of the chat; who brought the bot there stays known unless it is somebody else now."""
    await tx.run(
        """
        INSERT INTO chats (chat_id, type, title, is_forum, added_by)
        VALUES (:chat_id, :type, :title, :is_forum, :added_by)
            ON CONFLICT (chat_id) DO UPDATE
           SET type = excluded.type, title = excluded.title, is_forum = excluded.is_forum,
               added_by = coalesce(excluded.added_by, added_by)
        """,
        {"chat_id": chat_id, "type": type_, "title": title, "is_forum": is_forum, "added_by": added_by},
    )


async def group_with(tx: Transaction, chat_id: int) -> Group | None:
    """Give what is known of the chat; None: nothing."""
    row = await tx.row("SELECT * FROM chats WHERE chat_id = :chat_id", {"chat_id": chat_id})
    if row is None:
        return None
    return Group(
        chat_id=row["chat_id"],
        type=row["type"],
        title=row["title"],
        is_forum=bool(row["is_forum"]),
        linked_chat_id=row["linked_chat_id"],
        added_by=row["added_by"],
        readers=row["readers"],
        tidy_minutes=row["tidy_minutes"],
    )


async def groups_called(tx: Transaction, title: str) -> list[int]:
    """Give the ids of groups with this title that are no supergroups."""
    rows = await tx.rows("SELECT chat_id FROM chats WHERE type = 'group' AND title = :title LIMIT 5", {"title": title})
    return [row["chat_id"] for row in rows]


async def topic_name(tx: Transaction, chat_id: int, topic_id: int) -> str | None:
    """Say what the topic is called; None: that is not known."""
    row = await tx.row(
        "SELECT name FROM topics WHERE chat_id = :chat_id AND topic_id = :topic_id",
        {"chat_id": chat_id, "topic_id": topic_id},
    )
    return row["name"] or None if row else None


async def note_manager(tx: Transaction, chat_id: int, user_id: int, *, now: datetime) -> None:
    """Remember that the person has set up what the chat gets, or changed it."""
    await tx.run(
        """
        INSERT INTO managers (user_id, chat_id, since) VALUES (:user_id, :chat_id, :now)
            ON CONFLICT DO NOTHING
        """,
        {"user_id": user_id, "chat_id": chat_id, "now": to_millis(now)},
    )


async def throw_away(tx: Transaction, chat_id: int, message_ids: Iterable[int], *, at: datetime) -> None:
    """Let these messages of the bot's be removed from the chat at that time."""
    await tx.run_many(
        """
        INSERT INTO litter (chat_id, message_id, remove_at) VALUES (:chat_id, :message_id, :at)
            ON CONFLICT DO NOTHING
        """,
        [{"chat_id": chat_id, "message_id": message_id, "at": to_millis(at)} for message_id in message_ids],
    )


async def due_litter(tx: Transaction, *, now: datetime, limit: int) -> list[tuple[int, int]]:
    """Give the chats and ids of messages that are to be removed by now, the longest overdue first."""
    rows = await tx.rows(
        "SELECT chat_id, message_id FROM litter WHERE remove_at <= :now ORDER BY remove_at LIMIT :limit",
        {"now": to_millis(now), "limit": limit},
    )
    return [(row["chat_id"], row["message_id"]) for row in rows]


async def forget_litter(tx: Transaction, messages: Iterable[tuple[int, int]]) -> None:
    """Let go of messages that are removed, or cannot be."""
    await tx.run_many(
        "DELETE FROM litter WHERE chat_id = :chat_id AND message_id = :message_id",
        [{"chat_id": chat_id, "message_id": message_id} for chat_id, message_id in messages],
    )


async def forget_old_litter(tx: Transaction, *, before: datetime) -> int:
    """Let go of messages that were to be removed before then; say how many they were."""
    rows = await tx.rows(
        "DELETE FROM litter WHERE remove_at < :before RETURNING message_id", {"before": to_millis(before)}
    )
    return len(rows)


async def put_off_litter(tx: Transaction, chat_id: int, *, until: datetime) -> None:
    """Let nothing be removed from the chat before then."""
    await tx.run(
        "UPDATE litter SET remove_at = :until WHERE chat_id = :chat_id AND remove_at < :until",
        {"chat_id": chat_id, "until": to_millis(until)},
    )


async def answer_only(tx: Transaction, chat_id: int, readers: Readers) -> None:
    """Let only these be answered in the group."""
    await tx.run(
        "UPDATE chats SET readers = :readers WHERE chat_id = :chat_id", {"readers": readers, "chat_id": chat_id}
    )


async def tidy_after(tx: Transaction, chat_id: int, minutes: int) -> None:
    """Let answers in the group be removed after so many minutes; 0: they stay."""
    await tx.run(
        "UPDATE chats SET tidy_minutes = :minutes WHERE chat_id = :chat_id", {"minutes": minutes, "chat_id": chat_id}
    )
