"""Queries for what happens to a whole chat: it closes, goes, comes back or moves, and what it is owed with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import edits
from storage.database import Transaction
from storage.held import look_soon
from storage.pauses import SKIPPED
from storage.time import NEVER_MILLIS, to_millis

# What was under way when a chat was lost was refused a little earlier or later than that was known.
_UNDER_WAY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Regained:
    """How many subscribers of a chat receive again, and how many deliveries that they missed wait again."""

    subscribers: int = 0
    deliveries: int = 0


async def close_chat(
    tx: Transaction, chat_id: int, *, topic_id: int | None = None, reason: str, now: datetime
) -> list[int | None]:
    """Pause the chat's subscribers, or only that of one topic, that receive; give for each who subscribed it."""
    closed = await tx.rows(
        """
        UPDATE subscribers SET state = 'paused', state_reason = :reason, state_since = :now
         WHERE chat_id = :chat_id AND (:topic_id IS NULL OR topic_id = :topic_id) AND state = 'active'
        RETURNING subscribed_by
        """,
        {"chat_id": chat_id, "topic_id": topic_id, "reason": reason, "now": to_millis(now)},
    )
    return [row["subscribed_by"] for row in closed]


async def lose_chat(tx: Transaction, chat_id: int, *, reason: str, now: datetime) -> int:
    """Let the chat's subscribers be gone, but for those who had stopped; say how many are. What they chose stays."""
    return await tx.run(
        """
        UPDATE subscribers SET state = 'gone', state_reason = :reason, state_since = coalesce(state_since, :now)
         WHERE chat_id = :chat_id AND state IN ('active', 'paused')
        """,
        {"chat_id": chat_id, "reason": reason, "now": to_millis(now)},
    )


async def regain_chat(
    tx: Transaction, chat_id: int, *, topic_id: int | None = None, now: datetime, catch_up: timedelta | None
) -> Regained:
    """Let the chat's subscribers, or only that of one topic, receive again, and what they missed; not who had stopped.

    What was due longer ago than *catch_up* (None: however long) is no news any more, and what an operator skipped is
    not to be sent.
    """
    place = {"chat_id": chat_id, "topic_id": topic_id}
    # By way of the digests, for of deliveries there may be millions, and they have no index by subscriber.
    missed = await tx.rows(
        """
        UPDATE deliveries
           SET state = 'waiting', due_at = :now, attempts = 0, doubts = 0, reason = NULL, finished_at = NULL,
               -- Who gets roundups has it with the next.
               held = (cadence <> 'at once' AND kind = 'digest' AND parts_sent = 0),
               try_at = iif(cadence <> 'at once' AND kind = 'digest' AND parts_sent = 0, :never, :now)
          FROM subscribers
         WHERE subscribers.id = subscriber_id AND deliveries.id IN (
               SELECT missed.id FROM subscribers CROSS JOIN digests CROSS JOIN deliveries AS missed
                WHERE chat_id = :chat_id AND (:topic_id IS NULL OR topic_id = :topic_id)
                  AND subscribers.state IN ('paused', 'gone')
                  AND missed.digest_id = digests.id AND missed.subscriber_id = subscribers.id
                  AND missed.state = 'skipped' AND missed.finished_at >= state_since - :under_way
                  AND missed.due_at >= :oldest AND missed.reason IS NOT :skipped
                  -- What a roundup was to bring comes with that.
                  AND missed.roundup_id IS NULL)
        RETURNING digest_id, parts_sent
        """,
        place
        | {
            "now": to_millis(now),
            "never": NEVER_MILLIS,
            "oldest": 0 if catch_up is None else to_millis(now - catch_up),
            "under_way": _UNDER_WAY // timedelta(milliseconds=1),
            "skipped": SKIPPED,
        },
    )
    subscribers = await tx.run(
        """
        UPDATE subscribers SET state = 'active', state_reason = NULL, state_since = NULL
         WHERE chat_id = :chat_id AND (:topic_id IS NULL OR topic_id = :topic_id) AND state IN ('paused', 'gone')
        """,
        place,
    )
    # What goes on as it was begun may have changed meanwhile, when there was nothing to be edited.
    for digest_id in {row["digest_id"] for row in missed if row["parts_sent"]}:
        await edits.note_change(tx, digest_id, now=now)
    return Regained(subscribers, len(missed))


