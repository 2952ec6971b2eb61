"""Queries for what each chat shows of a digest while an edit changes it."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.model import Message, Shown
from storage.selections import read_made_of, write_selection
from storage.time import from_millis, to_millis


async def shown_to(tx: Transaction, delivery_ids: Collection[int]) -> dict[int, Shown]:
    """Give what each of these edits is to change, by the edit's id; none for one of which that is known no more."""
    rows = await tx.rows(
        """
        SELECT edit.id AS edit_id, shown.*, edition.id AS shown_id, edition.revision AS present,
               (SELECT json_group_array(json_array(part, message_id, coalesce(messages.revision, shown.revision)))
                  FROM messages WHERE messages.delivery_id = shown.id) AS messages
          FROM deliveries AS edit
          JOIN deliveries AS shown
            ON shown.digest_id = edit.digest_id AND shown.subscriber_id = edit.subscriber_id AND shown.kind = 'digest'
          JOIN digests AS edition ON edition.id = coalesce(shown.edition_id, shown.digest_id)
         WHERE edit.id IN (SELECT value FROM json_each(:ids)) AND edit.kind = 'edit' AND shown.revision IS NOT NULL
        """,
        {"ids": json.dumps(list(delivery_ids))},
    )
    return {row["edit_id"]: _shown(row) for row in rows}


async def record_rewritten(tx: Transaction, shown: Shown, part: int) -> None:
    """Note that the part's message shows the present revision now."""
    await tx.run(
        "UPDATE messages SET revision = :revision WHERE delivery_id = :id AND part = :part",
        {"id": shown.delivery_id, "part": part, "revision": shown.revision},
    )


async def record_doomed(tx: Transaction, shown: Shown, part: int) -> None:
    """Note that the part's message is about to be deleted."""
    await tx.run(
        "UPDATE messages SET revision = 0 WHERE delivery_id = :id AND part = :part",
        {"id": shown.delivery_id, "part": part},
    )


async def record_added(tx: Transaction, shown: Shown, *, message_id: int | None, doubts: int) -> None:
    """Note that a part more was sent as *message_id*, None: that it may have been, and is not sent again.

    *doubts*: how often it was asked for before without an answer.
    """
    await tx.run(
        """
        INSERT INTO messages (delivery_id, part, message_id, revision)
        SELECT id, :part, :message_id, :revision FROM deliveries WHERE id = :id AND :message_id IS NOT NULL
        """,
        {"id": shown.delivery_id, "part": shown.parts, "message_id": message_id, "revision": shown.revision},
    )
    await tx.run(
        """
        UPDATE deliveries
           SET parts_sent = parts_sent + 1, given_up = given_up + :given_up, unsure = unsure + max(:doubts, :given_up)
         WHERE id = :id
        """,
        {"id": shown.delivery_id, "given_up": message_id is None, "doubts": doubts},
    )


async def record_removed(tx: Transaction, shown: Shown, part: int, *, last: bool) -> None:
    """Note that no message carries the part any more; *last*: and that the digest ends before it."""
    await tx.run(
        "DELETE FROM messages WHERE delivery_id = :id AND part = :part", {"id": shown.delivery_id, "part": part}
    )
    await tx.run(
        "UPDATE deliveries SET parts_sent = :part WHERE id = :id AND :last",
        {"id": shown.delivery_id, "part": part, "last": last},
    )


async def go_on(tx: Transaction, edit_id: int, *, next_at: datetime) -> None:
    """Let the edit, of which one step is done, wait until *next_at* for the next."""
    await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', try_at = :next_at, parts_sent = parts_sent + 1, attempts = 0, doubts = 0,
               reason = NULL
         WHERE id = :id
        """,
        {"id": edit_id, "next_at": to_millis(next_at)},
    )


async def finish_edit(tx: Transaction, edit_id: int, shown: Shown, *, parts: int, now: datetime) -> None:
    """Note that the chat shows the revision that was the present one, in so many *parts*.

    So the edit has ended; but it goes on if the digest has changed since.
    """
    await tx.run(
        "UPDATE deliveries SET revision = :revision, parts_sent = :parts, selection = :selection WHERE id = :id",
        {
            "id": shown.delivery_id,
            "revision": shown.revision,
            "parts": parts,
            "selection": write_selection(replace(shown.made_of, selection=shown.selection)),
        },
    )
    await tx.run("UPDATE messages SET revision = NULL WHERE delivery_id = :id", {"id": shown.delivery_id})
    made_of = shown.made_of
    ended = await tx.run(
        """
        UPDATE deliveries
           SET state = 'sent', reason = NULL, finished_at = :now,
               edition_id = :edition_id, revision = :revision, layout = :layout, language = :language
         WHERE id = :id AND (SELECT revision FROM digests WHERE digests.id = :edition_id) <= :revision
        """,
        {
            "id": edit_id,
            "edition_id": made_of.digest_id,
            "revision": shown.revision,
            "layout": made_of.layout,
            "language": made_of.language,
            "now": to_millis(now),
        },
    )
    if not ended:
        await go_on(tx, edit_id, next_at=now)


def _shown(row: Row) -> Shown:
    return Shown(
        delivery_id=row["id"],
        state=row["state"],
        finished_at=None if row["finished_at"] is None else from_millis(row["finished_at"]),
        made_of=read_made_of(row, edition_id=row["shown_id"]),
        revision=row["present"],
        parts=row["parts_sent"],
        messages={part: Message(id_, revision) for part, id_, revision in json.loads(row["messages"])},
    )
