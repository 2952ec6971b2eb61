"""Queries for deliveries of announcements: whom one is for, who is owed it, and who is next."""

import json
from collections.abc import Collection
from datetime import datetime
from sqlite3 import Row

from storage.announcements import write_audience
from storage.database import Transaction
from storage.deliveries import Candidate
from storage.model import Audience, Delivery, Reach
from storage.subscribers import read_subscriber
from storage.time import from_millis, to_millis

CANCELLED = "cancelled by an operator"

# One for each chat: its main address, or else that of its first topic.
_ELIGIBLE = """
WITH wanted AS NOT MATERIALIZED (
     SELECT id, chat_id, topic_id, type FROM subscribers
      WHERE state = 'active'
        AND (:types IS NULL OR replace(type, 'super', '') IN (SELECT value FROM json_each(:types)))
        AND (:languages IS NULL
             OR lower(substr(coalesce(language, ''), 1, instr(coalesce(language, '') || '-', '-') - 1))
                IN (SELECT value FROM json_each(:languages)))
        AND (:categories IS NULL OR everything
             OR EXISTS (SELECT 1 FROM subscriptions
                         WHERE subscriber_id = subscribers.id
                           AND category_id IN (SELECT value FROM json_each(:categories))))),
eligible AS NOT MATERIALIZED (
     SELECT * FROM wanted
      WHERE chat_id > 0
         OR NOT EXISTS (SELECT 1 FROM wanted AS other
                         WHERE other.chat_id = wanted.chat_id AND other.topic_id < wanted.topic_id))
"""


async def reach(tx: Transaction, audience: Audience) -> Reach:
    """Count the chats that an announcement for *audience* would go to now."""
    rows = await tx.rows(
        _ELIGIBLE  # noqa: S608 - both are constants
        + "SELECT replace(type, 'super', '') AS type, count(*) AS number FROM eligible GROUP BY 1",
        _asked(write_audience(audience)),
    )
    numbers = {row["type"]: row["number"] for row in rows}
    return Reach(numbers.get("private", 0), numbers.get("group", 0), numbers.get("channel", 0))


async def languages_in_use(tx: Transaction) -> list[str]:
    """Give the languages of those who receive, without script and country, that of most first; empty: not known."""
    rows = await tx.rows(
        """
        SELECT lower(substr(coalesce(language, ''), 1, instr(coalesce(language, '') || '-', '-') - 1)) AS base
          FROM subscribers WHERE state = 'active' GROUP BY base ORDER BY count(*) DESC, base
        """
    )
    return [row["base"] for row in rows]


async def owe_chunk(tx: Transaction, *, now: datetime, limit: int) -> bool:
    """Owe the oldest announcement that is not owed to all to the next *limit* subscribers; say whether there was one.

    Who was owed it under another address of the same chat is not owed it again.
    """
    return await tx.whole(lambda within: _owe_chunk(within, to_millis(now), limit))


async def _owe_chunk(tx: Transaction, now: int, limit: int) -> bool:
    row = await tx.row("SELECT id, cursor, audience FROM announcements WHERE state = 'fanning out' ORDER BY id LIMIT 1")
    if row is None:
        return False
    upto: int | None = await tx.value(
        "SELECT max(id) FROM (SELECT id FROM subscribers WHERE id > :cursor ORDER BY id LIMIT :limit)",
        {"cursor": row["cursor"], "limit": limit},
    )
    if upto is None:
        await tx.run("UPDATE announcements SET state = 'done' WHERE id = :id", {"id": row["id"]})
        return True
    await tx.run(
        _ELIGIBLE  # noqa: S608 - both are constants
        + """
        INSERT INTO deliveries (kind, announcement_id, subscriber_id, due_at, try_at)
        SELECT 'announcement', :announcement_id, id, :now, :now FROM eligible
         WHERE id > :cursor AND id <= :upto
           AND (chat_id > 0 OR NOT EXISTS (
                SELECT 1 FROM subscribers AS other JOIN deliveries ON subscriber_id = other.id
                 WHERE other.chat_id = eligible.chat_id AND announcement_id = :announcement_id))
         ORDER BY id
            ON CONFLICT DO NOTHING
        """,
        {"announcement_id": row["id"], "cursor": row["cursor"], "upto": upto, "now": now, **_asked(row["audience"])},
    )
    await tx.run("UPDATE announcements SET cursor = :upto WHERE id = :id", {"id": row["id"], "upto": upto})
    return True


