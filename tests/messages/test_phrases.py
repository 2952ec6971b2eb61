"""Sentences in the reader's language."""

import pytest

from bot.messages.phrases import choose_language, languages, phrase


def test_there_are_chinese_and_english() -> None:
    assert languages() == ("en", "zh-Hans")


def test_a_phrase_says_its_facts() -> None:
    assert phrase("en", "more-items", count=1412) == "… and 1,412 more"
    assert phrase("zh-Hans", "part-of", part=2, parts=3) == "(2/3)"


def test_a_missing_phrase_language_or_fact_is_an_error() -> None:
    with pytest.raises(KeyError, match="no phrase"):
        phrase("en", "no-such-phrase")
    with pytest.raises(KeyError, match="no language"):
        phrase("tlh", "more-items")
    with pytest.raises(KeyError, match="more-items"):
        phrase("en", "more-items")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-hans", "zh-Hans"),
        ("zh_Hant_TW", "zh-Hans"),
        ("en", "en"),
        ("en-GB", "en"),
        ("de", "en"),
        ("x-klingon", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_nearest_language_that_we_speak_is_chosen(tag: str | None, language: str) -> None:
    assert choose_language(tag) == language


def test_a_fact_may_be_called_language_or_name() -> None:
    with pytest.raises(KeyError, match="no phrase"):
        phrase("en", "no-such-phrase", language="zh", name="x")
