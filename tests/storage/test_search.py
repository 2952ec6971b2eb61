"""Search finds what is there, in Chinese as in English, and nothing that is there no more."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from storage.digests import digest_at
from storage.item_ids import number_of
from storage.search import find
from storage.search_match import plan
from storage.search_query import read_query
from storage.search_terms import cut
from tests.builders import MONDAY, a_digest, a_source, an_item, stored

LATER = MONDAY + timedelta(days=365)
TEXTS = {
    "qwen": ("Qwen3-235B 发布", "开源模型，推理更快。"),
    "chip": ("芯片新闻", "The new GPU reasons about ＡＩ and ｶﾀｶﾅ."),
    "french": ("Un café à Genève", "naïve Straße"),
    "jp": ("ラーメンの話", "人々はコーヒーを飲む"),
    "kr": ("인공지능 모델", "한국어"),
    "rare": ("𠮷野家の𬚩", "〇 〆"),
}


@pytest.fixture(autouse=True)
async def archive(database: Database) -> AsyncIterator[None]:
    for name, (headline, summary) in TEXTS.items():
        await stored(database, a_digest(an_item(headline, summary), path=f"{name}.md", title=name))
    yield
    async with database.transaction() as tx:
        # FTS5 compares its own structures; it raises if they do not agree.
        await tx.run("INSERT INTO item_index (item_index, rank) VALUES ('integrity-check', 0)")


async def found(database: Database, words: str) -> list[str]:
    async with database.snapshot() as tx:
        return sorted(hit.title for hit in await find(tx, read_query(words), now=LATER, limit=10))


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        pytest.param("开源模型", ["qwen"], id="a CJK word"),
        pytest.param("源模", ["qwen"], id="two characters from the middle"),
        pytest.param("模型 推理", ["qwen"], id="two words"),
        pytest.param("模", ["qwen"], id="one character"),
        pytest.param("型", ["qwen"], id="the last character of a run"),
        pytest.param("闻", ["chip"], id="the last character of a headline"),
        pytest.param("开源推理", [], id="characters that do not stand together"),
        pytest.param("Qwen", ["qwen"], id="a name without its number"),
        pytest.param("qwen3", ["qwen"], id="a name with its number, in lower case"),
        pytest.param("QWEN3-235b", ["qwen"], id="a whole model name"),
        pytest.param("235", ["qwen"], id="a number alone"),
        pytest.param("Qwen3发布", ["qwen"], id="letters and CJK in one word"),
        pytest.param("芯片GPU", ["chip"], id="a mixed word finds both its parts"),
        pytest.param("ai", ["chip"], id="full width in the text"),
        pytest.param("ＧＰＵ", ["chip"], id="full width in the question"),
        pytest.param("カタカナ", ["chip"], id="half-width kana in the text"),
        pytest.param("cafe GENEVE", ["french"], id="without accents"),
        pytest.param("コーヒー", ["jp"], id="kana with a long vowel"),
        pytest.param("人々", ["jp"], id="an iteration mark"),
        pytest.param("ー", ["jp"], id="a long vowel alone"),
        pytest.param("인공지능", ["kr"], id="Hangul"),
        pytest.param("𠮷野", ["rare"], id="beyond the first plane"),
        pytest.param("𬚩", ["rare"], id="a character younger than FTS5's tables"),
        pytest.param("〇", ["rare"], id="a zero"),
        pytest.param('NOT "OR" *', [], id="FTS5's own words are words"),
        pytest.param("headline:qwen", [], id="no column can be named"),
        pytest.param("，。!", [], id="nothing to search for"),
        pytest.param("", [], id="nothing"),
        pytest.param("gpu " * 3000, ["chip"], id="a question of 3,000 words"),
        pytest.param("模型" * 2000, [], id="a word of 4,000 characters"),
        pytest.param("main c6169", [], id="labels are not words"),
    ],
)
async def test_a_search(database: Database, words: str, titles: list[str]) -> None:
    assert await found(database, words) == titles


def test_a_run_of_cjk_is_cut_into_pairs() -> None:
    assert cut("开源模型 v2") == "开源 源模 模型 型 v 2"
    assert plan(read_query("开源模型")).whole == '(("开源 源模 模型"))'


async def test_the_newest_come_first_and_page_by_page(database: Database) -> None:
    for hour in range(5):
        at = MONDAY.replace(hour=hour)
        items = [an_item(f"paged {hour} {letter}") for letter in "ab"]
        await stored(database, a_digest(*items, path=f"{hour}.md", published_at=at))

    async with database.snapshot() as tx:
        first, second = (
            await find(tx, read_query("paged"), now=LATER, limit=4),
            await find(tx, read_query("paged"), now=LATER, limit=4, offset=4),
        )

    assert [hit.item.headline.text for hit in first] == ["paged 4 b", "paged 4 a", "paged 3 b", "paged 3 a"]
    assert [hit.item.headline.text for hit in second] == ["paged 2 b", "paged 2 a", "paged 1 b", "paged 1 a"]


async def test_a_digest_of_the_future_is_not_found_before_its_time(database: Database) -> None:
    await stored(database, a_digest(an_item("tomorrow"), path="tomorrow.md", published_at=MONDAY + timedelta(days=1)))

    async with database.snapshot() as tx:
        today = await find(tx, read_query("tomorrow"), now=MONDAY, limit=10)
        tomorrow = await find(tx, read_query("tomorrow"), now=MONDAY + timedelta(days=1), limit=10)

    assert (len(today), len(tomorrow)) == (0, 1)


async def test_after_an_edit_only_the_new_text_is_found(database: Database) -> None:
    before = a_digest(an_item("zebra"), an_item("okapi", "stripes"), path="edit.md", categories=["AI 资讯"])
    await stored(database, before)
    await stored(database, replace(before, items=(an_item("okapi", "none"), an_item("gnu")), categories=()))

    assert [await found(database, word) for word in ("zebra", "stripes", "okapi", "gnu")] == [
        [],
        [],
        ["Monday"],
        ["Monday"],
    ]


async def test_edits_back_and_forth_keep_the_index_whole(database: Database) -> None:
    source = await a_source(database)
    for n in range(6):
        items = [an_item(f"story {i} of {n % 2}", "模型" * i) for i in range(n % 3 + 1)]
        await stored(database, a_digest(*items, path="edit.md", title="edited", categories=[f"c{n % 2}"]))

    async with database.transaction() as tx:
        now = await digest_at(tx, source.id, "edit.md")
        # Each term of the index belongs to an item of a present revision.
        await tx.run("CREATE VIRTUAL TABLE IF NOT EXISTS terms USING fts5vocab (item_index, 'instance')")
        indexed = {row["doc"] for row in await tx.rows("SELECT doc FROM terms")}
        present = {number_of(row["id"]) for row in await tx.rows("SELECT id FROM items WHERE last_revision IS NULL")}
    assert indexed <= present
    assert now is not None
    assert len(now.digest.items) == 3
    assert await found(database, "story") == ["edited"] * 3


async def test_a_host_that_python_cannot_take_apart_is_stored_all_the_same(database: Database) -> None:
    await stored(database, a_digest(an_item("odd", link="https://a℀b.example/x"), path="odd.md", title="odd"))

    assert await found(database, "odd") == ["odd"]
