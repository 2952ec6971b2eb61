"""What an operator says of categories holds for what was stored and subscribed to before."""

import pytest

from storage.categories import Spelling, carriers, categories_with_counts, settle_categories, spellings
from storage.database import Database
from storage.digests import digest_by_id, latest_digests
from storage.model import Address, Category
from storage.search_index import category_label
from storage.subscribers import subscriber_at
from tests.builders import MONDAY, a_digest, a_subscriber, an_item, stored, subscribed

SHOWN = {"ai资讯": "AI 资讯"}
ALIASES = {"ainews": "ai资讯", "快讯": "ai资讯"}


async def settle(database: Database, **shown: str) -> int:
    async with database.transaction() as tx:
        return await settle_categories(tx, SHOWN | shown, ALIASES, ["uncategorized"])


async def chosen(database: Database, chat_id: int) -> list[str]:
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(chat_id))
    assert subscriber is not None
    return [category.name for category in subscriber.preferences.categories]


async def indexed(database: Database, folded: str) -> list[int]:
    """The items that the index has under the category."""
    async with database.snapshot() as tx:
        rows = await tx.rows(
            "SELECT rowid FROM item_index WHERE item_index MATCH :label ORDER BY rowid",
            {"label": category_label(folded)},
        )
    return [row["rowid"] for row in rows]


async def test_who_follows_another_name_follows_the_category_and_has_it_once(database: Database) -> None:
    await subscribed(
        database,
        a_subscriber(1, categories=["AI News"]),
        a_subscriber(2, categories=["AI News", "ai资讯", "快讯", "Bees"]),
        a_subscriber(3, categories=["Bees"]),
    )

    await settle(database)
    await settle(database)

    assert await chosen(database, 1) == ["AI 资讯"]
    assert sorted(await chosen(database, 2)) == ["AI 资讯", "Bees"]
    assert await chosen(database, 3) == ["Bees"]


async def test_a_category_is_shown_by_the_name_in_the_table(database: Database) -> None:
    await stored(database, a_digest(categories=["ai-资讯", "open source"]))

    await settle(database, opensource="Open Source")

    async with database.snapshot() as tx:
        counted = await categories_with_counts(tx)
    assert [each.category.name for each in counted] == ["AI 资讯", "Open Source"]


async def test_what_digests_of_the_past_call_otherwise_is_the_category(database: Database) -> None:
    await stored(database, a_digest(path="1.md", categories=["Bees", "AI News", "Wasps"]))
    await stored(database, a_digest(path="2.md", categories=["快讯", "AI News", "Uncategorized", "ai资讯"]))
    await stored(database, a_digest(path="3.md", categories=["Bees"]))

    counts = [await settle(database), await settle(database)]

    async with database.snapshot() as tx:
        latest = await latest_digests(tx, now=MONDAY, limit=9, category="ai资讯")
        written = await spellings(tx)
    assert counts == [2, 0]
    assert [[category.name for category in one.digest.categories] for one in latest] == [
        ["AI 资讯"],
        ["Bees", "AI 资讯", "Wasps"],
    ]
    assert [(one.written, one.digests) for one in written if one.category.folded == "ai资讯"] == [
        ("AI News", 1),
        ("ai资讯", 1),
    ]


async def test_the_index_has_them_under_the_category_and_forgets_them_whole(database: Database) -> None:
    await stored(database, a_digest(an_item("one"), an_item("two"), categories=["AI News", "Uncategorized"]))

    await settle(database)

    assert len(await indexed(database, "ai资讯")) == 2
    assert await indexed(database, "ainews") == await indexed(database, "uncategorized") == []
    # Only what is in the index exactly so can be taken out again.
    again = await stored(database, a_digest(an_item("three"), categories=["Bees"]))
    assert again.revision == 2
    assert await indexed(database, "ai资讯") == []
    assert len(await indexed(database, "bees")) == 1


async def test_reading_the_file_again_finds_nothing_new(database: Database) -> None:
    await stored(database, a_digest(categories=["AI News", "ai资讯"]))

    await settle(database)
    again = await stored(database, a_digest(categories=["AI 资讯"]))

    assert again.revision == 1
    async with database.snapshot() as tx:
        assert (await digest_by_id(tx, 1)).revision == 1


@pytest.mark.parametrize("shown", [{}, {"bees": "Bees"}])
async def test_a_table_of_nothing_changes_nothing(database: Database, shown: dict[str, str]) -> None:
    await stored(database, a_digest(categories=["Bees"]))

    async with database.transaction() as tx:
        assert await settle_categories(tx, shown, {}) == 0
        assert [each.category.name for each in await categories_with_counts(tx)] == ["Bees"]


async def test_spellings_are_counted_and_the_digests_that_carry_a_category_named(database: Database) -> None:
    await stored(database, a_digest(path="1.md", categories=["AI 资讯", "Bees"]))
    await stored(database, a_digest(path="2.md", categories=["ai资讯", "Bees"]))
    await stored(database, a_digest(path="3.md", categories=["AI 资讯"]))

    async with database.snapshot() as tx:
        written, carried = await spellings(tx), await carriers(tx)

    ai, bees = Category("ai资讯", "AI 资讯"), Category("bees", "Bees")
    assert written == [Spelling(ai, "AI 资讯", 2), Spelling(bees, "Bees", 2), Spelling(ai, "ai资讯", 1)]
    assert carried == {"ai资讯": {1, 2, 3}, "bees": {1, 2}}
