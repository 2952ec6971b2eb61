"""Queries for who may use a bot that is not for everybody: guests, the links that let them in, and who is shut out."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.time import from_millis, to_millis

# Why somebody does not receive: the bot became for few, and nobody said anything of them; or an operator did.
SHUT_OUT = "not let in (DIGEST_BOT_ACCESS)"
SENT_AWAY = "sent away by an operator (/disallow)"


@dataclass(frozen=True, slots=True)
class Guest:
    """A person whom operators let in."""

    user_id: int
    since: datetime
    # Whether they came by a link.
    by_link: bool


@dataclass(frozen=True, slots=True)
class Invite:
    """A link that lets people in."""

    code: str
    # How many people it still lets in; None: any number.
    left_over: int | None
    # None: it has no end.
    ends_at: datetime | None


async def is_guest(tx: Transaction, user_id: int) -> bool:
    """Say whether operators let the person in."""
    return await tx.row("SELECT 1 FROM guests WHERE user_id = :user_id", {"user_id": user_id}) is not None


async def let_in(tx: Transaction, user_id: int, *, now: datetime) -> bool:
    """Make the person a guest, as an operator says; False: they are one."""
    added = await tx.run(
        "INSERT INTO guests (user_id, since) VALUES (:user_id, :now) ON CONFLICT (user_id) DO NOTHING",
        {"user_id": user_id, "now": to_millis(now)},
    )
    return bool(added)


async def send_away(tx: Transaction, user_id: int, *, now: datetime) -> bool:
    """Let the person be no guest any more, and receive nothing; False: they were none."""
    await tx.run(
        """
        UPDATE subscribers SET state_reason = :reason, state_since = iif(state = 'active', :now, state_since),
               state = 'paused'
         WHERE chat_id = :user_id AND topic_id = 0 AND (state = 'active' OR state_reason = :shut_out)
        """,
        {"user_id": user_id, "reason": SENT_AWAY, "shut_out": SHUT_OUT, "now": to_millis(now)},
    )
    return bool(await tx.run("DELETE FROM guests WHERE user_id = :user_id", {"user_id": user_id}))


async def count_guests(tx: Transaction) -> int:
    """Count them."""
    return int(await tx.value("SELECT count(*) FROM guests"))


async def guests(tx: Transaction, *, offset: int, limit: int) -> list[Guest]:
    """Give some of them, the last who came first."""
    rows = await tx.rows(
        """
        SELECT user_id, since, code IS NOT NULL AS by_link FROM guests
         ORDER BY since DESC, user_id LIMIT :limit OFFSET :offset
        """,
        {"limit": limit, "offset": offset},
    )
    return [Guest(row["user_id"], from_millis(row["since"]), bool(row["by_link"])) for row in rows]


async def add_invite(
    tx: Transaction, code: str, *, made_by: int, people: int | None, ends_at: datetime | None, now: datetime
) -> None:
    """Let so many *people* (None: any number) in until then (None: for good) who open the link with this code."""
    await tx.run(
        """
        INSERT INTO invites (code, made_by, made_at, ends_at, left_over)
        VALUES (:code, :made_by, :now, :ends_at, :people)
        """,
        {
            "code": code,
            "made_by": made_by,
            "now": to_millis(now),
            "ends_at": None if ends_at is None else to_millis(ends_at),
            "people": people,
        },
    )


async def accept_invite(tx: Transaction, code: str, user_id: int, *, now: datetime) -> bool:
    """Make who opens the link with this code a guest, and say whether they are one; whoever is one takes no place."""
    entered = await tx.run(
        """
        INSERT INTO guests (user_id, code, since)
        SELECT :user_id, code, :now FROM invites
         WHERE code = :code AND coalesce(ends_at > :now, 1) AND coalesce(left_over > 0, 1)
            ON CONFLICT (user_id) DO NOTHING
        """,
        {"user_id": user_id, "code": code, "now": to_millis(now)},
    )
    if entered:
        await tx.run("UPDATE invites SET left_over = left_over - 1 WHERE code = :code", {"code": code})
    return await is_guest(tx, user_id)


async def withdraw_invite(tx: Transaction, code: str, *, now: datetime) -> bool:
    """Let the link let in nobody more; False: it does not by now."""
    ended = await tx.run(
        """
        UPDATE invites SET ends_at = :now
         WHERE code = :code AND coalesce(ends_at > :now, 1) AND coalesce(left_over > 0, 1)
        """,
        {"code": code, "now": to_millis(now)},
    )
    return bool(ended)


async def open_invites(tx: Transaction, *, now: datetime) -> list[Invite]:
    """Give the links that let people in, the newest first."""
    rows = await tx.rows(
        """
        SELECT * FROM invites WHERE coalesce(ends_at > :now, 1) AND coalesce(left_over > 0, 1)
         ORDER BY made_at DESC, code
        """,
        {"now": to_millis(now)},
    )
    return [Invite(row["code"], row["left_over"], _time(row["ends_at"])) for row in rows]


async def open_invite_of(tx: Transaction, user_id: int, *, now: datetime) -> Invite | None:
    """Give the link that the person came by; None: they came by none, or it lets in nobody more."""
    code = await tx.row("SELECT code FROM guests WHERE user_id = :user_id", {"user_id": user_id})
    return next((each for each in await open_invites(tx, now=now) if code is not None and each.code == code[0]), None)


async def shut_out(tx: Transaction, *, operators: Collection[int], guests_too: bool, now: datetime) -> int:
    """Pause everybody who is none of *operators* and, as guests may (*guests_too*), no guest; say how many."""
    return await tx.run(
        """
        UPDATE subscribers SET state = 'paused', state_reason = :reason, state_since = :now
         WHERE type = 'private' AND state = 'active'
           AND chat_id NOT IN (SELECT value FROM json_each(:operators))
           AND NOT (:guests_too AND EXISTS (SELECT 1 FROM guests WHERE user_id = chat_id))
        """,
        {
            "operators": json.dumps(sorted(operators)),
            "guests_too": guests_too,
            "reason": SHUT_OUT,
            "now": to_millis(now),
        },
    )


async def are_shut_out(tx: Transaction, *, sent_away_too: bool = True) -> Sequence[int]:
    """Give who does not receive as they may not use the bot; of whom operators sent away only if *sent_away_too*."""
    rows = await tx.rows(
        """
        SELECT chat_id FROM subscribers
         WHERE type = 'private' AND state = 'paused'
           AND (state_reason = :shut_out OR (:sent_away_too AND state_reason = :sent_away))
        """,
        {"shut_out": SHUT_OUT, "sent_away": SENT_AWAY, "sent_away_too": sent_away_too},
    )
    return [row["chat_id"] for row in rows]


async def is_shut_out(tx: Transaction, user_id: int) -> bool:
    """Say whether the person does not receive as they may not use the bot."""
    row = await tx.row(
        """
        SELECT 1 FROM subscribers
         WHERE chat_id = :user_id AND topic_id = 0 AND state = 'paused' AND state_reason IN (:shut_out, :sent_away)
        """,
        {"user_id": user_id, "shut_out": SHUT_OUT, "sent_away": SENT_AWAY},
    )
    return row is not None


async def let_in_earlier(tx: Transaction, *, now: datetime) -> None:
    """Make guests of all who are shut out, but for those whom an operator sent away."""
    await tx.run(
        """
        INSERT INTO guests (user_id, since)
        SELECT chat_id, :now FROM subscribers
         WHERE type = 'private' AND state = 'paused' AND state_reason = :reason
            ON CONFLICT (user_id) DO NOTHING
        """,
        {"reason": SHUT_OUT, "now": to_millis(now)},
    )


async def is_served(tx: Transaction, chat_id: int) -> bool:
    """Say whether the group or channel, or a topic of it, receives, or would if it could."""
    row = await tx.row(
        "SELECT 1 FROM subscribers WHERE chat_id = :chat_id AND state IN ('active', 'paused') LIMIT 1",
        {"chat_id": chat_id},
    )
    return row is not None


def _time(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)
