"""Whatever is in an archive and whatever is asked: all that has it is found, nothing else, and pages give it once."""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import search_index
from storage.database import Database, open_database
from storage.model import Digest, Hit, Item
from storage.search import COUNTED_TOGETHER, Count, count, find
from storage.search_query import FromHost, InCategory, Part, Query, Within, Words, read_query
from storage.search_spans import holds
from storage.time import to_millis
from tests.builders import MONDAY, a_digest, an_item, stored

LATER = MONDAY + timedelta(days=3)

texts = st.lists(st.sampled_from(["开源", "模型", "開", "源", "Qwen3", "GPU", "a", "ｶﾞ", "，", " "]), max_size=6).map(
    "".join
)
items = st.builds(an_item, texts, texts, link=st.sampled_from(["https://example.org/a", "https://www.x.com/b", None]))
digests = st.builds(
    a_digest,
    items,
    items,
    path=st.sampled_from([f"{n}.md" for n in range(6)]),
    published_at=st.integers(0, 48 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes)),
    categories=st.sampled_from([[], ["开源"], ["开源", "芯片"]]),
)
PARTS = (
    '开源|模型|源|模|-源|-模型|qwen|"a gpu"|"gpu 模"|-qwen3|ガ|from:x.com|-from:x.com|'
    "category:开源|-category:芯片|category:新|since:2025-07-22|until:2025-07-21"
)
parts = st.sampled_from(PARTS.split("|"))
queries = st.lists(parts, min_size=1, max_size=3).map(" ".join).map(lambda text: read_query(text, category_of=str))


@given(
    st.lists(st.tuples(digests, st.booleans()), max_size=6, unique_by=lambda each: each[0].path),
    st.lists(queries, min_size=1, max_size=6),
)
@settings(max_examples=40, deadline=None)
async def test_all_that_has_what_was_asked_for_is_found_and_comes_once(
    archive: list[tuple[Digest, bool]], asked: list[Query]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "digest-bot.db") as database:
            for digest, is_old in archive:
                await put(database, digest, is_old=is_old)
            for query in asked:
                expected = sorted(titles([digest for digest, _ in archive], query))

                hits = [hit for page in range(5) for hit in await found(database, query, limit=3, offset=3 * page)]

                assert sorted(f"{hit.at} {hit.item}" for hit in hits) == expected
                assert [hour(hit.at) for hit in hits] == sorted((hour(hit.at) for hit in hits), reverse=True)
                assert await counted(database, query) == Count(len(expected), all=True)


async def test_an_hour_may_have_more_items_than_short_numbers(database: Database) -> None:
    for number in range(20):
        bees = [an_item(f"bees {number} {at}") for at in range(10)]
        await stored(database, a_digest(*bees, path=f"{number}.md", published_at=MONDAY + timedelta(minutes=number)))

    query = read_query("bees")
    pages = [await found(database, query, limit=30, offset=first) for first in range(0, 210, 30)]

    assert [len(page) for page in pages] == [30] * 6 + [20]
    assert len({hit.item.headline.text for page in pages for hit in page}) == 200
    assert await counted(database, query) == Count(200, all=True)


async def test_counting_has_an_end(database: Database) -> None:
    bees = [an_item(f"bees and wasps, {at}，蜂") for at in range(COUNTED_TOGETHER + 1)]
    await stored(database, a_digest(*bees))

    assert await counted(database, read_query("bees")) == Count(COUNTED_TOGETHER + 1, all=True)
    assert await counted(database, read_query("bees wasps")) == Count(COUNTED_TOGETHER, all=False)
    assert await counted(database, read_query("蜂")) == Count(COUNTED_TOGETHER, all=False)


async def test_what_is_to_come_within_the_hour_is_neither_found_nor_counted(database: Database) -> None:
    for minutes in (10, 20):
        soon = MONDAY + timedelta(minutes=minutes)
        await stored(database, a_digest(an_item("bees"), an_item("wasps"), path=f"{minutes}.md", published_at=soon))
    now, bees = MONDAY + timedelta(minutes=15), read_query("bees")

    async with database.snapshot() as tx:
        hits = await find(tx, bees, now=now, limit=10)
        number = await count(tx, bees, now=now)

    assert [hit.at for hit in hits] == [MONDAY + timedelta(minutes=10)]
    assert number == Count(1, all=True)


async def put(database: Database, digest: Digest, *, is_old: bool) -> None:
    """Store *digest*, perhaps as older versions did: under ids of the second, indexed in three columns."""
    id_ = (await stored(database, digest, now=LATER)).id
    if not is_old or digest.published_at is None:
        return
    first = (to_millis(digest.published_at) // 1000 << 20) + id_ * 100
    async with database.transaction() as tx:
        rows = await tx.rows("SELECT id FROM items WHERE digest_id = :id ORDER BY position", {"id": id_})
        ids = [row["id"] for row in rows]
        await search_index.remove(tx, digest, ids)
        changes = [{"old": old, "new": first + at} for at, old in enumerate(ids)]
        await tx.run_many("UPDATE items SET id = :new WHERE id = :old", changes)
        await search_index.add(tx, digest, [change["new"] for change in changes])


async def found(database: Database, query: Query, *, limit: int, offset: int) -> list[Hit]:
    async with database.snapshot() as tx:
        return await find(tx, query, now=LATER, limit=limit, offset=offset)


async def counted(database: Database, query: Query) -> Count:
    async with database.snapshot() as tx:
        return await count(tx, query, now=LATER)


def titles(archive: list[Digest], query: Query) -> Iterator[str]:
    """Search as slowly as one likes."""
    for digest in archive:
        for item in digest.items:
            if query.names_something and all(applies(part, digest, item) for part in query.parts):
                yield f"{digest.published_at} {item}"


def applies(part: Part, digest: Digest, item: Item) -> bool:
    at = digest.published_at or MONDAY
    match part:
        case Words():
            return holds(part, item.headline.text, item.summary.text)
        case InCategory(folded=folded, wanted=wanted):
            return wanted is (folded in {category.folded for category in digest.categories})
        case FromHost(hosts=hosts, wanted=wanted):
            return wanted is (urlsplit(item.link or "").hostname in hosts)
        case Within(since=since, until=until):
            return (since is None or since <= at) and (until is None or at < until)


def hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0)
