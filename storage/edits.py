"""Queries for edits: who is to be shown what a digest says since it changed, and what each message of theirs shows."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.fan_outs import FanOut
from storage.heads import keep_head
from storage.model import MadeOf, Message, Shown
from storage.time import from_millis, to_millis


@dataclass(frozen=True, slots=True)
class Chunk:
    """The subscribers with ids beyond *after*, up to *upto*, whom a change of the digest is owed at once."""

    digest_id: int
    after: int
    upto: int


async def note_change(tx: Transaction, digest_id: int, *, now: datetime) -> None:
    """Let the digest be edited where it was sent: it, or what is owed in its stead, says something else now.

    What changes again before its edits begin keeps its place, so that a file which never rests is edited too; what
    changes while they are under way has its turn after them, so that the last in line are not passed over for ever.
    """
    await tx.run(
        """
        INSERT INTO fan_outs (digest_id, kind, due_at)
        SELECT coalesce(edition_of, id), 'edit', :now FROM digests
         WHERE id = :id
           AND EXISTS (SELECT 1 FROM deliveries
                        WHERE deliveries.digest_id = coalesce(digests.edition_of, digests.id) AND kind = 'digest')
            ON CONFLICT (digest_id, kind) DO UPDATE SET again = 1 WHERE subscriber_id > 0
        """,
        {"id": digest_id, "now": to_millis(now)},
    )


async def next_change(tx: Transaction, *, changed_before: datetime, now: datetime, most: int) -> FanOut | None:
    """Give what changed first of what is to be edited; None also while *most* deliveries are due, for news go first."""
    row = await tx.row(
        """
        SELECT * FROM fan_outs
         WHERE kind = 'edit' AND due_at <= :changed_before
           AND :most > (SELECT count(*) FROM (
               SELECT 1 FROM deliveries WHERE state = 'waiting' AND try_at <= :now LIMIT :most))
         ORDER BY due_at, digest_id LIMIT 1
        """,
        {"changed_before": to_millis(changed_before), "now": to_millis(now), "most": most},
    )
    return None if row is None else FanOut(row["digest_id"], from_millis(row["due_at"]), row["subscriber_id"])


async def next_chunk(tx: Transaction, change: FanOut, *, limit: int) -> Chunk | None:
    """Give the next *limit* subscribers that the digest was ever owed to; None: there are no more."""
    upto: int | None = await tx.value(
        """
        SELECT max(subscriber_id) FROM (
               SELECT subscriber_id FROM deliveries
                WHERE digest_id = :digest_id AND kind = 'digest' AND subscriber_id > :done
                ORDER BY subscriber_id LIMIT :limit)
        """,
        {"digest_id": change.digest_id, "done": change.subscriber_id, "limit": limit},
    )
    return None if upto is None else Chunk(change.digest_id, change.subscriber_id, upto)


async def owe_edits(tx: Transaction, chunk: Chunk, *, sent_since: datetime, now: datetime) -> int:
    """Owe an edit to those of the chunk that show what the digest does not say any more; say to how many.

    What is on its way is owed its edit too, and has it when all of it is there. Who is owed an edit already will be
    shown what the digest says then.
    """
    return await tx.run(
        """
        INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
        SELECT 'edit', shown.digest_id, shown.subscriber_id, :now, :now
          FROM deliveries AS shown JOIN digests AS edition ON edition.id = coalesce(shown.edition_id, shown.digest_id)
         WHERE shown.digest_id = :digest_id AND shown.kind = 'digest'
           AND shown.subscriber_id > :after AND shown.subscriber_id <= :upto
           AND shown.revision < edition.revision
           AND (shown.state = 'sending' OR (shown.state = 'waiting' AND shown.parts_sent > 0)
                OR (shown.state = 'sent' AND shown.finished_at >= :sent_since))
         ORDER BY shown.subscriber_id
            ON CONFLICT (digest_id, subscriber_id, kind) DO UPDATE
           SET state = 'waiting', due_at = excluded.due_at, try_at = excluded.try_at, attempts = 0, doubts = 0,
               parts_sent = 0, reason = NULL, finished_at = NULL
         WHERE finished_at IS NOT NULL
        """,
        _subscribers(chunk) | {"sent_since": to_millis(sent_since), "now": to_millis(now)},
    )


async def owe_again(tx: Transaction, chunk: Chunk, *, reason: str, now: datetime) -> int:
    """Let wait again what those of the chunk were not sent of the digest for *reason*; say how many."""
    return await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', due_at = :now, try_at = :now, attempts = 0, doubts = 0, reason = NULL,
               finished_at = NULL
         WHERE digest_id = :digest_id AND kind = 'digest' AND subscriber_id > :after AND subscriber_id <= :upto
           AND state = 'skipped' AND reason = :reason
        """,
        _subscribers(chunk) | {"reason": reason, "now": to_millis(now)},
    )


