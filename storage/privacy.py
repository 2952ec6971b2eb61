"""Queries for all that is kept of one person, who may have it, or have it deleted."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from storage.announced_counts import count_before_deleting
from storage.database import Transaction

# What others have of a person stays with them, and nobody knows any more whose doing it was.
_DONE_BY_THEM = (
    "UPDATE subscribers SET subscribed_by = NULL WHERE subscribed_by = :chat_id",
    "UPDATE chats SET added_by = NULL WHERE added_by = :chat_id",
    "UPDATE changes SET user_id = NULL WHERE user_id = :chat_id",
    "UPDATE invites SET made_by = NULL WHERE made_by = :chat_id",
    "UPDATE announcements SET made_by = NULL WHERE made_by = :chat_id",
    "DELETE FROM managers WHERE user_id = :chat_id",
    "DELETE FROM guests WHERE user_id = :chat_id",
    "DELETE FROM notices WHERE user_id = :chat_id",
    # What others are told of them.
    "UPDATE notices SET facts = json_set(facts, '$.by', 0) WHERE json_extract(facts, '$.by') = :chat_id",
    "DELETE FROM rests WHERE chat_id = :chat_id",
)

# As rows say it; what it means is for whoever writes it down.
Rows = list[dict[str, Any]]


async def kept_of(tx: Transaction, chat_id: int) -> dict[str, Rows]:
    """Give all that is kept of the person with whom the bot has this chat, by what it is; empty: nothing is."""
    ids = await _subscriber_ids(tx, chat_id)
    kept = {
        "subscriber": await _of_chat(tx, "SELECT * FROM subscribers WHERE chat_id = :chat_id", chat_id),
        "categories": await _of_subscribers(
            tx,
            """
            SELECT category_id, name FROM subscriptions JOIN categories ON categories.id = category_id
             WHERE subscriber_id IN (SELECT value FROM json_each(:ids)) ORDER BY category_id
            """,
            ids,
        ),
        "words": await _of_subscribers(
            tx,
            """
            SELECT kind, shown, folded FROM words
             WHERE subscriber_id IN (SELECT value FROM json_each(:ids)) ORDER BY kind, folded
            """,
            ids,
        ),
        "bookmarks": await _of_subscribers(
            tx,
            """
            SELECT digest_id, item_id, saved_at FROM bookmarks
             WHERE subscriber_id IN (SELECT value FROM json_each(:ids)) ORDER BY saved_at, digest_id, item_id
            """,
            ids,
        ),
        "deliveries": await _deliveries(tx, ids),
        "messages": await _messages(tx, ids),
        "notices": await _of_chat(tx, "SELECT * FROM notices WHERE user_id = :chat_id ORDER BY id", chat_id),
        "subscribed": await _of_chat(
            tx, "SELECT chat_id, topic_id FROM subscribers WHERE subscribed_by = :chat_id ORDER BY id", chat_id
        ),
        "rests": await _of_chat(tx, "SELECT until FROM rests WHERE chat_id = :chat_id", chat_id),
        "brought": await _of_chat(tx, "SELECT chat_id, title FROM chats WHERE added_by = :chat_id", chat_id),
        "manages": await _of_chat(tx, "SELECT chat_id, since FROM managers WHERE user_id = :chat_id", chat_id),
        "changes": await _of_chat(
            tx, "SELECT subscriber_id, at, what FROM changes WHERE user_id = :chat_id ORDER BY id", chat_id
        ),
        "guest": await _of_chat(tx, "SELECT code, since FROM guests WHERE user_id = :chat_id", chat_id),
        "invites": await _of_chat(tx, "SELECT * FROM invites WHERE made_by = :chat_id ORDER BY made_at", chat_id),
        "announcements": await _of_chat(
            tx, "SELECT * FROM announcements WHERE made_by = :chat_id ORDER BY id", chat_id
        ),
    }
    return {name: rows for name, rows in kept.items() if rows}


async def is_sent_to(tx: Transaction, chat_id: int) -> bool:
    """Say whether something is being sent to the chat at this moment."""
    return bool(
        await tx.rows(
            """
            SELECT 1 FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
             WHERE deliveries.state = 'sending' AND chat_id = :chat_id LIMIT 1
            """,
            {"chat_id": chat_id},
        )
    )


async def forget(tx: Transaction, chat_id: int) -> None:
    """Delete all that is kept of the person with whom the bot has this chat; of digests the counts stay.

    Nothing here is left to foreign keys, which may be unchecked: for each subscriber SQLite would go through all
    deliveries there are.
    """
    ids = await _subscriber_ids(tx, chat_id)
    names = await tx.rows(
        "SELECT category_id FROM subscriptions WHERE subscriber_id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(ids)},
    )
    await _delete_deliveries(tx, await _deliveries(tx, ids))
    await _delete_what_they_chose(tx, ids)
    await tx.run("DELETE FROM subscribers WHERE chat_id = :chat_id", {"chat_id": chat_id})
    await _delete_unused(tx, [row["category_id"] for row in names])
    for sql in _DONE_BY_THEM:
        await tx.run(sql, {"chat_id": chat_id})


async def _subscriber_ids(tx: Transaction, chat_id: int) -> list[int]:
    rows = await tx.rows("SELECT id FROM subscribers WHERE chat_id = :chat_id", {"chat_id": chat_id})
    return [row["id"] for row in rows]


async def _of_chat(tx: Transaction, sql: str, chat_id: int) -> Rows:
    return [dict(row) for row in await tx.rows(sql, {"chat_id": chat_id})]


async def _of_subscribers(tx: Transaction, sql: str, ids: Sequence[int]) -> Rows:
    return [dict(row) for row in await tx.rows(sql, {"ids": json.dumps(ids)})]


# By way of the digests, and so below: see `chats.regain_chat`.
async def _deliveries(tx: Transaction, ids: Sequence[int]) -> Rows:
    return await _of_subscribers(
        tx,
        """
        SELECT deliveries.* FROM digests CROSS JOIN deliveries
         WHERE deliveries.digest_id = digests.id AND subscriber_id IN (SELECT value FROM json_each(:ids))
         UNION ALL
        SELECT deliveries.* FROM announcements CROSS JOIN deliveries
         WHERE deliveries.announcement_id = announcements.id AND subscriber_id IN (SELECT value FROM json_each(:ids))
         ORDER BY 1
        """,
        ids,
    )


async def _messages(tx: Transaction, ids: Sequence[int]) -> Rows:
    return await _of_subscribers(
        tx,
        """
        SELECT messages.* FROM digests CROSS JOIN deliveries CROSS JOIN messages
         WHERE deliveries.digest_id = digests.id AND subscriber_id IN (SELECT value FROM json_each(:ids))
           AND delivery_id = deliveries.id
         UNION ALL
        SELECT messages.* FROM announcements CROSS JOIN deliveries CROSS JOIN messages
         WHERE deliveries.announcement_id = announcements.id AND subscriber_id IN (SELECT value FROM json_each(:ids))
           AND delivery_id = deliveries.id
         ORDER BY 1, 2
        """,
        ids,
    )


async def _delete_deliveries(tx: Transaction, deliveries: Rows) -> None:
    """Delete them with their messages, and count for their digests and announcements what had ended."""
    numbers = Counter(
        (row["digest_id"], row["kind"], row["state"])
        for row in deliveries
        if row["finished_at"] is not None and row["digest_id"] is not None
    )
    await tx.run_many(
        """
        INSERT INTO tallies (digest_id, kind, state, number) VALUES (:digest_id, :kind, :state, :number)
            ON CONFLICT (digest_id, kind, state) DO UPDATE SET number = number + excluded.number
        """,
        [
            {"digest_id": digest_id, "kind": kind, "state": state, "number": number}
            for (digest_id, kind, state), number in numbers.items()
        ],
    )
    ids = [row["id"] for row in deliveries]
    await count_before_deleting(tx, ids)
    theirs = {"ids": json.dumps(ids)}
    await tx.run("DELETE FROM messages WHERE delivery_id IN (SELECT value FROM json_each(:ids))", theirs)
    await tx.run("DELETE FROM deliveries WHERE id IN (SELECT value FROM json_each(:ids))", theirs)


async def _delete_what_they_chose(tx: Transaction, ids: Sequence[int]) -> None:
    theirs = {"ids": json.dumps(ids)}
    await tx.run("DELETE FROM subscriptions WHERE subscriber_id IN (SELECT value FROM json_each(:ids))", theirs)
    await tx.run("DELETE FROM words WHERE subscriber_id IN (SELECT value FROM json_each(:ids))", theirs)
    await tx.run("DELETE FROM bookmarks WHERE subscriber_id IN (SELECT value FROM json_each(:ids))", theirs)


async def _delete_unused(tx: Transaction, category_ids: Sequence[int]) -> None:
    """Delete those categories that nobody has any more: somebody typed their names."""
    await tx.run(
        """
        DELETE FROM categories
         WHERE id IN (SELECT value FROM json_each(:ids))
           AND NOT EXISTS (SELECT 1 FROM digest_categories WHERE category_id = categories.id)
           AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE category_id = categories.id)
        """,
        {"ids": json.dumps(category_ids)},
    )
