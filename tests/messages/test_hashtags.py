"""Every category is one hashtag, or none."""

import pytest

from bot.messages.hashtags import hashtag
from storage.model import Category


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("AI快讯", "#AI快讯"),
        ("AI 资讯", "#AI_资讯"),
        ("Open-Source / News!", "#Open_Source_News"),
        ("C++", "#C"),
        ("日本語・ニュース", "#日本語_ニュース"),
        ("한국어 소식", "#한국어_소식"),
        ("#already", "#already"),
        ("naïve", "#naïve"),
        ("2025", "2025"),
        ("🚀", "🚀"),
        ("७२", "७२"),
        ("हिन्दी", "हिन्दी"),
        ("AI & ML", "#AI_ML"),
        ("🚀 Launches", "#Launches"),
        ("C#", "#C"),
        ("_draft_", "#draft"),
        ("12月", "#12月"),
        ("חדשות AI", "#חדשות_AI"),
        ("a\u0301", "a\u0301"),
    ],
)
def test_a_category_with_blanks_or_signs_makes_one_hashtag(name: str, tag: str) -> None:
    assert hashtag(Category("x", name)) == tag


@pytest.mark.parametrize(
    "name",
    [
        "חדשות AI",
        "AI & ML",
        "🚀 Launches",
        "أخبار",
        "AI快讯",
        "AI 资讯",
        "Open-Source / News!",
        "日本語・ニュース",
        "한국어 소식",
        "x" * 300,
        "x_ " * 100,
        "2025年",
    ],
)
def test_telegram_finds_it_whole(name: str) -> None:
    from tests.tdlib import hashtags_in  # noqa: PLC0415 - only this test needs TDLib

    tag = hashtag(Category("x", name))

    assert hashtags_in(f"{tag} #next") == [tag, "#next"]


@pytest.mark.parametrize("sign", ["字", "🚀", "7", "a\u0301"])
def test_a_name_of_any_length_leaves_room_in_the_message(sign: str) -> None:
    assert len(hashtag(Category("x", sign * 3_000))) <= 65
