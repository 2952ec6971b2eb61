"""Queries for the operators' pause, in which no broadcast goes out."""

from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis


async def is_paused(tx: Transaction) -> bool:
    """Say whether an operator lets no broadcast go."""
    return bool(await tx.rows("SELECT 1 FROM pauses"))


async def paused_since(tx: Transaction) -> datetime | None:
    """Say since when no broadcast goes out; None: they go."""
    row = await tx.row("SELECT since FROM pauses")
    return None if row is None else from_millis(row["since"])


async def pause(tx: Transaction, *, now: datetime) -> bool:
    """Let no broadcast go from now on; False: none goes already."""
    return bool(
        await tx.run(
            "INSERT INTO pauses (id, since) VALUES (1, :now) ON CONFLICT (id) DO NOTHING", {"now": to_millis(now)}
        )
    )


async def end_pause(tx: Transaction) -> None:
    """Let broadcasts go again."""
    await tx.run("DELETE FROM pauses")
