"""The archive keeps every revision of what digests say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.categories import categories_with_counts
from storage.database import Database
from storage.digests import (
    digest_at,
    digest_by_id,
    digests_not_sent,
    editions_of,
    latest_digests,
    mark_not_sent,
    mark_vanished,
    move_digest,
    readable_digest,
    store_digest,
)
from storage.model import Category, Digest, Entity, EntityType, FormattedText, Item
from tests.builders import MONDAY, a_digest, a_source, an_item, stored


async def test_a_digest_comes_back_as_it_was_told(database: Database) -> None:
    text = FormattedText(
        "硬蒸馏 😀", (Entity(EntityType.BOLD, 0, 3), Entity(EntityType.TEXT_LINK, 4, 1, "https://e.org"))
    )
    whole = Digest(
        path="2025/7/日报.md",
        title="日报",
        published_at=datetime(2025, 7, 22, 4, 0, 34, tzinfo=timezone(timedelta(hours=8))),
        day_only=False,
        categories=(Category("ai资讯", "AI 资讯"),),
        items=(Item(text, None, text, "Section", 3, 12), an_item()),
        permalink="https://example.org/x",
        language="zh-Hans",
    )

    digest = (await stored(database, whole)).digest
    async with database.snapshot() as tx:
        again = (await digest_by_id(tx, 1)).digest

    assert again == digest == whole
    assert again.published_at is not None
    assert again.published_at.utcoffset() == timedelta(hours=8)


async def test_a_change_is_a_new_revision_and_the_old_one_keeps_its_items(database: Database) -> None:
    before = a_digest(an_item("one"), an_item("two"))
    after = a_digest(an_item("one"), an_item("two, mended"), an_item("three"))

    first, second = await stored(database, before), await stored(database, after)

    assert (first.revision, second.revision) == (1, 2)
    async with database.snapshot() as tx:
        assert (await digest_by_id(tx, first.id, revision=1)).digest.items == before.items
        assert (await digest_by_id(tx, first.id)).digest.items == after.items
        # What did not change keeps its row, and with it what points there.
        assert await tx.value("SELECT count(*) FROM items") == 4


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(a_digest(categories=["Open Source"]), id="the same"),
        pytest.param(a_digest(categories=["open-source"]), id="a category spelled otherwise"),
        pytest.param(
            a_digest(categories=["Open Source"], published_at=MONDAY + timedelta(microseconds=7)),
            id="a time beyond milliseconds",
        ),
    ],
)
async def test_equal_content_is_no_new_revision(database: Database, again: Digest) -> None:
    await stored(database, a_digest(categories=["Open Source"]))

    assert (await stored(database, again)).revision == 1
    assert (await stored(database, again)).revision == 1


async def test_a_category_is_shown_as_it_was_first_seen(database: Database) -> None:
    await stored(database, a_digest(path="1.md", categories=["AI 资讯"]))
    await stored(database, a_digest(path="2.md", categories=["ai资讯", "Other"]))

    async with database.snapshot() as tx:
        shown = [(one.category.name, one.digests) for one in await categories_with_counts(tx)]
        second = await digest_by_id(tx, 2)

    assert shown == [("AI 资讯", 2), ("Other", 1)]
    assert [category.name for category in second.digest.categories] == ["AI 资讯", "Other"]


async def test_a_digest_without_a_date_stays_where_it_was_first_seen(database: Database) -> None:
    await stored(database, a_digest(an_item("one"), published_at=None), now=MONDAY)
    await stored(database, a_digest(an_item("two"), published_at=None), now=MONDAY + timedelta(days=3))

    async with database.snapshot() as tx:
        assert await tx.value("SELECT archived_at FROM digests") == MONDAY.timestamp() * 1000


async def test_a_digest_that_gets_another_date_moves_in_the_archive(database: Database) -> None:
    await stored(database, a_digest(path="a.md", title="a", published_at=MONDAY))
    await stored(database, a_digest(path="b.md", title="b", published_at=MONDAY + timedelta(hours=1)))
    await stored(database, a_digest(path="a.md", title="a", published_at=MONDAY + timedelta(hours=2)))

    async with database.snapshot() as tx:
        latest = await latest_digests(tx, now=MONDAY + timedelta(days=1), limit=9)
    assert [(one.digest.title, len(one.digest.items)) for one in latest] == [("a", 1), ("b", 1)]


async def test_the_latest_are_of_the_past_there_and_of_the_category(database: Database) -> None:
    for number, hours in enumerate((-2, -1, 5)):
        at = MONDAY + timedelta(hours=hours)
        await stored(database, a_digest(path=f"{number}.md", title=str(number), published_at=at, categories=["AI"]))
    gone = await stored(database, a_digest(path="gone.md", categories=["AI"]))
    await stored(database, a_digest(path="other.md", title="other", categories=["B"]))

    async with database.transaction() as tx:
        await mark_vanished(tx, gone.id, now=MONDAY)
        named = await latest_digests(tx, now=MONDAY, limit=9, category="ai")
        second = await latest_digests(tx, now=MONDAY, limit=1, offset=1)

    assert [one.digest.title for one in named] == ["1", "0"]
    assert [one.digest.title for one in second] == ["1"]


async def test_a_digest_can_be_read_by_its_id_when_its_time_has_come_and_while_it_is_there(database: Database) -> None:
    first = await stored(database, a_digest(an_item("Old")))
    await stored(database, a_digest(an_item("New")))

    async with database.transaction() as tx:
        read = [await readable_digest(tx, first.id, revision=revision, now=MONDAY) for revision in (0, 1, 2, 3)]
        early = await readable_digest(tx, first.id, revision=1, now=MONDAY - timedelta(seconds=1))
        strange = await readable_digest(tx, first.id + 1, revision=1, now=MONDAY)
        await mark_vanished(tx, first.id, now=MONDAY)
        gone = await readable_digest(tx, first.id, revision=1, now=MONDAY)

    assert [each and each.digest.items[0].headline.text for each in read] == [None, "Old", "New", None]
    assert (early, strange, gone) == (None, None, None)


async def test_a_vanished_digest_is_there_again_with_its_file(database: Database) -> None:
    one = await stored(database, a_digest())
    async with database.transaction() as tx:
        await mark_vanished(tx, one.id, now=MONDAY)

    again = await stored(database, a_digest())

    assert (again.id, again.revision) == (one.id, 1)
    async with database.snapshot() as tx:
        assert await tx.value("SELECT vanished_at FROM digests") is None


async def test_a_moved_digest_is_known_by_its_new_path(database: Database) -> None:
    one, source = await stored(database, a_digest(path="a.md")), await a_source(database)

    async with database.transaction() as tx:
        await move_digest(tx, one.id, path="b.md")
        moved, left = await digest_at(tx, source.id, "b.md"), await digest_at(tx, source.id, "a.md")

    assert moved is not None
    assert moved.id == one.id
    assert left is None


async def test_what_was_not_sent_is_told_with_its_reason(database: Database) -> None:
    one = await stored(database, a_digest(path="old.md"))
    async with database.transaction() as tx:
        await mark_not_sent(tx, one.id, "too old")
        assert await digests_not_sent(tx, since=MONDAY) == [("main", "old.md", "too old")]
        assert await digests_not_sent(tx, since=MONDAY + timedelta(days=1)) == []
        await mark_not_sent(tx, one.id, None)
        assert await digests_not_sent(tx, since=MONDAY) == []


async def test_the_same_path_in_two_sources_is_two_digests(database: Database) -> None:
    first, second = await a_source(database, "main"), await a_source(database, "other")
    async with database.transaction() as tx:
        _, was_new = await store_digest(tx, first.id, a_digest(), now=MONDAY)
        two, is_new = await store_digest(tx, second.id, replace(a_digest(), title="Other"), now=datetime.now(UTC))

    assert (was_new, is_new, two.digest.title) == (True, True, "Other")


async def test_translations_are_editions_of_the_first_that_was_seen(database: Database) -> None:
    def edition(language: str, path: str) -> Digest:
        return replace(a_digest(path=path, categories=[f"AI {language}"], language=language), twins="a.md")

    chinese = await stored(database, edition("zh", "zh/a.md"))
    english = await stored(database, edition("en", "en/a.md"))
    # The same language twice is no translation, and neither is a file whose language is not known.
    second = await stored(database, edition("en", "a.en.md"))
    unknown = await stored(database, replace(a_digest(path="a.md"), twins="a.md"))

    assert [each.edition_of for each in (chinese, english, second, unknown)] == [None, chinese.id, None, None]
    async with database.snapshot() as tx:
        assert [each.digest_id for each in await editions_of(tx, chinese.id, now=MONDAY)] == [chinese.id, english.id]
        assert [each.id for each in await latest_digests(tx, now=MONDAY, limit=9)] == [
            unknown.id,
            second.id,
            chinese.id,
        ]
        assert [each.id for each in await latest_digests(tx, now=MONDAY, limit=1, category="aien", offset=1)] == [
            chinese.id
        ]


async def test_a_translation_stands_for_the_digest_whose_file_is_gone(database: Database) -> None:
    chinese = await stored(database, replace(a_digest(path="zh/a.md", language="zh"), twins="a.md"))
    english = await stored(database, replace(a_digest(path="en/a.md", language="en"), twins="a.md"))

    async with database.transaction() as tx:
        await mark_vanished(tx, chinese.id, now=MONDAY)

        assert [each.id for each in await latest_digests(tx, now=MONDAY, limit=9)] == [chinese.id]
        assert [each.digest_id for each in await editions_of(tx, chinese.id, now=MONDAY)] == [english.id]

        await mark_vanished(tx, english.id, now=MONDAY)
        assert await latest_digests(tx, now=MONDAY, limit=9) == []


async def test_a_translation_finds_the_digest_that_moved(database: Database) -> None:
    chinese = await stored(database, replace(a_digest(path="a.md", language="zh"), twins="a.md"))
    async with database.transaction() as tx:
        await move_digest(tx, chinese.id, path="posts/zh/a.md")
    # Whatever moved is read again.
    await stored(database, replace(a_digest(path="posts/zh/a.md", language="zh"), twins="posts/a.md"))

    english = await stored(database, replace(a_digest(path="posts/en/a.md", language="en"), twins="posts/a.md"))

    assert english.edition_of == chinese.id


async def test_a_translation_finds_a_digest_whose_language_was_said_later(database: Database) -> None:
    chinese = await stored(database, replace(a_digest(path="zh/a.md"), twins="zh/a.md"))
    await stored(database, replace(a_digest(path="zh/a.md", language="zh"), twins="a.md"))

    english = await stored(database, replace(a_digest(path="en/a.md", language="en"), twins="a.md"))

    assert english.edition_of == chinese.id


async def test_of_a_digest_in_two_languages_one_of_the_future_is_not_shown(database: Database) -> None:
    chinese = await stored(database, replace(a_digest(path="zh/a.md", language="zh"), twins="a.md"))
    later = MONDAY + timedelta(hours=1)
    english = await stored(database, replace(a_digest(path="en/a.md", language="en", published_at=later), twins="a.md"))

    async with database.snapshot() as tx:
        assert [each.digest_id for each in await editions_of(tx, chinese.id, now=MONDAY)] == [chinese.id]
        assert [each.digest_id for each in await editions_of(tx, chinese.id, now=later)] == [chinese.id, english.id]
