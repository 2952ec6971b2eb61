"""Queries for notices: what a person is still to be told by the bot of its own accord."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis


@dataclass(frozen=True, slots=True)
class Notice:
    """A phrase that a person is still to be told."""

    id: int
    user_id: int
    # The name of a phrase, and what it speaks of.
    phrase: str
    facts: Mapping[str, object]
    # For each button the name of its phrase, and the callback data.
    buttons: tuple[tuple[str, str], ...]
    try_at: datetime
    # How often it was tried in vain.
    attempts: int = 0


async def add_notice(
    tx: Transaction,
    user_id: int,
    phrase: str,
    facts: Mapping[str, object],
    buttons: Sequence[tuple[str, str]] = (),
    *,
    now: datetime,
) -> None:
    """Let the person be told *phrase* of *facts*, which must fit into JSON, with these *buttons* under it."""
    await tx.run(
        """
        INSERT INTO notices (user_id, phrase, facts, buttons, try_at)
        VALUES (:user_id, :phrase, :facts, :buttons, :now)
        """,
        {
            "user_id": user_id,
            "phrase": phrase,
            "facts": json.dumps(facts, ensure_ascii=False),
            "buttons": json.dumps(buttons),
            "now": to_millis(now),
        },
    )


async def next_notice(tx: Transaction, *, now: datetime, except_ids: Collection[int] = ()) -> Notice | None:
    """Give the notice that has been due the longest and is none of *except_ids*."""
    row = await tx.row(
        """
        SELECT * FROM notices
         WHERE try_at <= :now AND id NOT IN (SELECT value FROM json_each(:except_ids))
         ORDER BY try_at, id LIMIT 1
        """,
        {"now": to_millis(now), "except_ids": json.dumps(list(except_ids))},
    )
    if row is None:
        return None
    return Notice(
        id=row["id"],
        user_id=row["user_id"],
        phrase=row["phrase"],
        facts=json.loads(row["facts"]),
        buttons=tuple((label, data) for label, data in json.loads(row["buttons"])),
        try_at=from_millis(row["try_at"]),
        attempts=row["attempts"],
    )


async def postpone_notice(tx: Transaction, id_: int, *, try_at: datetime) -> None:
    """Let the notice wait until *try_at*, having been tried once more in vain."""
    await tx.run(
        "UPDATE notices SET try_at = :try_at, attempts = attempts + 1 WHERE id = :id",
        {"id": id_, "try_at": to_millis(try_at)},
    )


async def drop_notice(tx: Transaction, id_: int) -> None:
    """Strike the notice out: it was told, or never can be."""
    await tx.run("DELETE FROM notices WHERE id = :id", {"id": id_})


async def count_notices(tx: Transaction) -> int:
    """Count what is still to be told."""
    return int(await tx.value("SELECT count(*) FROM notices"))
