"""Queries for changes of digests: who is to be shown what one says since, and that one is withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.fan_outs import FanOut
from storage.heads import keep_head
from storage.time import NEVER_MILLIS, from_millis, to_millis


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
               SELECT 1 FROM deliveries
                WHERE state = 'waiting' AND announcement_id IS NULL AND try_at <= :now LIMIT :most))
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
           -- A roundup stays as it was.
           AND shown.roundup_id IS NULL
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
    """Let wait again what those of the chunk were not sent of the digest for *reason*; say how many.

    Who gets roundups has it with the next; the one that was to bring it goes, or went, without it.
    """
    return await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', due_at = :now, attempts = 0, doubts = 0, reason = NULL, finished_at = NULL,
               roundup_id = NULL, held = (cadence <> 'at once' AND parts_sent = 0),
               try_at = iif(cadence <> 'at once' AND parts_sent = 0, :never, :now)
          FROM subscribers
         WHERE digest_id = :digest_id AND kind = 'digest' AND subscriber_id > :after AND subscriber_id <= :upto
           AND deliveries.state = 'skipped' AND reason = :reason AND subscribers.id = subscriber_id
        """,
        _subscribers(chunk) | {"reason": reason, "now": to_millis(now), "never": NEVER_MILLIS},
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


async def _set_withdrawn(tx: Transaction, digest_id: int, *, withdrawn: bool) -> None:
    await keep_head(tx, digest_id)
    await tx.run(
        "UPDATE digests SET revision = revision + 1, withdrawn = :withdrawn WHERE id = :id",
        {"id": digest_id, "withdrawn": withdrawn},
    )


def _subscribers(chunk: Chunk) -> dict[str, int]:
    return {"digest_id": chunk.digest_id, "after": chunk.after, "upto": chunk.upto}
