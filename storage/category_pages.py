"""Queries for categories as they are offered: some at a time, the busiest of late first, for there may be thousands."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.model import Category
from storage.time import to_millis


@dataclass(frozen=True, slots=True)
class Offer:
    """A category that is offered: how many digests carried it of late, and whether the subscriber chose it."""

    id: int
    category: Category
    lately: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the categories that are offered, which page that is, and how many categories there are in all."""

    offers: tuple[Offer, ...] = ()
    number: int = 0
    # The number of the last page.
    last: int = 0
    of: int = 0


async def category_page(
    tx: Transaction, subscriber_id: int, *, sought: str = "", since: datetime, now: datetime, page: int, size: int
) -> Page:
    """Give the categories that a digest carries or the subscriber chose, the busiest since then first.

    Of those that no digest had since then the ones that one had last come first. *sought* is in all their folded names.
    Of a digest in several languages each category counts once. Where *page* is beyond the last, that one is given.
    """
    rows = await tx.rows(
        """
        WITH offered AS (
            SELECT categories.id, folded, name, coalesce(lately.digests, 0) AS lately,
                   chosen.category_id IS NOT NULL AS chosen,
                   (SELECT max(digest_id) FROM digest_categories WHERE category_id = categories.id) AS last_digest
              FROM categories
              LEFT JOIN (SELECT category_id, count(DISTINCT coalesce(edition_of, digests.id)) AS digests
                           FROM digests JOIN digest_categories ON digest_id = digests.id
                          WHERE archived_at > :since AND archived_at <= :now
                          GROUP BY category_id) AS lately
                     ON lately.category_id = categories.id
              LEFT JOIN subscriptions AS chosen
                     ON chosen.subscriber_id = :subscriber_id AND chosen.category_id = categories.id
             WHERE instr(folded, :sought) > 0
        ), placed AS (
            SELECT *, count(*) OVER () AS number, (count(*) OVER () - 1) / :size AS last_page,
                   row_number() OVER (ORDER BY lately DESC, last_digest DESC, folded) - 1 AS place
              FROM offered WHERE last_digest IS NOT NULL OR chosen
        )
        SELECT * FROM placed WHERE place / :size = min(:page, last_page) ORDER BY place
        """,
        {
            "subscriber_id": subscriber_id,
            "sought": sought,
            "since": to_millis(since),
            "now": to_millis(now),
            "page": page,
            "size": size,
        },
    )
    if not rows:
        return Page()
    offers = tuple(
        Offer(row["id"], Category(row["folded"], row["name"]), row["lately"], bool(row["chosen"])) for row in rows
    )
    return Page(offers, rows[0]["place"] // size, rows[0]["last_page"], rows[0]["number"])


async def offered_category(tx: Transaction, id_: int, *, subscriber_id: int) -> Category | None:
    """Give the category with this id; None: no digest carries it, nor did the subscriber choose it."""
    row = await tx.row(
        """
        SELECT folded, name FROM categories
         WHERE id = :id
           AND (EXISTS (SELECT 1 FROM digest_categories WHERE category_id = :id)
                OR EXISTS (SELECT 1 FROM subscriptions WHERE subscriber_id = :subscriber_id AND category_id = :id))
        """,
        {"id": id_, "subscriber_id": subscriber_id},
    )
    return None if row is None else Category(row["folded"], row["name"])


async def chosen_ids(tx: Transaction, subscriber_id: int) -> tuple[list[int], bool]:
    """Give the ids of the categories that the subscriber chose, and say whether digests carry all of them."""
    rows = await tx.rows(
        """
        SELECT category_id,
               EXISTS (SELECT 1 FROM digest_categories
                        WHERE digest_categories.category_id = subscriptions.category_id) AS carried
          FROM subscriptions WHERE subscriber_id = :id ORDER BY category_id
        """,
        {"id": subscriber_id},
    )
    return [row["category_id"] for row in rows], all(row["carried"] for row in rows)


async def choose_carried(tx: Transaction, subscriber_id: int, category_ids: Sequence[int]) -> None:
    """Add those of the categories that a digest carries to what the subscriber chose."""
    await tx.run(
        """
        INSERT INTO subscriptions (subscriber_id, category_id)
        SELECT :id, value FROM json_each(:category_ids)
         WHERE EXISTS (SELECT 1 FROM digest_categories WHERE category_id = value)
            ON CONFLICT (subscriber_id, category_id) DO NOTHING
        """,
        {"id": subscriber_id, "category_ids": json.dumps(list(category_ids))},
    )
