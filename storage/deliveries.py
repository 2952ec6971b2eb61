"""Queries for deliveries: who is owed what, who claimed it, what became of it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.model import Delivery, Edition, MadeOf
from storage.subscribers import read_subscriber
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
            ON CONFLICT (digest_id) DO UPDATE SET due_at = excluded.due_at WHERE subscriber_id = 0
        """,
        {"digest_id": digest_id, "due_at": to_millis(due_at)},
    )


async def awaits_its_time(tx: Transaction, digest_id: int, *, now: datetime) -> bool:
    """Say whether the digest is to be owed in the future; what is due already is owed, whatever its file becomes."""
    return bool(
        await tx.rows(
            "SELECT 1 FROM fan_outs WHERE digest_id = :digest_id AND subscriber_id = 0 AND due_at > :now",
            {"digest_id": digest_id, "now": to_millis(now)},
        )
    )


async def cancel_fan_out(tx: Transaction, digest_id: int) -> None:
    """Owe the digest to no one more."""
    await tx.run("DELETE FROM fan_outs WHERE digest_id = :digest_id", {"digest_id": digest_id})


async def next_fan_out(tx: Transaction, *, now: datetime) -> FanOut | None:
    """Give the fan-out that has been due the longest; those of digests whose files are gone in each language rest."""
    row = await tx.row(
        """
        SELECT * FROM fan_outs
         WHERE due_at <= :now
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
    upto: int | None = await tx.value(
        """
        SELECT max(id) FROM (SELECT id FROM subscribers WHERE id > :done ORDER BY id LIMIT :limit)
        """,
        {"done": fan_out.subscriber_id, "limit": limit},
    )
    if upto is None:
        await tx.run("DELETE FROM fan_outs WHERE digest_id = :digest_id", {"digest_id": fan_out.digest_id})
        return False
    await tx.run(
        """
        INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
        SELECT 'digest', :digest_id, subscribers.id, :due_at, :due_at FROM subscribers
         WHERE subscribers.id > :done AND subscribers.id <= :upto AND state = 'active'
           AND (everything OR EXISTS (
                SELECT 1 FROM subscriptions JOIN digest_categories USING (category_id)
                 WHERE subscriptions.subscriber_id = subscribers.id
                   AND digest_id IN (SELECT id FROM digests WHERE id = :digest_id OR edition_of = :digest_id)))
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
        "UPDATE fan_outs SET subscriber_id = :upto WHERE digest_id = :digest_id",
        {"digest_id": fan_out.digest_id, "upto": upto},
    )
    return True


async def claim(tx: Transaction, *, now: datetime, limit: int, except_chats: Collection[int]) -> list[Delivery]:
    """Take the oldest deliveries that are due, one for a chat and none for *except_chats*, so that no one else can.

    A claim is for one part: what has more parts waits again when that one is recorded. Until its last one, nothing else
    goes to its subscriber, so that the parts of two digests never mix.
    """
    claimed = await tx.rows(
        """
        UPDATE deliveries SET state = 'sending', attempts = attempts + 1
         WHERE id IN (
               SELECT min(id) FROM (
                      SELECT deliveries.id, chat_id FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
                       WHERE deliveries.state = 'waiting' AND try_at <= :now
                         AND chat_id NOT IN (SELECT value FROM json_each(:except_chats))
                         AND (parts_sent > 0 OR NOT EXISTS (
                              SELECT 1 FROM deliveries AS begun
                               WHERE begun.subscriber_id = deliveries.subscriber_id
                                 AND begun.state = 'waiting' AND begun.parts_sent > 0))
                       ORDER BY try_at, deliveries.id LIMIT :limit)
                GROUP BY chat_id)
        RETURNING id
        """,
        {"now": to_millis(now), "limit": limit, "except_chats": json.dumps(list(except_chats))},
    )
    rows = await tx.rows(
        """
        SELECT deliveries.*, whole_subscribers.*, digests.revision AS digest_revision,
               digests.language AS digest_language, digests.vanished_at AS digest_vanished_at,
               (SELECT json_group_array(json_array(id, revision, language))
                  FROM (SELECT id, revision, language FROM digests AS edition
                         WHERE edition.edition_of = deliveries.digest_id AND vanished_at IS NULL
                           AND archived_at <= :now ORDER BY id))
               AS translations
          FROM deliveries JOIN whole_subscribers USING (subscriber_id) JOIN digests ON digests.id = digest_id
         WHERE deliveries.id IN (SELECT value FROM json_each(:ids)) ORDER BY try_at, deliveries.id
        """,
        {"ids": json.dumps([row["id"] for row in claimed]), "now": to_millis(now)},
    )
    return [_delivery(row) for row in rows]