async def candidates(tx: Transaction, *, now: datetime, limit: int, except_chats: Collection[int]) -> list[Candidate]:
    """Give deliveries of announcements that are due, none of them for *except_chats*, of the oldest one first.

    None of one that is paused or cancelled. Where none is under way it is a look at a table of a few rows.
    """
    rows = await tx.rows(
        """
        SELECT deliveries.*, whole_subscribers.*,
               (SELECT min(try_at) FROM deliveries AS begun
                 WHERE begun.subscriber_id = deliveries.subscriber_id
                   AND begun.state = 'waiting' AND begun.parts_sent > 0 AND begun.kind IN ('digest', 'roundup'))
               AS begun_until
          FROM announcements CROSS JOIN deliveries CROSS JOIN whole_subscribers USING (subscriber_id)
         WHERE announcements.state IN ('fanning out', 'done') AND announcements.ended_at IS NULL
           AND deliveries.announcement_id = announcements.id
           AND deliveries.state = 'waiting' AND try_at <= :now
           AND chat_id NOT IN (SELECT value FROM json_each(:except_chats))
         ORDER BY announcements.id, try_at, deliveries.id LIMIT :limit
        """,
        {"now": to_millis(now), "limit": limit, "except_chats": json.dumps(list(except_chats))},
    )
    return [_candidate(row) for row in rows]


async def skip_cancelled(tx: Transaction, *, limit: int, now: datetime) -> int:
    """Skip *limit* of those who wait for what was cancelled; say how many there were."""
    return await tx.run(
        """
        UPDATE deliveries SET state = 'skipped', reason = :reason, finished_at = :now
         WHERE id IN (SELECT deliveries.id FROM announcements CROSS JOIN deliveries
                       WHERE announcements.state = 'cancelled' AND ended_at IS NULL
                         AND announcement_id = announcements.id AND deliveries.state = 'waiting' LIMIT :limit)
        """,
        {"reason": CANCELLED, "now": to_millis(now), "limit": limit},
    )


async def ask_soon(tx: Transaction, subscriber_id: int, *, at: datetime) -> None:
    """Let announcements that wait for the subscriber's quiet hours or snooze be looked at then, and no later."""
    await tx.run(
        """
        UPDATE deliveries SET try_at = :at
         WHERE id IN (SELECT deliveries.id FROM announcements CROSS JOIN deliveries
                       WHERE ended_at IS NULL AND announcement_id = announcements.id AND subscriber_id = :id
                         AND deliveries.state = 'waiting' AND attempts = 0 AND try_at > :at)
        """,
        {"id": subscriber_id, "at": to_millis(at)},
    )


def _asked(audience: str) -> dict[str, str | None]:
    """Give what the statement above asks for; None: it leaves nobody out."""
    chosen = json.loads(audience)
    return {
        name: json.dumps(chosen[name]) if chosen.get(name) else None for name in ("languages", "types", "categories")
    }


def _candidate(row: Row) -> Candidate:
    delivery = Delivery(
        id=row["id"],
        kind="announcement",
        digest_id=0,
        editions=(),
        subscriber=read_subscriber(row),
        due_at=from_millis(row["due_at"]),
        attempts=row["attempts"] + 1,
        doubts=row["doubts"],
        parts_sent=row["parts_sent"],
        given_up=row["given_up"],
        made_of=None,
        announcement_id=row["announcement_id"],
    )
    return Candidate(delivery, None if row["begun_until"] is None else from_millis(row["begun_until"]))
