"""Queries for what digests say beside their items, in each revision."""

import json
from sqlite3 import Row

from storage.database import Transaction
from storage.model import Category


async def keep_head(tx: Transaction, digest_id: int) -> None:
    """Keep what the present revision says, which is about to become one of the past."""
    await tx.run(
        """
        INSERT INTO heads (digest_id, revision, title, published_at, utc_offset, day_only, permalink, language,
                           intro, intro_entities, withdrawn, categories)
        SELECT id, revision, title, published_at, utc_offset, day_only, permalink, language,
               intro, intro_entities, withdrawn,
               (SELECT json_group_array(json_array(folded, name))
                  FROM (SELECT folded, name FROM digest_categories JOIN categories ON categories.id = category_id
                         WHERE digest_id = digests.id ORDER BY position))
          FROM digests WHERE id = :id
        """,
        {"id": digest_id},
    )


async def head_of(tx: Transaction, digest: Row, *, revision: int) -> tuple[Row, tuple[Category, ...]]:
    """Give what *revision* says of the *digest* whose row this is; the present one for what was kept of none."""
    kept = None
    if revision != digest["revision"]:
        kept = await tx.row(
            "SELECT * FROM heads WHERE digest_id = :id AND revision = :revision",
            {"id": digest["id"], "revision": revision},
        )
    if kept is not None:
        return kept, tuple(Category(folded, name) for folded, name in json.loads(kept["categories"]))
    categories = await tx.rows(
        """
        SELECT folded, name FROM digest_categories JOIN categories ON categories.id = category_id
         WHERE digest_id = :id ORDER BY position
        """,
        {"id": digest["id"]},
    )
    return digest, tuple(Category(category["folded"], category["name"]) for category in categories)
