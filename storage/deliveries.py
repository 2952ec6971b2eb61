"""Queries for deliveries: who is owed what, who claimed it, what became of it."""

import json
from collections.abc import Collection
from datetime import datetime
from sqlite3 import Row

from storage.database import Transaction
from storage.model import Delivery, Edition, MadeOf
from storage.subscribers import read_subscriber
from storage.time import from_millis, to_millis


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
