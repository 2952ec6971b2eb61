"""Queries for deliveries: who is owed what, who claimed it, what became of it."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.model import Delivery, Edition, MadeOf
from storage.selections import read_made_of, write_selection
from storage.subscribers import read_subscriber
from storage.time import NEVER_MILLIS, from_millis, to_millis


@dataclass(frozen=True, slots=True)
class Candidate:
    """A delivery that is due; *begun_until*: another one, no edit, has begun for its subscriber, and goes on then."""

    delivery: Delivery
    begun_until: datetime | None


_CANDIDATES = """
SELECT deliveries.*, whole_subscribers.*, digests.revision AS digest_revision,
       digests.language AS digest_language, digests.vanished_at AS digest_vanished_at,
       (SELECT json_group_array(json_array(id, revision, language))
          FROM (SELECT id, revision, language FROM digests AS edition
                 WHERE edition.edition_of = deliveries.digest_id AND vanished_at IS NULL
                   AND archived_at <= :now ORDER BY id))
       AS translations,
       (SELECT min(try_at) FROM deliveries AS begun
         WHERE begun.subscriber_id = deliveries.subscriber_id
           AND begun.state = 'waiting' AND begun.parts_sent > 0 AND begun.id <> deliveries.id
           AND begun.kind IN ('digest', 'roundup'))
       AS begun_until
  FROM deliveries JOIN whole_subscribers USING (subscriber_id) JOIN digests ON digests.id = digest_id
 -- Announcements have their turn behind digests: see `announced`.
 WHERE deliveries.state = 'waiting' AND announcement_id IS NULL
"""
# What a roundup brings comes with it, whatever else would let it wait again.
_DUE = (
    _CANDIDATES  # noqa: S608 - all three are constants
    + " AND roundup_id IS NULL AND chat_id NOT IN (SELECT value FROM json_each(:except_chats))"
)


async def candidates(tx: Transaction, *, now: datetime, limit: int, except_chats: Collection[int]) -> list[Candidate]:
    """Give deliveries that are due, none of them for *except_chats*: what has begun, then what has been due for long.

    Or else a digest of three parts to a hundred thousand would begin in each chat before it went on in the first.
    """
    asked = {"now": to_millis(now), "limit": limit, "except_chats": json.dumps(list(except_chats))}
    # What has begun is little, and has an index by subscriber; the plus keeps SQLite from looking for it by time, among
    # all that waits.
    rows = await tx.rows(
        _DUE  # noqa: S608 - both are constants
        + """
           AND deliveries.id IN (
               SELECT id FROM deliveries
                WHERE subscriber_id > 0 AND state = 'waiting' AND parts_sent > 0 AND kind IN ('digest', 'roundup')
                  AND +try_at <= :now
                ORDER BY +try_at, id LIMIT :limit + 200)
         ORDER BY try_at, deliveries.id LIMIT :limit
        """,
        asked,
    )
    if len(rows) < limit:
        rows += await tx.rows(
            _DUE
            + """
               AND (parts_sent = 0 OR kind = 'edit') AND try_at <= :now
             ORDER BY try_at, deliveries.id LIMIT :limit
            """,
            asked | {"limit": limit - len(rows)},
        )
    return [_candidate(row) for row in rows]


async def collected_by(tx: Transaction, roundup_id: int, *, now: datetime) -> list[Delivery]:
    """Give the deliveries that wait for the roundup to bring them, that of the oldest digest first."""
    rows = await tx.rows(
        _CANDIDATES + " AND deliveries.roundup_id = :roundup_id ORDER BY archived_at, digest_id",
        {"roundup_id": roundup_id, "now": to_millis(now)},
    )
    return [_delivery(row) for row in rows]


async def note_made_of(tx: Transaction, collected: Iterable[tuple[int, MadeOf]]) -> None:
    """Note what each of these deliveries is made of, which a roundup brings."""
    await tx.run(
        """
        UPDATE deliveries
           SET edition_id = value ->> 1, revision = value ->> 2, layout = value ->> 3, language = value ->> 4,
               selection = value ->> 5
          FROM json_each(:rows)
         WHERE deliveries.id = value ->> 0
        """,
        {"rows": _rows(collected)},
    )


async def mark_sending(tx: Transaction, claimed: Iterable[tuple[int, MadeOf]]) -> None:
    """Claim deliveries, each with what its next part is made of, so that a crash does not forget that either."""
    await tx.run(
        """
        UPDATE deliveries
           SET state = 'sending', attempts = attempts + 1, edition_id = value ->> 1, revision = value ->> 2,
               layout = value ->> 3, language = value ->> 4, selection = value ->> 5
          FROM json_each(:rows)
         WHERE deliveries.id = value ->> 0
        """,
        {"rows": _rows(claimed)},
    )


async def put_off(tx: Transaction, waiting: Iterable[tuple[int, datetime]]) -> None:
    """Let each of these deliveries be looked at again at its time, and not before: nothing was tried.

    Whatever holds a delivery makes it no later.
    """
    rows = json.dumps([(id_, to_millis(try_at)) for id_, try_at in waiting])
    await tx.run(
        """
        UPDATE deliveries SET try_at = value ->> 1, due_at = max(due_at, value ->> 1)
          FROM json_each(:rows)
         WHERE deliveries.id = value ->> 0 AND state = 'waiting'
        """,
        {"rows": rows},
    )


async def give_up_late(
    tx: Transaction, ids: Collection[int], *, due_before: datetime, reason: str, now: datetime, limit: int
) -> int:
    """End these, which should have been sent so long ago that they are no news any more, and the like; say how many.

    The like is looked for among the next *limit* that are due: beyond there may be a million, and none of them late.

    What was never tried is skipped with *reason*; what was tried in vain has failed, with the reason of its last try.
    """
    return await tx.run(
        """
        UPDATE deliveries
           SET finished_at = :now,
               state = CASE WHEN attempts + parts_sent = 0 THEN 'skipped' ELSE 'failed' END,
               reason = CASE WHEN attempts = 0 THEN :reason
                             ELSE 'given up after ' || attempts || ' tries: ' || coalesce(reason, :reason) END
         WHERE id IN (SELECT value FROM json_each(:ids)
                       UNION
                      SELECT id FROM (SELECT id, due_at FROM deliveries
                                       WHERE state = 'waiting' AND announcement_id IS NULL AND try_at <= :now
                                       ORDER BY try_at, id LIMIT :limit)
                       WHERE due_at < :due_before)
        """,
        {
            "ids": json.dumps(list(ids)),
            "due_before": to_millis(due_before),
            "reason": reason,
            "now": to_millis(now),
            "limit": limit,
        },
    )


async def revive(tx: Transaction, digest_id: int, *, now: datetime) -> int:
    """Let wait again what was given up or skipped of the digest, as if it had only now been owed; say how many.

    Who gets roundups has it with the next; the one that was to bring it stays as it ended.
    """
    return await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', due_at = :now, attempts = 0, doubts = 0, reason = NULL, finished_at = NULL,
               roundup_id = NULL, held = (cadence <> 'at once' AND kind = 'digest' AND parts_sent = 0),
               try_at = iif(cadence <> 'at once' AND kind = 'digest' AND parts_sent = 0, :never, :now)
          FROM subscribers
         WHERE digest_id = :digest_id AND deliveries.state IN ('failed', 'skipped') AND kind <> 'roundup'
           AND subscribers.id = subscriber_id
        """,
        {"digest_id": digest_id, "now": to_millis(now), "never": NEVER_MILLIS},
    )