async def move_chat(tx: Transaction, chat_id: int, *, to: int, now: datetime) -> int:
    """Let the chat's subscribers have the id *to*, with all that they are owed; say how many there were.

    Where one is there already, it also gets what the other chose and was owed, and no digest twice.
    """
    await _forget_messages(tx, chat_id)
    old = {"chat_id": chat_id, "to": to}
    moved = await tx.run(
        "UPDATE OR IGNORE subscribers SET chat_id = :to, type = 'supergroup' WHERE chat_id = :chat_id", old
    )
    twice = await tx.rows(
        """
        SELECT old.id AS old_id, new.id AS new_id FROM subscribers AS old JOIN subscribers AS new USING (topic_id)
         WHERE old.chat_id = :chat_id AND new.chat_id = :to AND old.state_reason IS NOT :reason
        """,
        old | {"reason": _moved_to(to)},
    )
    for pair in twice:
        await _merge(tx, pair["old_id"], pair["new_id"], reason=_moved_to(to), now=now)
    return moved + len(twice)


def _moved_to(chat_id: int) -> str:
    return f"the chat is now {chat_id}"


async def _forget_messages(tx: Transaction, chat_id: int) -> None:
    # A supergroup counts its messages anew: an edit by an id of before would hit another message, or none.
    await tx.run(
        """
        DELETE FROM messages
         WHERE delivery_id IN (
               SELECT deliveries.id FROM subscribers CROSS JOIN digests CROSS JOIN deliveries
                WHERE chat_id = :chat_id AND deliveries.digest_id = digests.id AND subscriber_id = subscribers.id)
        """,
        {"chat_id": chat_id},
    )


async def _merge(tx: Transaction, old_id: int, new_id: int, *, reason: str, now: datetime) -> None:
    pair = {"old": old_id, "new": new_id}
    await tx.run(
        """
        INSERT INTO subscriptions (subscriber_id, category_id)
        SELECT :new, category_id FROM subscriptions JOIN subscribers ON subscribers.id = subscriber_id
         WHERE subscriber_id = :old AND state <> 'stopped'
            ON CONFLICT DO NOTHING
        """,
        pair,
    )
    # A word that one follows and the other mutes stays what it is to the new one.
    await tx.run(
        """
        INSERT INTO words (subscriber_id, kind, folded, shown)
        SELECT :new, kind, folded, shown FROM words AS old JOIN subscribers ON subscribers.id = subscriber_id
         WHERE subscriber_id = :old AND state <> 'stopped'
           AND NOT EXISTS (SELECT 1 FROM words WHERE subscriber_id = :new AND folded = old.folded)
        """,
        pair,
    )
    await tx.run(
        """
        UPDATE subscribers
           SET everything = max(subscribers.everything, iif(old.state = 'stopped', 0, old.everything)),
               subscribed_by = coalesce(subscribers.subscribed_by, old.subscribed_by)
          FROM subscribers AS old WHERE subscribers.id = :new AND old.id = :old
        """,
        pair,
    )
    # What it was to bring goes on by itself; so does what the old one has half of, if it cannot go on beside the new.
    await tx.run(
        """
        DELETE FROM deliveries
         WHERE digest_id IN (SELECT id FROM digests) AND subscriber_id = :old AND kind = 'roundup' AND state = 'waiting'
           AND (parts_sent = 0
                OR EXISTS (SELECT 1 FROM deliveries AS other
                            WHERE other.digest_id = deliveries.digest_id AND other.subscriber_id = :new
                              AND other.kind = 'roundup' AND (other.state <> 'waiting' OR other.parts_sent > 0)))
        """,
        pair,
    )
    # What the old one has had, wholly or in part, the new one is not to get from the start.
    await tx.run(
        """
        DELETE FROM deliveries
         WHERE id IN (
               SELECT later.id FROM digests CROSS JOIN deliveries AS earlier CROSS JOIN deliveries AS later
                WHERE earlier.digest_id = digests.id AND earlier.subscriber_id = :old
                  AND (earlier.parts_sent > 0
                       OR (earlier.roundup_id IS NOT NULL AND earlier.state IN ('waiting', 'sent')))
                  AND later.digest_id = digests.id AND later.subscriber_id = :new AND later.kind = earlier.kind
                  AND later.state = 'waiting' AND later.parts_sent = 0)
        """,
        pair,
    )
    await tx.run(
        """
        UPDATE OR IGNORE deliveries SET subscriber_id = :new
         WHERE digest_id IN (SELECT id FROM digests) AND subscriber_id = :old
        """,
        pair,
    )
    await tx.run(
        """
        UPDATE deliveries SET state = 'skipped', reason = :reason, finished_at = :now, held = 0
         WHERE digest_id IN (SELECT id FROM digests) AND subscriber_id = :old AND state = 'waiting'
        """,
        pair | {"reason": reason, "now": to_millis(now)},
    )
    await look_soon(tx, new_id, now=now)
    await tx.run(
        "UPDATE subscribers SET state = 'gone', state_reason = :reason, state_since = NULL WHERE id = :old",
        pair | {"reason": reason},
    )
