"""Queries for what became of a digest, for one subscriber and for all: what somebody asks who wonders."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.links import where_alike
from storage.model import MadeOf
from storage.selections import read_made_of
from storage.time import from_millis, to_millis

# What is asked of the index for each link, which may stand in every digest.
_MOST_WITH_A_LINK = 200


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a digest for one subscriber."""

    # That of the delivery: waiting, sending, sent, failed or skipped.
    state: str
    # Why it waits, failed or was skipped. None: nothing to say.
    reason: str | None
    # Whether it is kept for its subscriber's time, and when that is (None: it is not known).
    held: bool
    held_until: datetime | None
    # Whether it was tried in vain, and when it is tried next.
    was_tried: bool
    try_at: datetime
    in_roundup: bool
    # None: nothing was sent of it.
    made_of: MadeOf | None


@dataclass(frozen=True, slots=True)
class Publication:
    """What was done with a digest for everybody, and when a subscriber came."""

    seen_at: datetime
    # Whether it was found when the source was looked at first, and not sent therefore.
    is_baseline: bool
    # Why it was stored and not sent. None: it was sent, or is baseline.
    not_sent: str | None
    # Whether not everybody has been asked yet whether they get it, and what keeps it (None: nothing).
    is_on_its_way: bool
    hold: str | None
    # Whether it was so long ago that nobody knows any more who got it.
    is_forgotten: bool
    # When the subscriber came. None: there is none.
    subscribed_at: datetime | None


async def trace_of(tx: Transaction, subscriber_id: int, digest_id: int) -> Trace | None:
    """Say what became of the digest, or of what it is an edition of; None: it was never owed, or that is forgotten."""
    row = await tx.row(
        """
        SELECT deliveries.*, subscribers.next_due_at
          FROM digests AS edition
          JOIN deliveries ON deliveries.digest_id = coalesce(edition.edition_of, edition.id)
          JOIN subscribers ON subscribers.id = subscriber_id
         WHERE edition.id = :digest_id AND subscriber_id = :subscriber_id AND kind = 'digest'
        """,
        {"digest_id": digest_id, "subscriber_id": subscriber_id},
    )
    if row is None:
        return None
    was_shown = row["revision"] is not None and row["state"] == "sent"
    return Trace(
        state=row["state"],
        reason=row["reason"],
        held=bool(row["held"]),
        held_until=None if row["next_due_at"] is None else from_millis(row["next_due_at"]),
        was_tried=row["attempts"] > 0,
        try_at=from_millis(row["try_at"]),
        in_roundup=row["roundup_id"] is not None,
        made_of=read_made_of(row, edition_id=row["edition_id"] or row["digest_id"]) if was_shown else None,
    )


async def roundup_of(tx: Transaction, subscriber_id: int, digest_id: int) -> MadeOf | None:
    """Say what the roundup was made of that brought the subscriber the digest, or has its number; None: there is none.

    A roundup has the number of its newest digest, which may have been left out of it in the end.
    """
    row = await tx.row(
        """
        SELECT roundup.*
          FROM digests AS edition
          JOIN deliveries AS roundup ON roundup.kind = 'roundup' AND roundup.subscriber_id = :subscriber_id
           AND roundup.state = 'sent' AND roundup.revision IS NOT NULL
           AND (roundup.digest_id = coalesce(edition.edition_of, edition.id)
                OR roundup.id = (SELECT roundup_id FROM deliveries
                                  WHERE digest_id = coalesce(edition.edition_of, edition.id)
                                    AND subscriber_id = :subscriber_id AND kind = 'digest'))
         WHERE edition.id = :digest_id ORDER BY roundup.id DESC LIMIT 1
        """,
        {"digest_id": digest_id, "subscriber_id": subscriber_id},
    )
    return None if row is None else read_made_of(row, edition_id=row["edition_id"] or row["digest_id"])


