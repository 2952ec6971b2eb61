"""Queries for fan-outs: which digests, and which changes of them, are still being owed, and how far that is."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from storage.database import Transaction
from storage.time import NEVER_MILLIS, from_millis, to_millis

# Why a fan-out rests, as the schema says it; None: nothing holds it.
Hold = Literal["counting", "many", "canary", "refused"]


@dataclass(frozen=True, slots=True)
class FanOut:
    """A digest that is still being owed to its subscribers, those up to *subscriber_id* done."""

    digest_id: int
    due_at: datetime
    subscriber_id: int


@dataclass(frozen=True, slots=True)
class Resting:
    """A digest that nobody is owed as yet."""

    digest_id: int
    title: str
    due_at: datetime


async def begin_fan_out(tx: Transaction, digest_id: int, *, due_at: datetime, hold: Hold | None = None) -> None:
    """Let the digest be owed, from *due_at* on and when nothing holds it, to whoever wants it then and has it not.

    One that is under way goes on as it was, and what was counted once is not counted again.
    """
    await tx.run(
        """
        INSERT INTO fan_outs (digest_id, due_at, hold) VALUES (:digest_id, :due_at, :hold)
            ON CONFLICT (digest_id, kind) DO UPDATE
           SET due_at = excluded.due_at,
               hold = CASE excluded.hold WHEN 'counting' THEN fan_outs.hold ELSE excluded.hold END
         WHERE subscriber_id = 0
        """,
        {"digest_id": digest_id, "due_at": to_millis(due_at), "hold": hold},
    )


async def resting(tx: Transaction, source_id: int, *, hold: Hold) -> list[Resting]:
    """Give the digests of the source that *hold* holds, the newest first."""
    rows = await tx.rows(
        """
        SELECT fan_outs.digest_id, title, due_at FROM fan_outs JOIN digests ON digests.id = digest_id
         WHERE kind = 'digest' AND hold = :hold AND source_id = :source_id
         ORDER BY archived_at DESC, digests.id DESC
        """,
        {"source_id": source_id, "hold": hold},
    )
    return [Resting(row["digest_id"], row["title"], from_millis(row["due_at"])) for row in rows]


async def set_hold(
    tx: Transaction, digest_ids: Iterable[int], hold: Hold | None, *, due_at: datetime | None = None
) -> None:
    """Let *hold* and nothing else hold these, and count them as due from *due_at* on; None: from when they were."""
    await tx.run_many(
        """
        UPDATE fan_outs SET hold = :hold, due_at = coalesce(:due_at, due_at)
         WHERE digest_id = :digest_id AND kind = 'digest'
        """,
        [
            {"digest_id": digest_id, "hold": hold, "due_at": None if due_at is None else to_millis(due_at)}
            for digest_id in digest_ids
        ],
    )


async def note_missed(tx: Transaction, digest_ids: Iterable[int], *, last_look: datetime, every: timedelta) -> None:
    """Count what is new of these as due from when a look should have found it, had there been one *every* so often.

    What is dated before that look was not there yet: its date says nothing of when it came.
    """
    await tx.run_many(
        """
        UPDATE fan_outs SET due_at = min(due_at, max(coalesce(published_at, 0), :last_look) + :every)
          FROM digests
         WHERE digest_id = :digest_id AND kind = 'digest' AND digests.id = digest_id AND first_seen_at > :last_look
        """,
        [
            {"digest_id": digest_id, "last_look": to_millis(last_look), "every": every // timedelta(milliseconds=1)}
            for digest_id in digest_ids
        ],
    )


async def try_refused_again(tx: Transaction, digest_id: int, *, hold: Hold | None, due_at: datetime) -> None:
    """Let *hold* hold the digest instead if Telegram refused its text, which is another now."""
    await tx.run(
        """
        UPDATE fan_outs SET hold = :hold, due_at = :due_at
         WHERE digest_id = :digest_id AND kind = 'digest' AND hold = 'refused'
        """,
        {"digest_id": digest_id, "hold": hold, "due_at": to_millis(due_at)},
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
    """Give the fan-out that has been due the longest, of several the one of the oldest digest.

    Those of digests whose files are gone in each language rest.
    """
    row = await tx.row(
        """
        SELECT fan_outs.* FROM fan_outs JOIN digests ON digests.id = digest_id
         WHERE kind = 'digest' AND due_at <= :now AND hold IS NULL
           AND EXISTS (SELECT 1 FROM digests AS one
                        WHERE (one.id = digest_id OR (one.edition_of = digest_id AND one.archived_at <= :now))
                          AND one.vanished_at IS NULL)
         ORDER BY due_at, digests.archived_at, digest_id LIMIT 1
        """,
        {"now": to_millis(now)},
    )
    return None if row is None else FanOut(row["digest_id"], from_millis(row["due_at"]), row["subscriber_id"])


async def late_digests(tx: Transaction, *, due_before: datetime) -> list[int]:
    """Give the digests that are being owed and should have gone out earlier.

    Of those that an operator let go only their own time tells.
    """
    rows = await tx.rows(
        """
        SELECT digest_id FROM fan_outs JOIN digests ON digests.id = digest_id
         WHERE kind = 'digest' AND (hold IS NULL OR hold = 'canary') AND vanished_at IS NULL
           AND iif(due_at > first_seen_at, min(due_at, coalesce(published_at, due_at)), due_at) < :due_before
        """,
        {"due_before": to_millis(due_before)},
    )
    return [row["digest_id"] for row in rows]


async def fan_out_chunk(
    tx: Transaction,
    fan_out: FanOut,
    *,
    limit: int,
    lost_since: datetime | None = None,
    carried: Sequence[str] = (),
) -> bool:
    """Owe the digest to those of the next *limit* subscribers who want it; say whether there may be more.

    *carried* are the words that it has, folded: whoever follows one may want it, and so has it owed. For those who want
    roundups it is kept. To nobody is it due before it was first seen: what a downtime missed is news. Whoever became
    paused or gone since *lost_since* has it skipped, for they may come back (None: nobody has it).
    """
    return await tx.whole(lambda within: _owe_chunk(within, fan_out, limit, lost_since, carried))


async def _owe_chunk(
    tx: Transaction, fan_out: FanOut, limit: int, lost_since: datetime | None, carried: Sequence[str]
) -> bool:
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
    seen_at = await tx.value(
        "SELECT max(first_seen_at) FROM digests WHERE id = :digest_id OR edition_of = :digest_id",
        {"digest_id": fan_out.digest_id},
    )
    await tx.run(
        """
        INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at, held, state, reason, finished_at)
        SELECT 'digest', :digest_id, subscribers.id, :due_at,
               iif(state = 'active' AND cadence <> 'at once', :never, :due_at),
               state = 'active' AND cadence <> 'at once',
               iif(state = 'active', 'waiting', 'skipped'),
               iif(state = 'active', NULL, 'the subscriber is ' || state),
               iif(state = 'active', NULL, max(:due_at, state_since))
          FROM subscribers
         WHERE subscribers.id > :done AND subscribers.id <= :upto AND (state = 'active' OR state_since >= :lost_since)
           AND (everything OR EXISTS (
                SELECT 1 FROM subscriptions
                 WHERE subscriptions.subscriber_id = subscribers.id
                   -- The plus keeps SQLite from looking for each of these with the subscriber, instead of looking
                   -- through what the subscriber chose; they are found once for all.
                   AND +category_id IN (
                       SELECT category_id FROM digest_categories
                        WHERE digest_id IN (SELECT id FROM digests WHERE id = :digest_id OR edition_of = :digest_id)))
                -- Looked for by word, so that it costs what it finds.
                OR subscribers.id IN (
                SELECT subscriber_id FROM json_each(:carried) CROSS JOIN words ON folded = value
                 WHERE words.kind = 'follow' AND subscriber_id > :done AND subscriber_id <= :upto))
         ORDER BY subscribers.id
            ON CONFLICT DO NOTHING
        """,
        {
            "digest_id": fan_out.digest_id,
            "due_at": max(to_millis(fan_out.due_at), seen_at),
            "done": fan_out.subscriber_id,
            "upto": upto,
            "never": NEVER_MILLIS,
            "carried": json.dumps(carried),
            "lost_since": None if lost_since is None else to_millis(lost_since),
        },
    )
    await tx.run(
        "UPDATE fan_outs SET subscriber_id = :upto WHERE digest_id = :digest_id AND kind = 'digest'",
        {"digest_id": fan_out.digest_id, "upto": upto},
    )
    return True
