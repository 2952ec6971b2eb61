"""Categories under all their spellings and names."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from bot.digests.categories import CategoryTable, categories_of, fold
from bot.digests.read import read_digest
from bot.digests.site import Site
from storage.model import Category, Digest

TABLE = CategoryTable.of({"AI 资讯": ["AI News", "ai快讯"], "Open Source": []}, ["Uncategorized"])


@pytest.mark.parametrize(
    "spelling", ["AI资讯", "AI 资讯", "ａｉ資訊".replace("資訊", "资讯"), " ai-资讯 ", "Ai_资讯", "AI\u3000资讯"]
)
def test_the_spellings_of_one_category_fold_together(spelling: str) -> None:
    assert fold(spelling) == "ai资讯"


def test_different_categories_stay_apart() -> None:
    assert fold("开源AI") != fold("开源动态")


def test_blank_and_double_names_are_dropped_and_the_first_spelling_is_shown() -> None:
    assert categories_of(["Open  Source", "", " - ", "open-source", "C++"]) == (
        Category("opensource", "Open Source"),
        Category("c++", "C++"),
    )


@pytest.mark.parametrize(
    ("name", "shown", "written"),
    [
        ("ＡＩ-News", "AI 资讯", "ＡＩ-News"),
        ("ai资讯", "AI 资讯", "ai资讯"),
        ("AI  资讯", "AI 资讯", ""),
        ("open-source", "Open Source", "open-source"),
        ("C++", "C++", ""),
    ],
)
def test_a_name_is_shown_as_the_table_says_and_kept_as_it_was_written(name: str, shown: str, written: str) -> None:
    (category,) = categories_of([name], TABLE)

    assert (category.folded, category.name, category.written) == (fold(shown), shown, written)


def test_a_digest_has_each_category_once_and_no_hidden_one() -> None:
    text = "---\ncategories: [AI News, uncategorized, ai快讯, Rust, AI资讯]\ntags: [bees]\n---\nx"

    digest = read_digest(text.encode(), "x.md", site=Site(categories=TABLE), now=datetime(2026, 1, 1, tzinfo=UTC))

    assert isinstance(digest, Digest)
    assert [(category.name, category.written) for category in digest.categories] == [
        ("AI 资讯", "AI News"),
        ("Rust", ""),
    ]


def test_a_digest_whose_categories_are_all_hidden_has_none() -> None:
    site = Site(categories=TABLE, category_keys=("categories", "tags"))

    digest = read_digest(
        b"---\ncategories: Uncategorized\ntags: [bees]\n---\nx", "x.md", site=site, now=datetime(2026, 1, 1, tzinfo=UTC)
    )

    assert isinstance(digest, Digest)
    assert digest.categories == ()


def test_a_table_tells_what_the_archive_needs_of_it() -> None:
    assert TABLE.shown == {"ai资讯": "AI 资讯", "opensource": "Open Source"}
    assert TABLE.aliases == {"ainews": "ai资讯", "ai快讯": "ai资讯"}
    assert TABLE.hidden == ["uncategorized"]


def test_a_spelling_of_the_shown_name_and_a_name_said_twice_are_no_contradiction() -> None:
    assert CategoryTable.of({"AI 资讯": ["ai-资讯", "AI News", "ai news"]}).aliases == {"ainews": "ai资讯"}


@pytest.mark.parametrize(
    ("aliases", "hidden", "problem"),
    [
        (
            {"AI 资讯": ["AI News"], "News": ["ai-news"]},
            [],
            "'ai-news' is another name of both 'AI 资讯' and 'News'; leave it with one of them",
        ),
        (
            {"News": ["AI News"], "AI News": ["AI 资讯"]},
            [],
            "'AI News' is another name of 'News' and has a line of its own; put all names into one line",
        ),
        ({"AI": [], "ai": []}, [], "'AI' and 'ai' are spellings of one category; leave one of them"),
        ({"AI": [" - "]}, [], "' - ' is no name; write one with letters, or remove it"),
        ({"": ["AI"]}, [], "'' is no name; write one with letters, or remove it"),
        ({}, [""], "'' is no name; write one with letters, or remove it"),
        (
            {"AI": ["News"]},
            ["news"],
            "'news' is hidden and means 'AI'; leave it in one of the two places",
        ),
        ({"AI": "News"}, [], "the other names of 'AI' are no list; write ['News']"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    aliases: Mapping[str, Sequence[str]], hidden: Sequence[str], problem: str
) -> None:
    with pytest.raises(ValueError) as refused:
        CategoryTable.of(aliases, hidden)

    assert str(refused.value) == problem