async def give_back(tx: Transaction, *, now: datetime, resend: bool) -> int:
    """Let wait again what was claimed and never recorded: a part of it may have arrived, and counts as in doubt.

    It is sent again, at once and then after 1, 3, 7, … minutes: a process that dies again and again may be that part's
    doing. Or, unless *resend*, it is given up and left out; an edit is made again, which does no harm.
    """
    return await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', unsure = unsure + 1, reason = 'the bot was stopped while sending',
               try_at = :now + CASE WHEN :resend OR kind = 'edit' THEN ((1 << min(doubts, 10)) - 1) * 60000 ELSE 0 END,
               doubts = CASE WHEN :resend OR kind = 'edit' THEN doubts + 1 ELSE 0 END,
               given_up = given_up + NOT (:resend OR kind = 'edit'),
               parts_sent = parts_sent + NOT (:resend OR kind = 'edit')
         WHERE state = 'sending'
        """,
        {"now": to_millis(now), "resend": resend},
    )


@dataclass(frozen=True, slots=True)
class PartDone:
    """The next part of a delivery is in its chat as *message_id*; None: it was in doubt and is not sent again.

    The delivery waits until *next_at* to go on, or has ended in *state*, with *reason*.
    """

    delivery_id: int
    message_id: int | None
    next_at: datetime
    state: str = "waiting"
    reason: str | None = None
    finished_at: datetime | None = None


async def record_parts(tx: Transaction, parts: Sequence[PartDone]) -> None:
    """Note what became of the next part of each of these deliveries.

    In two statements for all: each would else cost more in going to the database and back than in it.
    """
    rows = json.dumps(
        [
            (
                part.delivery_id,
                part.message_id,
                part.state,
                to_millis(part.next_at),
                part.reason,
                None if part.finished_at is None else to_millis(part.finished_at),
            )
            for part in parts
        ]
    )
    await tx.run(
        """
        INSERT INTO messages (delivery_id, part, message_id)
        SELECT deliveries.id, parts_sent, value ->> 1
          FROM json_each(:rows) JOIN deliveries ON deliveries.id = value ->> 0
         WHERE value ->> 1 IS NOT NULL
        """,
        {"rows": rows},
    )
    await tx.run(
        """
        UPDATE deliveries
           SET state = value ->> 2, try_at = value ->> 3, reason = value ->> 4, finished_at = value ->> 5,
               parts_sent = parts_sent + 1, attempts = 0, doubts = 0,
               given_up = given_up + (value ->> 1 IS NULL), unsure = unsure + (value ->> 1 IS NULL)
          FROM json_each(:rows)
         WHERE deliveries.id = value ->> 0
        """,
        {"rows": rows},
    )


async def correct_given_up(tx: Transaction, id_: int, *, parts: int, given_up: int) -> None:
    """Note that the delivery has no more than so many parts, of which so many were given up."""
    await tx.run(
        "UPDATE deliveries SET parts_sent = :parts, given_up = :given_up WHERE id = :id AND given_up > :given_up",
        {"id": id_, "parts": parts, "given_up": given_up},
    )


async def finish(tx: Transaction, id_: int, state: str, *, now: datetime, reason: str | None = None) -> None:
    """End the delivery as `sent`, `failed` or `skipped`; the latter two have a *reason*."""
    await tx.run(
        "UPDATE deliveries SET state = :state, reason = :reason, finished_at = :now, held = 0 WHERE id = :id",
        {"id": id_, "state": state, "reason": reason, "now": to_millis(now)},
    )


async def postpone(
    tx: Transaction, id_: int, *, try_at: datetime, reason: str, doubt: bool = False, held: bool = False
) -> None:
    """Let the delivery wait until *try_at*; *doubt*: this try may have arrived; *held*: it is not late until then."""
    await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', try_at = :try_at, reason = :reason,
               doubts = doubts + :doubt, unsure = unsure + :doubt,
               due_at = CASE WHEN :held THEN max(due_at, :try_at) ELSE due_at END
         WHERE id = :id
        """,
        {"id": id_, "try_at": to_millis(try_at), "reason": reason, "doubt": doubt, "held": held},
    )


