"""Queries for rests: until when Telegram wants nothing more, for one chat or for any (chat 0)."""

from collections.abc import Mapping
from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis

EVERY_CHAT = 0


async def keep_rests(tx: Transaction, rests: Mapping[int, datetime]) -> None:
    """Note for each chat until when it rests; of two times the later stands."""
    await tx.run_many(
        """
        INSERT INTO rests (chat_id, until) VALUES (:chat_id, :until)
            ON CONFLICT (chat_id) DO UPDATE SET until = max(until, excluded.until)
        """,
        [{"chat_id": chat_id, "until": to_millis(until)} for chat_id, until in rests.items()],
    )


async def rests_after(tx: Transaction, now: datetime) -> dict[int, datetime]:
    """Give the chats that rest, each with until when."""
    rows = await tx.rows("SELECT chat_id, until FROM rests WHERE until > :now", {"now": to_millis(now)})
    return {row["chat_id"]: from_millis(row["until"]) for row in rows}


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