async def pass_on(tx: Transaction, chunk: Chunk) -> None:
    """Note that the chunk is done."""
    await tx.run(
        "UPDATE fan_outs SET subscriber_id = :upto WHERE digest_id = :digest_id AND kind = 'edit'",
        {"digest_id": chunk.digest_id, "upto": chunk.upto},
    )


async def end_change(tx: Transaction, digest_id: int, *, now: datetime) -> None:
    """Let the change have been owed to all, or begin anew if the digest changed again meanwhile."""
    await tx.run(
        "DELETE FROM fan_outs WHERE digest_id = :digest_id AND kind = 'edit' AND again = 0", {"digest_id": digest_id}
    )
    await tx.run(
        """
        UPDATE fan_outs SET subscriber_id = 0, again = 0, due_at = :now WHERE digest_id = :digest_id AND kind = 'edit'
        """,
        {"digest_id": digest_id, "now": to_millis(now)},
    )


async def withdraw_vanished(tx: Transaction, digest_id: int) -> int:
    """Let each edition of the digest whose file is gone say that it is withdrawn, as a new revision; say how many."""
    rows = await tx.rows(
        """
        SELECT id FROM digests
         WHERE (id = :id OR edition_of = :id) AND vanished_at IS NOT NULL AND withdrawn = 0
        """,
        {"id": digest_id},
    )
    for row in rows:
        await _set_withdrawn(tx, row["id"], withdrawn=True)
    return len(rows)


async def take_back_withdrawal(tx: Transaction, digest_id: int) -> None:
    """Let the digest say no more that it is withdrawn, as a new revision."""
    await _set_withdrawn(tx, digest_id, withdrawn=False)


async def is_withdrawn(tx: Transaction, digest_id: int) -> bool:
    """Say whether the digest is withdrawn in every language that it was published in."""
    return not await tx.rows(
        "SELECT 1 FROM digests WHERE (id = :id OR edition_of = :id) AND withdrawn = 0", {"id": digest_id}
    )


async def forget_changes(tx: Transaction) -> None:
    """Owe no edit of what has changed until now."""
    await tx.run("DELETE FROM fan_outs WHERE kind = 'edit'")


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
        SELECT :id, :part, :message_id, :revision WHERE :message_id IS NOT NULL
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
        "UPDATE deliveries SET revision = :revision, parts_sent = :parts WHERE id = :id",
        {"id": shown.delivery_id, "revision": shown.revision, "parts": parts},
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


async def _set_withdrawn(tx: Transaction, digest_id: int, *, withdrawn: bool) -> None:
    await keep_head(tx, digest_id)
    await tx.run(
        "UPDATE digests SET revision = revision + 1, withdrawn = :withdrawn WHERE id = :id",
        {"id": digest_id, "withdrawn": withdrawn},
    )


def _subscribers(chunk: Chunk) -> dict[str, int]:
    return {"digest_id": chunk.digest_id, "after": chunk.after, "upto": chunk.upto}


def _shown(row: Row) -> Shown:
    return Shown(
        delivery_id=row["id"],
        state=row["state"],
        finished_at=None if row["finished_at"] is None else from_millis(row["finished_at"]),
        made_of=MadeOf(row["shown_id"], row["revision"], row["layout"], row["language"]),
        revision=row["present"],
        parts=row["parts_sent"],
        messages={part: Message(id_, revision) for part, id_, revision in json.loads(row["messages"])},
    )
