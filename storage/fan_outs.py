"""Queries for fan-outs: which digests, and which changes of them, are still being owed, and how far that is."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis


@dataclass(frozen=True, slots=True)
class FanOut:
    """A digest that is still being owed to its subscribers, those up to *subscriber_id* done."""

    digest_id: int
    due_at: datetime
    subscriber_id: int


async def begin_fan_out(tx: Transaction, digest_id: int, *, due_at: datetime) -> None:
    """Let the digest be owed, from *due_at* on, to whoever wants it then and has it not."""
    await tx.run(
        """
        INSERT INTO fan_outs (digest_id, due_at) VALUES (:digest_id, :due_at)
            ON CONFLICT (digest_id, kind) DO UPDATE SET due_at = excluded.due_at WHERE subscriber_id = 0
        """,
        {"digest_id": digest_id, "due_at": to_millis(due_at)},
    )


async def awaits_its_time(tx: Transaction, digest_id: int, *, now: datetime) -> bool:
    """Say whether the digest is to be owed in the future; what is due already is owed, whatever its file becomes."""
    return bool(
        await tx.rows(
            """
            SELECT 1 FROM fan_outs
             WHERE digest_id = :digest_id AND kind = 'digest' AND subscriber_id = 0 AND due_at > :now
            """,
            {"digest_id": digest_id, "now": to_millis(now)},
        )
    )


async def cancel_fan_out(tx: Transaction, digest_id: int) -> None:
    """Owe the digest to no one more."""
    await tx.run("DELETE FROM fan_outs WHERE digest_id = :digest_id AND kind = 'digest'", {"digest_id": digest_id})


async def next_fan_out(tx: Transaction, *, now: datetime) -> FanOut | None:
    """Give the fan-out that has been due the longest; those of digests whose files are gone in each language rest."""
    row = await tx.row(
        """
        SELECT * FROM fan_outs
         WHERE kind = 'digest' AND due_at <= :now AND hold IS NULL
           AND EXISTS (SELECT 1 FROM digests
                        WHERE (id = digest_id OR (edition_of = digest_id AND archived_at <= :now))
                          AND vanished_at IS NULL)
         ORDER BY due_at, digest_id LIMIT 1
        """,
        {"now": to_millis(now)},
    )
    return None if row is None else FanOut(row["digest_id"], from_millis(row["due_at"]), row["subscriber_id"])


async def fan_out_chunk(tx: Transaction, fan_out: FanOut, *, limit: int) -> bool:
    """Owe the digest to those of the next *limit* subscribers who want it; say whether there may be more."""
    return await tx.whole(lambda within: _owe_chunk(within, fan_out, limit))


async def _owe_chunk(tx: Transaction, fan_out: FanOut, limit: int) -> bool:
    upto: int | None = await tx.value(
        """
        SELECT max(id) FROM (SELECT id FROM subscribers WHERE id > :done ORDER BY id LIMIT :limit)
        """,
        {"done": fan_out.subscriber_id, "limit": limit},
    )
    if upto is None:
        await tx.run(
            "DELETE FROM fan_outs WHERE digest_id = :digest_id AND kind = 'digest'", {"digest_id": fan_out.digest_id}
        )
        return False
    await tx.run(
        """
        INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
        SELECT 'digest', :digest_id, subscribers.id, :due_at, :due_at FROM subscribers
         WHERE subscribers.id > :done AND subscribers.id <= :upto AND state = 'active'
           AND (everything OR EXISTS (
                SELECT 1 FROM subscriptions
                 WHERE subscriptions.subscriber_id = subscribers.id
                   -- The plus keeps SQLite from looking for each of these with the subscriber, instead of looking
                   -- through what the subscriber chose; they are found once for all.
                   AND +category_id IN (
                       SELECT category_id FROM digest_categories
                        WHERE digest_id IN (SELECT id FROM digests WHERE id = :digest_id OR edition_of = :digest_id))))
         ORDER BY subscribers.id
            ON CONFLICT DO NOTHING
        """,
        {
            "digest_id": fan_out.digest_id,
            "due_at": to_millis(fan_out.due_at),
            "done": fan_out.subscriber_id,
            "upto": upto,
        },
    )
    await tx.run(
        "UPDATE fan_outs SET subscriber_id = :upto WHERE digest_id = :digest_id AND kind = 'digest'",
        {"digest_id": fan_out.digest_id, "upto": upto},
    )
    return True
