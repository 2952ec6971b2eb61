"""Whatever is typed to search is understood as its writer meant it, and nothing that can be typed is an error."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search_query import FromHost, InCategory, Query, Within, Words, read_query

CATEGORIES = {"开源": "开源", "ai 资讯": "ai资讯", "ai": "ai资讯"}


def read(text: str) -> Query:
    return read_query(text, category_of=lambda name: CATEGORIES.get(name.lower()))


def told(query: Query) -> list[str]:
    """Say what each part is, in a line."""
    return [_told(part) for part in query.parts]


def _told(part: Words | InCategory | FromHost | Within) -> str:
    match part:
        case Words(typed, _, wanted):
            return f"{'has' if wanted else 'lacks'} {typed.removeprefix('-')}"
        case InCategory(_, name, folded, wanted):
            return f"{'in' if wanted else 'not in'} {folded or f'unknown {name}'}"
        case FromHost(_, hosts, wanted):
            return f"{'from' if wanted else 'not from'} {hosts[0]}"
        case Within(_, since, until):
            return f"from {since:%Y-%m-%d}" if since else f"before {until:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("Qwen 开源模型", ["has Qwen", "has 开源模型"], id="words"),
        pytest.param('"world model" “具身 智能”', ['has "world model"', 'has "具身 智能"'], id="phrases"),
        pytest.param(
            "「大 模型」『a b』«c d»", ['has "大 模型"', 'has "a b"', 'has "c d"'], id="phrases in any quotes"
        ),
        pytest.param("＂大 模型＂", ['has "大 模型"'], id="full-width quotes"),
        pytest.param(
            "Qwen -芯片 －GPU –b −c", ["has Qwen", "lacks 芯片", "lacks GPU", "lacks b", "lacks c"], id="without"
        ),
        pytest.param('a -"b c"', ["has a", 'lacks "b c"'], id="without a phrase"),
        pytest.param("GPT-4o a - b --", ["has GPT-4o", "has a", "has b"], id="a hyphen is no minus"),
        pytest.param("category:开源 a", ["in 开源", "has a"], id="a category"),
        pytest.param("分类：开源 分類:AI", ["in 开源", "in ai资讯"], id="a category in Chinese"),
        pytest.param('category:"AI 资讯" -category:开源', ["in ai资讯", "not in 开源"], id="a category of two words"),
        pytest.param("CATEGORY:新闻", ["in unknown 新闻"], id="a category that is none"),
        pytest.param("from:x.com 来自：Arxiv.org", ["from x.com", "from arxiv.org"], id="hosts"),
        pytest.param("from:https://www.x.com/a?b", ["from x.com"], id="a host as an address"),
        pytest.param("-from:x.com a", ["not from x.com", "has a"], id="not from a host"),
        pytest.param("from:github", ["from github.com"], id="a host without its ending"),
        pytest.param("since:2025", ["from 2025-01-01"], id="since a year"),
        pytest.param("since:2025-06 until:2025-12", ["from 2025-06-01", "before 2026-01-01"], id="months"),
        pytest.param("since:2024-02-29 until:2024/2/29", ["from 2024-02-29", "before 2024-03-01"], id="days"),
        pytest.param("自：2025年6月 至:2025年6月3日", ["from 2025-06-01", "before 2025-06-04"], id="times in Chinese"),
        pytest.param("until:２０２５", ["before 2026-01-01"], id="full-width digits"),
        pytest.param("since:soon", ["has since:soon"], id="no time is a word"),
        pytest.param(
            "since:2025-13 until:0001", ["has since:2025-13", "has until:0001"], id="no such month, no such year"
        ),
        pytest.param("category: from: since:", ["has category:", "has from:", "has since:"], id="nothing behind"),
        pytest.param("mycategory:开源", ["has mycategory:开源"], id="a longer name is no operator"),
        pytest.param('say "hello', ["has say", "has hello"], id="a quote that is not closed"),
        pytest.param('"" “，” -- ，。!', [], id="nothing to search for"),
        pytest.param("a a A -a -a", ["has a", "has A", "lacks a"], id="the same twice"),
    ],
)
def test_what_is_typed(text: str, parts: list[str]) -> None:
    assert told(read(text)) == parts


def test_a_day_is_one_of_the_readers_own() -> None:
    (day,) = read_query("since:2025-06-01", zone=ZoneInfo("Asia/Shanghai")).parts

    assert day == Within("since:2025-06-01", since=datetime(2025, 5, 31, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "names_something"),
    [
        ("a", True), ("a -b", True), ("category:开源", True), ("since:2025", True),
        ("since:2025 -b", True), ("-b", False), ("-b -from:x.com", False), ("", False),
    ],
)  # fmt: skip
def test_saying_only_what_not_to_find_is_not_enough(text: str, *, names_something: bool) -> None:
    assert read(text).names_something is names_something


def test_a_word_may_be_spelled_otherwise_too() -> None:
    query = read_query("-開源", spellings_of=lambda word: [word.replace("開", "开")])

    both = [read_query(word).words[0].spellings for word in ("開源", "开源")]
    assert query.parts == (Words("-開源", both[0] + both[1], wanted=False),)


def test_ten_thousand_characters_are_not_read_to_their_end() -> None:
    assert len(read("word " * 2000).parts) == 1
    assert len(read(" ".join(map(str, range(2000)))).parts) <= 16
    assert all(
        len(phrase.words) <= 32 for part in read("模型" * 5000).words for way in part.spellings for phrase in way
    )


@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from('"“”「」-－:： \n分类category自since2025')), max_size=60
    )
)
def test_nothing_is_an_error_and_what_was_understood_can_be_typed(text: str) -> None:
    query = read(text)

    assert told(read(query.text)) == told(query)
