"""Queries for what a subscriber settles for all that comes, and for the end of it."""

from datetime import datetime

from storage.database import Transaction
from storage.model import Preferences
from storage.time import to_millis


async def keep_settings(tx: Transaction, id_: int, preferences: Preferences) -> None:
    """Let the subscriber have these language, layout, sound, previews, folding, and word of an empty roundup."""
    await tx.run(
        """
        UPDATE subscribers
           SET language = :language, layout = :layout, sound = :sound, previews = :previews, fold_told = :fold_told,
               tell_nothing = :tell_nothing
         WHERE id = :id
        """,
        {
            "id": id_,
            "language": preferences.language,
            "layout": preferences.layout,
            "sound": preferences.sound,
            "previews": preferences.previews,
            "fold_told": preferences.fold_told,
            "tell_nothing": preferences.schedule.tell_nothing,
        },
    )


async def stop(tx: Transaction, id_: int, *, now: datetime) -> bool:
    """Let nothing more come to the subscriber, and skip what waits for it; say whether it received until now.

    What it asked for stays, but for a snooze. What is being sent at this moment may still arrive.
    """
    stopped = await tx.run(
        """
        UPDATE subscribers SET state = 'stopped', state_reason = NULL, state_since = :now, snoozed_until = NULL
         WHERE id = :id AND state <> 'stopped'
        """,
        {"id": id_, "now": to_millis(now)},
    )
    # By way of the digests: see `chats.regain_chat`.
    await tx.run(
        """
        UPDATE deliveries SET state = 'skipped', held = 0, reason = 'stopped by the subscriber', finished_at = :now
         WHERE id IN (
               SELECT waiting.id FROM digests CROSS JOIN deliveries AS waiting
                WHERE waiting.digest_id = digests.id AND waiting.subscriber_id = :id AND waiting.state = 'waiting'
                  -- What a roundup brings that is being sent ends as that does.
                  AND NOT EXISTS (SELECT 1 FROM deliveries AS roundup
                                   WHERE roundup.id = waiting.roundup_id AND roundup.state = 'sending'))
        """,
        {"id": id_, "now": to_millis(now)},
    )
    return bool(stopped)
