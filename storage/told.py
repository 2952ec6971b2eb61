"""Queries for what subscribers were told of digests before."""

import json
from collections.abc import Collection
from datetime import datetime

from storage.database import Transaction
from storage.item_ids import first_id_of
from storage.links import same_story, where_alike
from storage.model import Heading, MadeOf, Selection
from storage.selections import read_made_of
from storage.time import to_millis

# Of a link that stands in every digest, no more are looked at.
_MOST_ALIKE = 2_000


async def overlaps(tx: Transaction, digest_id: int, *, since: datetime) -> dict[int, tuple[tuple[int, int], ...]]:
    """Find the digests archived *since* then and before this one that tell a story of it, none an edition of it.

    For each give the place of the story here, and there, as both are at present.
    """
    links = await _links(tx, digest_id)
    ranges = [(place, *found) for place, link in links.items() for found in where_alike(link)]
    rows = await tx.rows(
        """
        SELECT value ->> 0 AS place, other.digest_id, other.position, other.link
          FROM json_each(:ranges)
         CROSS JOIN items AS other ON other.link >= value ->> 1 AND other.link < value ->> 2
          JOIN digests AS present ON present.id = :digest_id
          JOIN digests AS before ON before.id = other.digest_id
         WHERE other.id >= :first AND other.last_revision IS NULL
           AND before.archived_at >= :since AND before.vanished_at IS NULL
           AND (before.archived_at, before.id) < (present.archived_at, present.id)
           AND coalesce(before.edition_of, before.id) <> coalesce(present.edition_of, present.id)
         LIMIT :limit
        """,
        {
            "digest_id": digest_id,
            "ranges": json.dumps(ranges),
            "since": to_millis(since),
            "first": first_id_of(to_millis(since) // 1000),
            "limit": _MOST_ALIKE,
        },
    )
    found: dict[int, set[tuple[int, int]]] = {}
    for row in rows:
        if same_story(row["link"]) == same_story(links[row["place"]]):
            found.setdefault(row["digest_id"], set()).add((row["place"], row["position"]))
    return {other: tuple(sorted(places)) for other, places in sorted(found.items())}


async def had(tx: Transaction, subscriber_id: int, digest_ids: Collection[int]) -> dict[int, frozenset[int] | None]:
    """Say which of the digests the subscriber was sent, alone or in a roundup, and the places shown (None: all)."""
    rows = await tx.rows(
        """
        SELECT edition.id AS edition_id, shown.revision, shown.layout, shown.language, shown.selection
          FROM json_each(:ids)
          JOIN digests AS edition ON edition.id = value
          JOIN deliveries ON deliveries.digest_id = coalesce(edition.edition_of, edition.id)
                         AND deliveries.subscriber_id = :subscriber_id AND deliveries.kind = 'digest'
          JOIN deliveries AS shown ON shown.id = coalesce(deliveries.roundup_id, deliveries.id)
         WHERE deliveries.state = 'sent' AND shown.state = 'sent' AND shown.revision IS NOT NULL
           AND (deliveries.roundup_id IS NOT NULL
                OR coalesce(deliveries.edition_id, deliveries.digest_id) = edition.id)
        """,
        {"ids": json.dumps(list(digest_ids)), "subscriber_id": subscriber_id},
    )
    shown = {id_: _shown_of(id_, read_made_of(row, edition_id=id_)) for row in rows for id_ in [row["edition_id"]]}
    return {
        id_: None if selection.items is None else frozenset(selection.items)
        for id_, selection in shown.items()
        if selection is not None
    }


async def headings(tx: Transaction, digest_ids: Collection[int]) -> dict[int, Heading]:
    """Name the digests, those that there are."""
    rows = await tx.rows(
        "SELECT id, title, permalink FROM digests WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(digest_ids))},
    )
    return {row["id"]: Heading(row["title"], row["permalink"]) for row in rows}


async def sent_as(tx: Transaction, subscriber_id: int, digest_id: int, *, kind: str) -> MadeOf | None:
    """Say what the subscriber was shown of the digest, or of the roundup of which it is the newest; None: not known.

    *digest_id* is the edition that was shown.
    """
    row = await tx.row(
        """
        SELECT deliveries.* FROM deliveries JOIN digests AS edition ON edition.id = :digest_id
         WHERE deliveries.digest_id = coalesce(edition.edition_of, edition.id)
           AND subscriber_id = :subscriber_id AND kind = :kind AND deliveries.revision IS NOT NULL
        """,
        {"digest_id": digest_id, "subscriber_id": subscriber_id, "kind": kind},
    )
    if row is None or (row["edition_id"] or row["digest_id"]) != digest_id:
        return None
    return read_made_of(row, edition_id=digest_id)


def _shown_of(edition_id: int, made_of: MadeOf) -> Selection | None:
    if not made_of.collected:
        return made_of.selection
    return next((each.selection for each in made_of.collected if each.digest_id == edition_id), None)


async def _links(tx: Transaction, digest_id: int) -> dict[int, str]:
    rows = await tx.rows(
        "SELECT position, link FROM items WHERE digest_id = :id AND last_revision IS NULL AND link IS NOT NULL",
        {"id": digest_id},
    )
    return {row["position"]: row["link"] for row in rows}
