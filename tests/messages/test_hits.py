from datetime import UTC, datetime

from bot.messages.hits import show_hits, show_no_hits
from storage.model import Entity, EntityType, FormattedText, Hit, Item

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


def test_a_hit_is_its_headline_as_a_link_and_where_and_when_it_stood() -> None:
    shown = show_hits("en", "bees", [a_hit("Bees dance", link="https://example.org/bees")], are_all=True)

    assert shown.text == "One item with “bees”\n\n1. Bees dance\nMorning · Jul 21, 2025"
    assert shown.entities == (
        Entity(EntityType.TEXT_LINK, 25, 10, "https://example.org/bees"),
        Entity(EntityType.DATE_TIME, 46, 12, "1753099200"),
    )


def test_a_hit_without_a_headline_shows_its_summary_and_without_a_link_its_digest() -> None:
    shown = show_hits("en", "bees", [a_hit(summary="Bees\nsleep", permalink="https://example.org/d")], are_all=True)

    assert "1. Bees sleep\n" in shown.text
    assert shown.entities[0].value == "https://example.org/d"


def test_a_hit_without_any_link_is_plain() -> None:
    shown = show_hits("en", "bees", [a_hit("Bees")], are_all=True)

    assert [entity.type for entity in shown.entities] == [EntityType.DATE_TIME]


def test_ten_of_the_longest_hits_fit_a_message() -> None:
    link = "https://example.org/" + "蜂" * 700
    longest = a_hit("👩‍👩‍👧 " * 900, link=link, title="x" * 800)

    shown = show_hits("zh-Hans", "蜂" * 200, [longest] * 10, are_all=False)

    assert len(shown.text) <= 4_096
    assert sum(20 + len(entity.value.encode()) for entity in shown.entities) <= 9_000


def test_what_was_not_found_is_not_repeated_whole() -> None:
    assert len(show_no_hits("en", "x" * 200)) < 100