async def revive(tx: Transaction, digest_id: int, *, now: datetime) -> int:
    """Let wait again what was given up or skipped of the digest, as if it had only now been owed; say how many."""
    return await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', due_at = :now, try_at = :now, attempts = 0, doubts = 0, reason = NULL,
               finished_at = NULL
         WHERE digest_id = :digest_id AND state IN ('failed', 'skipped')
        """,
        {"digest_id": digest_id, "now": to_millis(now)},
    )


async def give_back(tx: Transaction, *, now: datetime) -> int:
    """Let wait again what a process that died had claimed: it may have been sent, and is counted as in doubt."""
    return await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', try_at = :now, doubts = doubts + 1, reason = 'the bot was stopped while sending'
         WHERE state = 'sending'
        """,
        {"now": to_millis(now)},
    )


async def record_part(tx: Transaction, id_: int, *, message_id: int, made_of: MadeOf) -> None:
    """Note that Telegram accepted the delivery's next part as *message_id*, and let it wait to go on."""
    await tx.run(
        """
        INSERT INTO messages (delivery_id, part, message_id)
        SELECT id, parts_sent, :message_id FROM deliveries WHERE id = :id
        """,
        {"id": id_, "message_id": message_id},
    )
    await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', parts_sent = parts_sent + 1, attempts = 0, doubts = 0, reason = NULL,
               edition_id = :edition_id, revision = :revision, layout = :layout, language = :language
         WHERE id = :id
        """,
        {
            "id": id_,
            "edition_id": made_of.digest_id,
            "revision": made_of.revision,
            "layout": made_of.layout,
            "language": made_of.language,
        },
    )


async def finish(tx: Transaction, id_: int, state: str, *, now: datetime, reason: str | None = None) -> None:
    """End the delivery as `sent`, `failed` or `skipped`; the latter two have a *reason*."""
    await tx.run(
        "UPDATE deliveries SET state = :state, reason = :reason, finished_at = :now WHERE id = :id",
        {"id": id_, "state": state, "reason": reason, "now": to_millis(now)},
    )


async def postpone(
    tx: Transaction, id_: int, *, try_at: datetime, reason: str, doubt: bool = False, held: bool = False
) -> None:
    """Let the delivery wait until *try_at*; *doubt*: this try may have arrived; *held*: it is not late until then."""
    await tx.run(
        """
        UPDATE deliveries
           SET state = 'waiting', try_at = :try_at, reason = :reason, doubts = doubts + :doubt,
               due_at = CASE WHEN :held THEN max(due_at, :try_at) ELSE due_at END
         WHERE id = :id
        """,
        {"id": id_, "try_at": to_millis(try_at), "reason": reason, "doubt": doubt, "held": held},
    )


async def next_try(tx: Transaction) -> datetime | None:
    """Say when the next delivery is to be tried; None: nothing waits."""
    try_at: int | None = await tx.value("SELECT min(try_at) FROM deliveries WHERE state = 'waiting'")
    return None if try_at is None else from_millis(try_at)


async def count_by_state(tx: Transaction) -> dict[str, int]:
    """Count the deliveries in each state that has any."""
    rows = await tx.rows("SELECT state, count(*) AS number FROM deliveries GROUP BY state")
    return {row["state"]: row["number"] for row in rows}


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        digest_id=row["digest_id"],
        editions=_editions(row),
        subscriber=read_subscriber(row),
        due_at=from_millis(row["due_at"]),
        attempts=row["attempts"],
        doubts=row["doubts"],
        parts_sent=row["parts_sent"],
        made_of=None if row["revision"] is None else _made_of(row),
    )


def _editions(row: Row) -> tuple[Edition, ...]:
    main = Edition(row["digest_id"], row["digest_revision"], row["digest_language"])
    translations = tuple(Edition(*translation) for translation in json.loads(row["translations"]))
    # What is owed is sent; if its file is gone, a translation whose file is there stands for it.
    return translations if translations and row["digest_vanished_at"] is not None else (main, *translations)


def _made_of(row: Row) -> MadeOf:
    return MadeOf(
        digest_id=row["edition_id"] or row["digest_id"],
        revision=row["revision"],
        layout=row["layout"],
        language=row["language"],
    )
