"""Queries for channels and the groups where they are discussed: Telegram forwards there whatever a channel posts."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.model import Delivery
from storage.time import from_millis


@dataclass(frozen=True, slots=True)
class InChannel:
    """How a digest or announcement that is owed to a group stands in the channel that is discussed there."""

    channel_id: int
    title: str
    # Whether the channel receives now.
    is_active: bool
    # That of the channel's delivery; None: there is none.
    state: str | None
    # When that is tried next; None: there is none.
    try_at: datetime | None
    # Whether it shows there all that the group would be shown of it.
    has_all: bool
    # Whether its turn to be owed it is still to come.
    is_coming: bool


async def note_link(tx: Transaction, chat_id: int, linked_chat_id: int | None) -> None:
    """Remember with which group a channel is linked, or the other way round, for both; None: with none."""
    link = {"chat_id": chat_id, "linked": linked_chat_id}
    await tx.run(
        """
        UPDATE chats SET linked_chat_id = NULL
         WHERE (linked_chat_id = :chat_id AND chat_id IS NOT :linked)
            OR (linked_chat_id = :linked AND chat_id <> :chat_id)
        """,
        link,
    )
    await tx.run("UPDATE chats SET linked_chat_id = :linked WHERE chat_id = :chat_id", link)
    await tx.run("UPDATE chats SET linked_chat_id = :chat_id WHERE chat_id = :linked", link)


async def in_channel(tx: Transaction, delivery: Delivery) -> InChannel | None:
    """Say how what is owed to a group stands in the channel that is discussed there; None: no such channel is known."""
    row = await tx.row(
        """
        SELECT channel.chat_id, channel.title, subscribers.state = 'active' AS is_active, theirs.state, theirs.try_at,
               EXISTS (SELECT 1 FROM fan_outs
                        WHERE digest_id = :digest_id AND kind = 'digest' AND subscriber_id < subscribers.id)
               OR EXISTS (SELECT 1 FROM announcements
                           WHERE announcements.id = :announcement_id AND announcements.state = 'fanning out'
                             AND cursor < subscribers.id)
               AS is_coming,
               -- What shows a part shows what words ask for; the same words ask for the same.
               theirs.selection ->> 'items' IS NULL
               OR (SELECT json_group_array(kind || folded)
                     FROM (SELECT kind, folded FROM words WHERE subscriber_id = subscribers.id ORDER BY kind, folded))
                = (SELECT json_group_array(kind || folded)
                     FROM (SELECT kind, folded FROM words WHERE subscriber_id = :subscriber_id ORDER BY kind, folded))
               AS has_all
          FROM chats AS discussed
          JOIN chats AS channel ON channel.chat_id = discussed.linked_chat_id AND channel.type = 'channel'
          JOIN subscribers ON subscribers.chat_id = channel.chat_id AND subscribers.topic_id = 0
          LEFT JOIN deliveries AS theirs
            ON theirs.subscriber_id = subscribers.id AND theirs.kind = :kind
           AND (theirs.digest_id = :digest_id OR theirs.announcement_id = :announcement_id)
         WHERE discussed.chat_id = :chat_id
        """,
        {
            "chat_id": delivery.subscriber.address.chat_id,
            "subscriber_id": delivery.subscriber.id,
            "kind": delivery.kind,
            "digest_id": delivery.digest_id,
            "announcement_id": delivery.announcement_id,
        },
    )
    if row is None:
        return None
    return InChannel(
        channel_id=row["chat_id"],
        title=row["title"],
        is_active=bool(row["is_active"]),
        state=row["state"],
        try_at=None if row["try_at"] is None else from_millis(row["try_at"]),
        is_coming=bool(row["is_coming"]),
        has_all=bool(row["has_all"]),
    )


async def linked_channels(tx: Transaction) -> list[int]:
    """Give the channels that are known to be discussed in a group."""
    rows = await tx.rows("SELECT chat_id FROM chats WHERE linked_chat_id IS NOT NULL AND type = 'channel'")
    return [row["chat_id"] for row in rows]


async def channels_after(tx: Transaction, chat_id: int, *, limit: int) -> list[int]:
    """Give the next channels that receive, by their ids."""
    # All others are private chats, which may be a million.
    rows = await tx.rows(
        """
        SELECT chat_id FROM subscribers
         WHERE chat_id > :chat_id AND chat_id < 0 AND type = 'channel' AND state = 'active'
         ORDER BY chat_id LIMIT :limit
        """,
        {"chat_id": chat_id, "limit": limit},
    )
    return [row["chat_id"] for row in rows]
