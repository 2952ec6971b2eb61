import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.messages.hits import Extent, Marks, show_hits, show_no_hits
from storage.model import EntityType, FormattedText, Hit, Item

NOON = datetime(2025, 7, 21, 12, tzinfo=UTC)


def a_hit(
    headline: str = "",
    *,
    link: str | None = None,
    summary: str = "",
    title: str = "Morning",
    permalink: str | None = None,
) -> Hit:
    item = Item(FormattedText(headline), link=link, summary=FormattedText(summary))
    return Hit(item, item_id=1, digest_id=1, title=title, permalink=permalink, at=NOON)


def where(*words: str) -> Marks:
    """Marks wherever one of *words* stands."""
    return lambda text: [(found.start(), len(found[0])) for found in re.finditer("|".join(words), text, re.IGNORECASE)]


def show(*hits: Hit, words: Sequence[str] = ("bees",), language: str = "en") -> FormattedText:
    return show_hits(language, " ".join(words), hits, Extent(0, len(hits), all=True), where(*words))


def stretches(shown: FormattedText, type_: EntityType) -> list[str]:
    return [shown.text[each.offset : each.offset + each.length] for each in shown.entities if each.type is type_]


def test_a_hit_is_its_headline_as_a_link_and_where_and_when_it_stood() -> None:
    shown = show(a_hit("Bees dance", link="https://example.org/bees"))

    assert shown.text == "bees · one item\n\n1. Bees dance\nMorning · Jul 21, 2025"
    assert stretches(shown, EntityType.CODE) == ["bees"]
    assert stretches(shown, EntityType.TEXT_LINK) == ["Bees dance"]
    assert stretches(shown, EntityType.BOLD) == ["Bees"]


def test_what_the_headline_does_not_say_is_shown_where_the_summary_does() -> None:
    summary = "It rained for days. Then, at last, the queen flew out; bees followed her to the old oak and stayed. " * 9
    shown = show(a_hit("Bees dance", summary=summary), words=("bees", "oak"))

    [_, headline, excerpt, _] = shown.text.replace("\n\n", "\n").split("\n")
    assert headline == "1. Bees dance"
    assert excerpt == "…her to the old oak and stayed. It rained for days. Then, at last, the…"
    assert stretches(shown, EntityType.BOLD) == ["Bees", "oak"]


def test_of_a_chinese_summary_the_sentence_is_shown() -> None:
    shown = show(a_hit("早报", summary="今天下雨。下午蜂后飞出，蜜蜂跟着它。"), words=("蜜蜂",), language="zh-Hans")

    assert shown.text == "蜜蜂 · 共 1 条\n\n1. 早报\n今天下雨。下午蜂后飞出，蜜蜂跟着它。\nMorning · 2025年7月21日"


def test_an_excerpt_takes_as_much_room_in_chinese_as_in_english() -> None:
    chinese = show(a_hit("早报", summary="蜜蜂飞舞" * 40), words=("蜜蜂",)).text.split("\n")[3]
    english = show(a_hit("News", summary="bees dance " * 40)).text.split("\n")[3]

    assert (len(chinese), len(english)) == (35, 70)


def test_a_summary_that_says_no_more_than_the_headline_is_not_shown() -> None:
    assert "followed" not in show(a_hit("Bees dance", summary="The bees followed.")).text


def test_a_hit_without_a_headline_shows_its_summary_and_without_a_link_its_digest() -> None:
    shown = show(a_hit(summary="Bees\nsleep", permalink="https://example.org/d"))

    assert "1. Bees sleep\n" in shown.text
    assert next(each.value for each in shown.entities if each.value) == "https://example.org/d"


def test_a_hit_without_any_link_is_plain() -> None:
    assert stretches(show(a_hit("Bees")), EntityType.TEXT_LINK) == []


@pytest.mark.parametrize(
    ("language", "extent", "heading"),
    [
        ("en", Extent(0, 12, all=True), "bees · 1–1 of 12"),
        ("en", Extent(10, 1000, all=False), "bees · 11–11 of 1,000+"),
        ("zh-Hans", Extent(10, 1000, all=False), "bees · 第 11–11 条，共 1,000+ 条"),
    ],
)
def test_the_heading_says_how_many_there_are(language: str, extent: Extent, heading: str) -> None:
    shown = show_hits(language, "bees", [a_hit("Bees")], extent, where("bees"))

    assert shown.text.split("\n")[0] == heading


def test_words_from_right_to_left_do_not_turn_the_heading() -> None:
    assert show(a_hit("Bees"), words=("דבורים", "bees")).text.startswith("דבורים bees\u200f · one item")


def test_ten_of_the_longest_hits_fit_a_message() -> None:
    link = "https://example.org/" + "a" * 580
    longest = a_hit("👩‍👩‍👧 bees " * 90, link=link, title="x" * 800, summary="oak " * 90)

    shown = show(*[longest] * 10, words=("bees", "oak", *["x" * 15] * 10))

    assert len(shown.text) <= 4_096 - 200
    assert len(shown.entities) <= 100
    assert sum(20 + len(entity.value.encode()) for entity in shown.entities) <= 9_000
    assert len(stretches(shown, EntityType.TEXT_LINK)) == 10


def test_nothing_found_says_what_was_looked_for_and_what_to_try() -> None:
    shown = show_no_hits("en", "bees", ["Try wasps."])

    assert shown.text == "bees · nothing\nTry wasps."
    assert stretches(shown, EntityType.CODE) == ["bees"]