async def publication_of(tx: Transaction, digest_id: int, *, subscriber_id: int) -> Publication:
    """Say what was done with a digest that there is, or with what it is an edition of."""
    row = await tx.row(
        """
        SELECT main.first_seen_at, main.not_sent,
               main.first_seen_at <= coalesce(sources.first_look_completed_at, main.first_seen_at) AS is_baseline,
               fan_outs.digest_id IS NOT NULL AND fan_outs.subscriber_id < :subscriber_id AS is_on_its_way,
               fan_outs.hold,
               EXISTS (SELECT 1 FROM tallies WHERE tallies.digest_id = main.id AND tallies.kind = 'digest')
               AS is_forgotten,
               (SELECT created_at FROM subscribers WHERE subscribers.id = :subscriber_id) AS subscribed_at
          FROM digests AS edition
          JOIN digests AS main ON main.id = coalesce(edition.edition_of, edition.id)
          JOIN sources ON sources.id = main.source_id
          LEFT JOIN fan_outs ON fan_outs.digest_id = main.id AND fan_outs.kind = 'digest'
         WHERE edition.id = :digest_id
        """,
        {"digest_id": digest_id, "subscriber_id": subscriber_id},
    )
    if row is None:
        raise LookupError(f"there is no digest {digest_id}")
    return Publication(
        seen_at=from_millis(row["first_seen_at"]),
        is_baseline=bool(row["is_baseline"]),
        not_sent=row["not_sent"],
        is_on_its_way=bool(row["is_on_its_way"]),
        hold=row["hold"],
        is_forgotten=bool(row["is_forgotten"]),
        subscribed_at=None if row["subscribed_at"] is None else from_millis(row["subscribed_at"]),
    )


async def last_sent(tx: Transaction, subscriber_id: int) -> int | None:
    """Give the newest digest that the subscriber was sent, alone or in a roundup, in the edition that it was."""
    # Deliveries have an index by digest; who gets any at all, has got one of the newest.
    row = await tx.row(
        """
        SELECT coalesce(edition_id, digests.id) AS id
          FROM digests CROSS JOIN deliveries ON digest_id = digests.id
         WHERE subscriber_id = :subscriber_id AND kind = 'digest' AND state = 'sent'
         ORDER BY digests.id DESC LIMIT 1
        """,
        {"subscriber_id": subscriber_id},
    )
    return None if row is None else int(row["id"])


async def digest_sent_as(tx: Transaction, subscriber_id: int, message_id: int) -> int | None:
    """Give the digest that the subscriber was sent in this message, or the newest of a roundup; None: none is known."""
    # By way of the digests: deliveries have an index by these.
    row = await tx.row(
        """
        SELECT coalesce(edition_id, digests.id) AS id
          FROM digests CROSS JOIN deliveries ON digest_id = digests.id AND subscriber_id = :subscriber_id
         CROSS JOIN messages ON delivery_id = deliveries.id
         WHERE message_id = :message_id
         ORDER BY digests.id DESC LIMIT 1
        """,
        {"subscriber_id": subscriber_id, "message_id": message_id},
    )
    return None if row is None else int(row["id"])


async def digests_with(tx: Transaction, links: Collection[str], *, now: datetime) -> list[int]:
    """Give the digests that readers may see and that have any of *links*, first those that have the most of them.

    The link of the digest itself counts most; of several the newest is first.
    """
    ranges = [(link, *found) for link in links for found in where_alike(link)]
    rows = await tx.rows(
        """
        WITH hits AS (
            SELECT digest_id, value ->> 0 AS link, 1 AS weight
              FROM json_each(:ranges)
              JOIN items ON items.id IN (
                   SELECT id FROM items WHERE link >= value ->> 1 AND link < value ->> 2 ORDER BY id DESC LIMIT :most)
             WHERE last_revision IS NULL
             UNION
            SELECT id, permalink, :weightiest FROM digests WHERE permalink IN (SELECT value FROM json_each(:links))
        )
        SELECT digests.id FROM hits CROSS JOIN digests ON digests.id = digest_id
         WHERE archived_at <= :now AND vanished_at IS NULL
         GROUP BY digests.id ORDER BY sum(weight) DESC, archived_at DESC, digests.id DESC
        """,
        {
            "ranges": json.dumps(ranges),
            "links": json.dumps(list(links)),
            "most": _MOST_WITH_A_LINK,
            "weightiest": len(links) + 1,
            "now": to_millis(now),
        },
    )
    return [row["id"] for row in rows]
