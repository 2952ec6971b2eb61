"""Queries for a chat that has another id now: all that is kept of it goes there, whatever is there already."""

from datetime import datetime

from storage.database import Transaction
from storage.held import look_soon
from storage.time import to_millis

# What is kept under the id of the chat; what is there already under the new one stays.
_KEPT = (
    "UPDATE OR IGNORE chats SET chat_id = :to, type = 'supergroup' WHERE chat_id = :chat_id",
    """
    UPDATE chats
       SET title = iif(chats.title = '', old.title, chats.title), added_by = coalesce(old.added_by, chats.added_by),
           linked_chat_id = coalesce(chats.linked_chat_id, old.linked_chat_id),
           readers = iif(chats.readers = 'everyone', old.readers, chats.readers),
           tidy_minutes = iif(chats.tidy_minutes = 0, old.tidy_minutes, chats.tidy_minutes)
      FROM chats AS old WHERE chats.chat_id = :to AND old.chat_id = :chat_id
    """,
    "DELETE FROM chats WHERE chat_id = :chat_id",
    "UPDATE chats SET linked_chat_id = :to WHERE linked_chat_id = :chat_id",
    "UPDATE OR IGNORE topics SET chat_id = :to WHERE chat_id = :chat_id",
    "DELETE FROM topics WHERE chat_id = :chat_id",
    "UPDATE OR IGNORE managers SET chat_id = :to WHERE chat_id = :chat_id",
    "DELETE FROM managers WHERE chat_id = :chat_id",
    # Messages of before cannot be reached any more.
    "DELETE FROM litter WHERE chat_id = :chat_id",
    """
    INSERT INTO rests (chat_id, until) SELECT :to, until FROM rests WHERE chat_id = :chat_id
        ON CONFLICT (chat_id) DO UPDATE SET until = max(until, excluded.until)
    """,
    "DELETE FROM rests WHERE chat_id = :chat_id",
)
# What of two subscribers that become one the new one has of the old: whatever was chosen there and not here.
_CHOSEN = (
    """
    INSERT INTO subscriptions (subscriber_id, category_id)
    SELECT :new, category_id FROM subscriptions JOIN subscribers ON subscribers.id = subscriber_id
     WHERE subscriber_id = :old AND state <> 'stopped'
        ON CONFLICT DO NOTHING
    """,
    # A word that one follows and the other mutes stays what it is to the new one.
    """
    INSERT INTO words (subscriber_id, kind, folded, shown)
    SELECT :new, kind, folded, shown FROM words AS old JOIN subscribers ON subscribers.id = subscriber_id
     WHERE subscriber_id = :old AND state <> 'stopped'
       AND NOT EXISTS (SELECT 1 FROM words WHERE subscriber_id = :new AND folded = old.folded)
    """,
    "UPDATE changes SET subscriber_id = :new WHERE subscriber_id = :old",
    """
    UPDATE subscribers SET subscribed_by = coalesce(subscribers.subscribed_by, old.subscribed_by)
      FROM subscribers AS old WHERE subscribers.id = :new AND old.id = :old
    """,
    """
    UPDATE subscribers
       SET everything = max(subscribers.everything, old.everything),
           language = coalesce(subscribers.language, old.language),
           layout = iif(subscribers.layout = 'full', old.layout, subscribers.layout),
           sound = min(subscribers.sound, old.sound), previews = max(subscribers.previews, old.previews),
           fold_told = min(subscribers.fold_told, old.fold_told),
           tell_nothing = max(subscribers.tell_nothing, old.tell_nothing)
      FROM subscribers AS old WHERE subscribers.id = :new AND old.id = :old AND old.state <> 'stopped'
    """,
    # A schedule and an ending are each of one piece.
    """
    UPDATE subscribers
       SET cadence = old.cadence, send_time = old.send_time, weekday = old.weekday, time_zone = old.time_zone,
           quiet_from = old.quiet_from, quiet_until = old.quiet_until, snoozed_until = old.snoozed_until,
           next_due_at = coalesce(subscribers.next_due_at, old.next_due_at)
      FROM subscribers AS old
     WHERE subscribers.id = :new AND old.id = :old AND old.state <> 'stopped'
       AND subscribers.cadence = 'at once' AND subscribers.time_zone IS NULL AND subscribers.quiet_from IS NULL
       AND subscribers.snoozed_until IS NULL
    """,
    """
    UPDATE subscribers
       SET footer = old.footer, footer_entities = old.footer_entities, signature = old.signature,
           button_line = old.button_line
      FROM subscribers AS old
     WHERE subscribers.id = :new AND old.id = :old AND old.state <> 'stopped'
       AND subscribers.footer = '' AND subscribers.signature = '' AND subscribers.button_line = ''
    """,
)


async def move_chat(tx: Transaction, chat_id: int, *, to: int, now: datetime) -> int:
    """Let the chat have the id *to*, with all that its subscribers are owed; say how many there were.

    Where one is there already, it also gets what the other chose and was owed, and nothing twice.
    """
    await _forget_messages(tx, chat_id)
    old = {"chat_id": chat_id, "to": to}
    for sql in _KEPT:
        await tx.run(sql, old)
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
                WHERE chat_id = :chat_id AND deliveries.digest_id = digests.id AND subscriber_id = subscribers.id
                UNION ALL
               SELECT deliveries.id FROM subscribers CROSS JOIN announcements CROSS JOIN deliveries
                WHERE chat_id = :chat_id AND announcement_id = announcements.id AND subscriber_id = subscribers.id)
        """,
        {"chat_id": chat_id},
    )


async def _merge(tx: Transaction, old_id: int, new_id: int, *, reason: str, now: datetime) -> None:
    pair = {"old": old_id, "new": new_id}
    for sql in _CHOSEN:
        await tx.run(sql, pair)
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
                  AND later.state = 'waiting' AND later.parts_sent = 0
                UNION ALL
               SELECT later.id FROM announcements CROSS JOIN deliveries AS earlier CROSS JOIN deliveries AS later
                WHERE earlier.announcement_id = announcements.id AND earlier.subscriber_id = :old
                  AND earlier.parts_sent > 0
                  AND later.announcement_id = announcements.id AND later.subscriber_id = :new
                  AND later.state = 'waiting' AND later.parts_sent = 0)
        """,
        pair,
    )
    # By way of the digests and announcements, for deliveries have no index by subscriber.
    await tx.run(
        """
        UPDATE OR IGNORE deliveries SET subscriber_id = :new
         WHERE subscriber_id = :old
           AND (digest_id IN (SELECT id FROM digests) OR announcement_id IN (SELECT id FROM announcements))
        """,
        pair,
    )
    await tx.run(
        """
        UPDATE deliveries SET state = 'skipped', reason = :reason, finished_at = :now, held = 0
         WHERE subscriber_id = :old AND state = 'waiting'
           AND (digest_id IN (SELECT id FROM digests) OR announcement_id IN (SELECT id FROM announcements))
        """,
        pair | {"reason": reason, "now": to_millis(now)},
    )
    await look_soon(tx, new_id, now=now)
    await tx.run(
        "UPDATE subscribers SET state = 'gone', state_reason = :reason, state_since = NULL WHERE id = :old",
        pair | {"reason": reason},
    )
