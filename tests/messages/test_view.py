"""How a digest looks in a chat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.messages.view import render
from storage.model import Category, Digest, Entity, EntityType, FormattedText, Item, Layout


def an_item(number: int = 1, *, headline: str = "Bees", summary: str = "They fly.", link: str | None = "") -> Item:
    link = f"https://a.example/{number}" if link == "" else link
    return Item(FormattedText(headline), link, FormattedText(summary), number=number)


def a_digest(*items: Item, permalink: str | None = None, title: str = "News") -> Digest:
    return Digest("x.md", title, None, day_only=False, categories=(), items=items, permalink=permalink)


def styles(text: str, entities: tuple[Entity, ...]) -> list[tuple[str, str]]:
    return [(e.type.value, text[e.offset : e.offset + e.length]) for e in entities]


def test_a_header_has_title_time_and_hashtags() -> None:
    digest = Digest(
        path="x.md",
        title="News & <more>",
        published_at=datetime(2025, 7, 22, 4, 0, 34, tzinfo=timezone(timedelta(hours=8))),
        day_only=False,
        categories=(Category("ai资讯", "AI 资讯"), Category("c++", "C++"), Category("2025", "2025")),
        items=(),
        permalink="https://example.org/x/",
    )

    (part,) = render(digest, layout="full", language="zh-Hans")

    assert part.text == "News & <more>\n2025年7月22日 04:00 UTC+8\n#AI_资讯 #C 2025"
    assert part.entities == (
        Entity(EntityType.TEXT_LINK, 0, 13, "https://example.org/x/"),
        Entity(EntityType.BOLD, 0, 13),
        Entity(EntityType.DATE_TIME, 14, 22, "1753128034"),
    )


def test_a_day_is_no_time_that_a_zone_could_move() -> None:
    digest = Digest("x.md", "News", datetime(2025, 7, 22, tzinfo=UTC), day_only=True, categories=(), items=())

    (part,) = render(digest, layout="full", language="en")

    assert part.text == "News\nJuly 22, 2025"
    assert [e.type for e in part.entities] == [EntityType.BOLD]


def test_the_full_layout_folds_each_summary_into_a_quote() -> None:
    (part,) = render(a_digest(an_item(1), an_item(2, link=None)), layout="full", language="en")

    assert part.text == "News\n\n1. Bees\nThey fly.\n\n2. Bees\nThey fly."
    assert styles(part.text, part.entities) == [
        ("bold", "News"),
        ("text_link", "Bees"),
        ("expandable_blockquote", "They fly."),
        ("bold", "Bees"),
        ("expandable_blockquote", "They fly."),
    ]


def test_a_quote_in_a_summary_is_italic_for_quotes_cannot_nest() -> None:
    summary = FormattedText("They say:\nwe fly", (Entity(EntityType.BLOCKQUOTE, 10, 6),))

    (part,) = render(a_digest(Item(FormattedText("Bees"), None, summary)), layout="full", language="en")

    assert styles(part.text, part.entities)[2:] == [("expandable_blockquote", summary.text), ("italic", "we fly")]


def test_the_headlines_layout_is_a_list_without_summaries() -> None:
    unnumbered = Item(FormattedText("Ants"), None, FormattedText("They walk."))
    sentence = Item(FormattedText(), "https://a.example/", FormattedText("We saw a moth. It was grey."))

    (part,) = render(a_digest(an_item(1), unnumbered, sentence), layout="headlines", language="en")

    assert part.text == "News\n\n1. Bees\n• Ants\n• We saw a moth."


def test_an_intro_stands_under_the_header_of_the_full_layout_alone() -> None:
    digest = replace(a_digest(an_item()), intro=FormattedText("Good morning!", (Entity(EntityType.ITALIC, 0, 4),)))

    (full,) = render(digest, layout="full", language="en")
    (headlines,) = render(digest, layout="headlines", language="en")

    assert full.text == "News\n\nGood morning!\n\n1. Bees\nThey fly."
    assert styles(full.text, full.entities)[1] == ("italic", "Good")
    assert headlines.text == "News\n\n1. Bees"


def test_a_long_intro_folds_and_one_that_no_message_can_hold_is_torn() -> None:
    long = replace(a_digest(an_item()), intro=FormattedText("Good morning! " * 30))
    endless = replace(a_digest(an_item()), intro=FormattedText("Good morning! " * 600))

    (part,) = render(long, layout="full", language="en")
    parts = render(endless, layout="full", language="en")

    assert styles(part.text, part.entities)[1] == ("expandable_blockquote", ("Good morning! " * 30).strip())
    assert sum(each.text.count("Good morning!") for each in parts) == 600
    assert parts[-1].text.endswith("1. Bees\nThey fly.")


def test_a_section_stands_above_its_first_item_only() -> None:
    items = [Item(FormattedText(name), None, section=section) for name, section in (("a", "S"), ("b", "S"), ("c", "T"))]

    (part,) = render(a_digest(*items), layout="headlines", language="en")

    assert part.text == "News\n\nS\n• a\n• b\n\nT\n• c"


def test_items_that_need_several_messages_are_not_torn_and_the_parts_are_counted() -> None:
    items = [an_item(number, summary="字" * 700 + "。") for number in range(1, 13)]

    parts = render(a_digest(*items), layout="full", language="zh-Hans")

    assert [part.text.split("\n")[0] for part in parts] == ["News (1/3)", "News (2/3)", "News (3/3)"]
    assert [part.text.count("字" * 700 + "。") for part in parts] == [5, 5, 2]


def test_an_item_that_no_message_can_hold_is_torn_after_a_sentence() -> None:
    sentence = "A sentence that says what every other says too. "

    parts = render(a_digest(an_item(summary=(sentence * 200).strip())), layout="full", language="en")

    assert len(parts) == 3
    assert all(part.text.endswith("too.") for part in parts)
    said = "".join(part.text.split("\n", 2)[2].strip().removeprefix("1. Bees\n") + " " for part in parts)
    assert said == sentence * 200
    assert [part.entities[-1].type for part in parts] == [EntityType.EXPANDABLE_BLOCKQUOTE] * 3


@pytest.mark.parametrize(
    ("language", "tail"),
    [
        ("en", "… and 1,975 more"),
        ("zh-Hans", "… 还有 1,975 条"),
    ],
)
def test_what_five_messages_cannot_hold_is_counted_with_a_link_to_where_it_is(language: str, tail: str) -> None:
    items = [an_item(number, summary="x" * 750) for number in range(1, 2001)]

    parts = render(a_digest(*items, permalink="https://example.org/x/"), layout="full", language=language)

    assert len(parts) == 5
    assert sum(part.text.count("x" * 750) for part in parts) == 25
    assert parts[-1].text.endswith(f"\n\n{tail}")
    assert parts[-1].entities[-1].value == "https://example.org/x/"
    assert all(part.rest is None for part in parts)


@pytest.mark.parametrize("most", [1, 2, 50])
def test_how_many_messages_there_are_at_most_is_a_setting(most: int) -> None:
    items = [an_item(number, summary="x" * 750) for number in range(1, 2001)]

    parts = render(a_digest(*items), layout="full", language="en", most=most)

    assert [part.text.split("\n")[0] for part in parts] == (
        ["News"] if most == 1 else [f"News ({number}/{most})" for number in range(1, most + 1)]
    )


def test_one_item_beyond_five_messages_leads_to_the_rest_of_it() -> None:
    parts = render(
        a_digest(an_item(summary="x" * 30_000), permalink="https://example.org/x/"), layout="full", language="en"
    )

    assert len(parts) == 5
    assert parts[-1].text.endswith("… read on")


@pytest.mark.parametrize("layout", ["full", "headlines"])
def test_a_message_has_at_most_a_hundred_entities_and_nine_thousand_bytes_of_them(layout: Layout) -> None:
    items = [an_item(number, link=f"https://a.example/{'y' * 300}/{number}") for number in range(1, 101)]

    parts = render(a_digest(*items), layout=layout, language="en", most=50)

    assert all(len(part.entities) <= 100 for part in parts)
    assert all(sum(20 + len(e.value) for e in part.entities) <= 9_000 for part in parts)
    assert sum(part.text.count("Bees") for part in parts) == 100


def test_a_title_of_any_length_leaves_room_for_items() -> None:
    parts = render(a_digest(an_item(), title="题" * 5_000), layout="full", language="en")

    assert len(parts) == 1
    assert "1. Bees" in parts[0].text


def test_a_digest_without_items_is_its_header() -> None:
    (part,) = render(a_digest(), layout="headlines", language="en")

    assert part.text == "News"


@pytest.mark.parametrize(("language", "words"), [("en", "Withdrawn by its publisher"), ("zh-Hans", "已被发布者撤回")])
def test_a_withdrawn_digest_says_so_first_and_can_still_be_read(language: str, words: str) -> None:
    digest = a_digest(an_item())

    (part,) = render(replace(digest, withdrawn=True), layout="full", language=language)

    assert part.text == f"{words}\nNews\n\n1. Bees\nThey fly."
    assert styles(part.text, part.entities)[:2] == [("bold", words), ("bold", "News")]


@pytest.mark.parametrize("words", range(20, 60))
def test_to_say_that_a_digest_is_withdrawn_changes_no_part_but_the_first(words: int) -> None:
    digest = a_digest(*(an_item(number, summary="word " * words) for number in range(1, 40)))

    before = render(digest, layout="full", language="en")
    after = render(replace(digest, withdrawn=True), layout="full", language="en")

    assert after[1:] == before[1:]
    assert after[0].text == f"Withdrawn by its publisher\n{before[0].text}"
