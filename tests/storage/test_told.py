"""What subscribers were told of digests before."""

from datetime import timedelta

import pytest

from storage.database import Database
from storage.digests import mark_vanished
from storage.model import ALL, Heading, MadeOf, Selection
from storage.told import had, headings, overlaps, sent_as
from tests.builders import MONDAY, a_digest, a_subscriber, an_item, stored, subscribed
from tests.sent import add_delivery, add_roundup

FORTNIGHT = timedelta(days=14)
SINCE = MONDAY - FORTNIGHT


async def a_stored_digest(
    database: Database, name: str, *links: str | None, days: float = 0, path: str = "", language: str | None = None
) -> int:
    """A digest with an item for each link, archived so many days after Monday."""
    items = [an_item(f"{name} {link}", link=link and f"https://a.example/{link}") for link in links]
    at = MONDAY + timedelta(days=days)
    digest = a_digest(*items, path=path or f"{name}.md", title=name, published_at=at, language=language)
    return (await stored(database, digest)).id


async def found(database: Database, digest_id: int) -> dict[int, tuple[tuple[int, int], ...]]:
    async with database.snapshot() as tx:
        return await overlaps(tx, digest_id, since=SINCE)


async def test_digests_of_before_that_tell_the_same_story_are_found_with_its_places(database: Database) -> None:
    one = await a_stored_digest(database, "One", "ants", "bees", days=-2)
    two = await a_stored_digest(database, "Two", "cats", days=-1)
    now = await a_stored_digest(database, "Now", "dogs", "bees", "ants", "cats", None)

    assert await found(database, now) == {one: ((1, 1), (2, 0)), two: ((3, 0),)}
    assert await found(database, one) == {}


@pytest.mark.parametrize("other", ["ants/", "ants?utm_source=x", "ants#top", "ants/?ref=hn"])
async def test_links_that_only_track_are_the_same(database: Database, other: str) -> None:
    one = await a_stored_digest(database, "One", other, days=-1)
    now = await a_stored_digest(database, "Now", "ants")

    assert await found(database, now) == {one: ((0, 0),)}


async def test_neither_older_nor_later_nor_vanished_digests_nor_items_that_are_gone_count(database: Database) -> None:
    await a_stored_digest(database, "Old", "ants", days=-15)
    await a_stored_digest(database, "Later", "ants", days=1)
    gone = await a_stored_digest(database, "Gone", "ants", days=-1)
    await a_stored_digest(database, "Changed", "ants", days=-1)
    await a_stored_digest(database, "Changed", "else", days=-1)
    await a_stored_digest(database, "Like", "ants-and-bees", "ants/bees", days=-1)
    now = await a_stored_digest(database, "Now", "ants")
    async with database.transaction() as tx:
        await mark_vanished(tx, gone, now=MONDAY)

    assert await found(database, now) == {}


async def test_of_digests_at_one_time_the_first_tells_first(database: Database) -> None:
    one = await a_stored_digest(database, "One", "ants")
    two = await a_stored_digest(database, "Two", "ants")

    assert (await found(database, one), await found(database, two)) == ({}, {one: ((0, 0),)})


async def test_what_was_sent_is_known_with_the_places_shown(database: Database) -> None:
    one, two, three, four = [await a_stored_digest(database, name, "a", "b", "c") for name in ("A", "B", "C", "D")]
    await subscribed(database, a_subscriber(7, everything=True), a_subscriber(8, everything=True))
    async with database.transaction() as tx:
        await add_delivery(tx, 1, one, made_of=MadeOf(one, 1, "full", "en"))
        await add_delivery(tx, 1, two, made_of=MadeOf(two, 1, "full", "en", Selection((0, 2), ((2, one),))))
        await add_delivery(tx, 1, three, state="skipped")
        await add_delivery(tx, 1, four, state="waiting")
        await add_delivery(tx, 2, three, made_of=MadeOf(three, 1, "full", "en"))
        known = await had(tx, 1, [one, two, three, four, 99])
        others = await had(tx, 2, [one, two, three, four])

    assert known == {one: None, two: frozenset({0, 2})}
    assert others == {three: None}


async def test_what_a_roundup_brought_was_sent_as_soon_as_it_was(database: Database) -> None:
    one, two, three = [await a_stored_digest(database, name, "a", "b") for name in ("A", "B", "C")]
    await subscribed(database, a_subscriber(7, everything=True))
    async with database.transaction() as tx:
        await add_roundup(tx, 1, {one: ALL, two: Selection((1,))})
        await add_roundup(tx, 1, {three: ALL}, state="waiting")

        assert await had(tx, 1, [one, two, three]) == {one: None, two: frozenset({1})}


async def test_only_the_edition_that_was_sent_was_told(database: Database) -> None:
    chinese = await a_stored_digest(database, "早报", "a", "b", path="zh/x.md", language="zh")
    english = await a_stored_digest(database, "Morning", "a", "c", path="en/x.md", language="en")
    await subscribed(database, a_subscriber(7, everything=True))
    async with database.transaction() as tx:
        await tx.run("UPDATE digests SET edition_of = :id WHERE id = :other", {"id": chinese, "other": english})
        await add_delivery(tx, 1, chinese, made_of=MadeOf(english, 1, "full", "en"))

        assert await had(tx, 1, [chinese, english]) == {english: None}
    assert await found(database, english) == {}


async def test_digests_are_named_for_others(database: Database) -> None:
    one = await a_stored_digest(database, "One", "a")

    async with database.snapshot() as tx:
        assert await headings(tx, [one, 99]) == {one: Heading("One", None)}


async def test_what_was_shown_to_somebody_is_known_to_go_on_from(database: Database) -> None:
    one, two = [await a_stored_digest(database, name, "a", "b") for name in ("A", "B")]
    await subscribed(database, a_subscriber(7, everything=True))
    made_of = MadeOf(one, 1, "full", "en", Selection((1,)))
    async with database.transaction() as tx:
        await add_delivery(tx, 1, one, made_of=made_of)
        await add_roundup(tx, 1, {two: ALL})

        assert await sent_as(tx, 1, one, kind="digest") == made_of
        assert await sent_as(tx, 2, one, kind="digest") is None
        assert await sent_as(tx, 1, 99, kind="digest") is None
        roundup = await sent_as(tx, 1, two, kind="roundup")
    assert roundup is not None
    assert [each.digest_id for each in roundup.collected] == [two]
