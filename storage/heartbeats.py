"""Queries for the signs of life of the bot's workers, which the health check reads."""

from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis


def heartbeat_of(source: str) -> str:
    """Name the worker that looks at the *source* of that name."""
    return f"look {source}"


async def beat(tx: Transaction, worker: str, *, now: datetime) -> None:
    """Note that the *worker* lives."""
    await tx.run(
        """
        INSERT INTO heartbeats (worker, at) VALUES (:worker, :now)
            ON CONFLICT (worker) DO UPDATE SET at = excluded.at
        """,
        {"worker": worker, "now": to_millis(now)},
    )


async def heartbeats(tx: Transaction) -> dict[str, datetime]:
    """Tell when each worker was last known to live."""
    return {row["worker"]: from_millis(row["at"]) for row in await tx.rows("SELECT * FROM heartbeats")}