async def next_try(tx: Transaction, *, after: datetime) -> datetime | None:
    """Say when the next delivery of a digest that is not due yet at *after* is to be tried; None: there is none."""
    try_at: int | None = await tx.value(
        """
        SELECT min(try_at) FROM deliveries WHERE state = 'waiting' AND announcement_id IS NULL AND try_at > :after
        """,
        {"after": to_millis(after)},
    )
    return None if try_at is None else from_millis(try_at)


async def count_by_state(tx: Transaction) -> dict[str, int]:
    """Count the deliveries in each state that has any; those kept for a roundup are `held`, and do not wait."""
    # By GROUP BY, SQLite would sort all of them first, in memory.
    row = await tx.row(
        """
        SELECT sum(state = 'waiting') - sum(held) AS waiting, sum(held) AS held, sum(state = 'sending') AS sending,
               sum(state = 'sent') AS sent, sum(state = 'failed') AS failed, sum(state = 'skipped') AS skipped
          FROM deliveries
        """
    )
    return {} if row is None else {state: row[state] for state in row.keys() if row[state]}  # noqa: SIM118 - a sqlite3.Row


def _rows(made: Iterable[tuple[int, MadeOf]]) -> str:
    return json.dumps(
        [
            (id_, each.digest_id or None, each.revision, each.layout, each.language, write_selection(each))
            for id_, each in made
        ]
    )


def _candidate(row: Row) -> Candidate:
    begun_until = None if row["begun_until"] is None else from_millis(row["begun_until"])
    return Candidate(_delivery(row), begun_until)


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        kind=row["kind"],
        digest_id=row["digest_id"],
        editions=_editions(row),
        subscriber=read_subscriber(row),
        due_at=from_millis(row["due_at"]),
        attempts=row["attempts"] + 1,
        doubts=row["doubts"],
        parts_sent=row["parts_sent"],
        given_up=row["given_up"],
        # Written down at each claim, and bound to only by a part that went out.
        made_of=read_made_of(row, edition_id=row["edition_id"] or row["digest_id"])
        if row["parts_sent"] and row["revision"] is not None
        else None,
    )


def _editions(row: Row) -> tuple[Edition, ...]:
    main = Edition(row["digest_id"], row["digest_revision"], row["digest_language"])
    translations = tuple(Edition(*translation) for translation in json.loads(row["translations"]))
    # What is owed is sent; if its file is gone, a translation whose file is there stands for it.
    return translations if translations and row["digest_vanished_at"] is not None else (main, *translations)
