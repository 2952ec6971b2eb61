"""Queries for what happens to a whole chat: it closes, goes or comes back, and what it is owed with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import edits
from storage.database import Transaction
from storage.pauses import SKIPPED
from storage.time import NEVER_MILLIS, to_millis

# What was under way when a chat was lost was refused a little earlier or later than that was known.
_UNDER_WAY = timedelta(seconds=10)
# Why a topic of a chat that is well does not receive.
TOPIC_CLOSED = "the topic is closed"


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
    not to be sent. Of a whole chat the topics that are closed wait until they are opened.
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
                  AND (:topic_id IS NOT NULL OR NOT EXISTS (
                       SELECT 1 FROM topics WHERE topics.chat_id = subscribers.chat_id
                                              AND topics.topic_id = subscribers.topic_id AND closed = 1))
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
           AND (:topic_id IS NOT NULL OR NOT EXISTS (
                SELECT 1 FROM topics WHERE topics.chat_id = subscribers.chat_id
                                       AND topics.topic_id = subscribers.topic_id AND closed = 1))
        """,
        place,
    )
    # A topic that is to receive though it is closed does so until it is closed again.
    await tx.run("UPDATE topics SET closed = 0 WHERE chat_id = :chat_id AND topic_id = :topic_id AND closed = 1", place)
    # What is gone still is a closed topic of a chat that is back.
    await tx.run(
        """
        UPDATE subscribers SET state = 'paused', state_reason = :reason
         WHERE chat_id = :chat_id AND :topic_id IS NULL AND state = 'gone'
        """,
        {"chat_id": chat_id, "topic_id": topic_id, "reason": TOPIC_CLOSED},
    )
    # What goes on as it was begun may have changed meanwhile, when there was nothing to be edited.
    for digest_id in {row["digest_id"] for row in missed if row["parts_sent"]}:
        await edits.note_change(tx, digest_id, now=now)
    return Regained(subscribers, len(missed))
