"""Queries for rests: until when Telegram wants nothing more, for one chat or for any (chat 0)."""

from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis

EVERY_CHAT = 0


async def count_resting(tx: Transaction, *, now: datetime) -> int:
    """Count the chats that rest."""
    return int(
        await tx.value(
            "SELECT count(*) FROM rests WHERE chat_id <> :every AND until > :now",
            {"every": EVERY_CHAT, "now": to_millis(now)},
        )
    )


async def rests_until(tx: Transaction, chat_id: int, *, now: datetime) -> datetime | None:
    """Say until when nothing goes to the chat (`EVERY_CHAT`: to any); None: it does not rest."""
    row = await tx.row(
        "SELECT until FROM rests WHERE chat_id = :chat_id AND until > :now", {"chat_id": chat_id, "now": to_millis(now)}
    )
    return None if row is None else from_millis(row["until"])


async def forget_rests(tx: Transaction, *, now: datetime) -> None:
    """Strike out the rests that are over."""
    await tx.run("DELETE FROM rests WHERE until <= :now", {"now": to_millis(now)})
