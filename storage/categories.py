"""Queries for what an operator says of categories, and for what digests call them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from storage import digests, items
from storage.database import Transaction
from storage.model import Category


@dataclass(frozen=True, slots=True)
class Spelling:
    """A category as some digests write it, and how many do."""

    category: Category
    written: str
    digests: int


@dataclass(frozen=True, slots=True)
class NamedCategory:
    """A category that somebody can name; *carried*: by a digest."""

    id: int
    category: Category
    carried: bool


@dataclass(frozen=True, slots=True)
class CountedCategory:
    """A category and how many digests carry it."""

    id: int
    category: Category
    digests: int


async def ensure_category(tx: Transaction, category: Category) -> int:
    """Give the id of *category*, which from now on exists, shown as it was first seen."""
    await tx.run(
        "INSERT INTO categories (folded, name) VALUES (:folded, :name) ON CONFLICT (folded) DO NOTHING",
        {"folded": category.folded, "name": category.name},
    )
    return int(await tx.value("SELECT id FROM categories WHERE folded = :folded", {"folded": category.folded}))


async def categories_with_counts(tx: Transaction) -> list[CountedCategory]:
    """Give every category that a digest carries, the busiest first."""
    rows = await tx.rows(
        """
        SELECT id, folded, name, count(*) AS digests FROM categories JOIN digest_categories ON category_id = id
         GROUP BY id ORDER BY digests DESC, folded
        """
    )
    return [CountedCategory(row["id"], Category(row["folded"], row["name"]), row["digests"]) for row in rows]


async def categories_for(tx: Transaction, subscriber_id: int) -> list[NamedCategory]:
    """Give every category that a digest carries or the subscriber chose, the one that a digest had last first.

    What only others have named is left out: nobody is shown what a stranger typed.
    """
    # Some sites have three thousand: to look for the last digest of each takes a fifth of the time of counting all.
    rows = await tx.rows(
        """
        SELECT id, folded, name, last
          FROM (SELECT *, (SELECT max(digest_id) FROM digest_categories WHERE category_id = categories.id) AS last
                  FROM categories)
         WHERE last IS NOT NULL
            OR id IN (SELECT category_id FROM subscriptions WHERE subscriber_id = :subscriber_id)
         ORDER BY last DESC, folded
        """,
        {"subscriber_id": subscriber_id},
    )
    return [
        NamedCategory(row["id"], Category(row["folded"], row["name"]), carried=row["last"] is not None) for row in rows
    ]


async def settle_categories(
    tx: Transaction, shown: Mapping[str, str], aliases: Mapping[str, str], hidden: Collection[str] = ()
) -> int:
    """Show categories by the names in *shown*, give what has an alias its meaning instead, and no digest a hidden one.

    All names but the shown ones are folded. Gives the number of digests that changed; doing it again changes none.
    They are no new revisions: what a digest says is as before.
    """
    for folded, name in shown.items():
        await tx.run(
            """
            INSERT INTO categories (folded, name) VALUES (:folded, :name)
                ON CONFLICT (folded) DO UPDATE SET name = excluded.name WHERE name <> excluded.name
            """,
            {"folded": folded, "name": name},
        )
    changed: set[int] = set()
    for alias, meant in [*aliases.items(), *((name, None) for name in hidden)]:
        if meant is not None:
            await _move_subscriptions(tx, alias, meant)
        for digest_id in await _digests_with(tx, alias):
            await _move_digest(tx, digest_id, alias, meant)
            changed.add(digest_id)
    return len(changed)


async def spellings(tx: Transaction) -> list[Spelling]:
    """Give each way in which digests write their categories, the commonest first."""
    rows = await tx.rows(
        """
        SELECT folded, name, coalesce(nullif(written, ''), name) AS spelling, count(*) AS digests
          FROM digest_categories JOIN categories ON categories.id = category_id
         GROUP BY folded, name, spelling ORDER BY digests DESC, folded, spelling
        """
    )
    return [Spelling(Category(row["folded"], row["name"]), row["spelling"], row["digests"]) for row in rows]


async def carriers(tx: Transaction) -> dict[str, set[int]]:
    """Give the ids of the digests that carry each category, by its folded name."""
    found: dict[str, set[int]] = {}
    for row in await tx.rows(
        "SELECT folded, digest_id FROM digest_categories JOIN categories ON categories.id = category_id"
    ):
        found.setdefault(row["folded"], set()).add(row["digest_id"])
    return found


async def _move_subscriptions(tx: Transaction, alias: str, meant: str) -> None:
    names = {"alias": alias, "meant": meant}
    await tx.run(
        """
        INSERT INTO subscriptions (subscriber_id, category_id)
        SELECT subscriber_id, meant.id FROM subscriptions
          JOIN categories ON categories.id = category_id
          JOIN categories AS meant ON meant.folded = :meant
         WHERE categories.folded = :alias
            ON CONFLICT (subscriber_id, category_id) DO NOTHING
        """,
        names,
    )
    await tx.run(
        "DELETE FROM subscriptions WHERE category_id = (SELECT id FROM categories WHERE folded = :alias)", names
    )


async def _digests_with(tx: Transaction, folded: str) -> list[int]:
    rows = await tx.rows(
        """
        SELECT digest_id FROM digest_categories JOIN categories ON categories.id = category_id
         WHERE folded = :folded ORDER BY digest_id
        """,
        {"folded": folded},
    )
    return [row["digest_id"] for row in rows]


async def _move_digest(tx: Transaction, digest_id: int, alias: str, meant: str | None) -> None:
    """Carry the digest over to what the alias means, in the index too, whose entries name its categories."""
    before = await digests.digest_by_id(tx, digest_id)
    await items.unindex_items(tx, digest_id, before.digest, revision=before.revision)
    if meant is not None:
        await _rename(tx, digest_id, alias, meant)
    await tx.run(
        """
        DELETE FROM digest_categories
         WHERE digest_id = :digest_id AND category_id = (SELECT id FROM categories WHERE folded = :alias)
        """,
        {"digest_id": digest_id, "alias": alias},
    )
    after = await digests.digest_by_id(tx, digest_id)
    await items.index_items(tx, digest_id, after.digest, revision=after.revision)


async def _rename(tx: Transaction, digest_id: int, alias: str, meant: str) -> None:
    """Put what the alias means in its place, as it is written; nothing happens where the digest has that too."""
    await tx.run(
        """
        UPDATE OR IGNORE digest_categories
           SET category_id = (SELECT id FROM categories WHERE folded = :meant),
               written = coalesce(nullif(written, ''), (SELECT name FROM categories WHERE folded = :alias))
         WHERE digest_id = :digest_id AND category_id = (SELECT id FROM categories WHERE folded = :alias)
        """,
        {"digest_id": digest_id, "alias": alias, "meant": meant},
    )
