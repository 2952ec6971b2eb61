"""How a digest looks of which not all is shown, or not all is new."""

from dataclasses import replace

import pytest

from bot.messages.rest import BEGINNING
from bot.messages.selected import left_out
from bot.messages.view import render
from storage.model import ALL, Digest, EntityType, FormattedText, Heading, Item, Layout, Selection

HEADINGS = {7: Heading("早报", "https://example.org/early/"), 8: Heading("Late", None)}


def an_item(number: int, *, section: str | None = None, summary: str = "They fly.") -> Item:
    return Item(FormattedText(f"Bee {number}"), f"https://a.example/{number}", FormattedText(summary), section)


def a_digest(*items: Item, permalink: str | None = None) -> Digest:
    return Digest("x.md", "News", None, day_only=False, categories=(), items=items, permalink=permalink)


EIGHT = a_digest(*map(an_item, range(8)))


def shown(digest: Digest, selection: Selection, *, layout: Layout = "headlines", language: str = "en") -> str:
    (part,) = render(digest, layout=layout, language=language, selection=selection, headings=HEADINGS)
    return part.text


@pytest.mark.parametrize(("language", "words"), [("en", "2 of 8 items"), ("zh-Hans", "共 8 条，显示 2 条")])
def test_a_digest_of_which_not_all_is_shown_says_so_under_its_header(language: str, words: str) -> None:
    assert shown(EIGHT, Selection((1, 4)), language=language) == f"News\n{words}\n\n• Bee 1\n• Bee 4"


@pytest.mark.parametrize("layout", ["full", "headlines"])
def test_a_digest_of_which_all_is_selected_looks_as_one_of_which_nothing_is(layout: Layout) -> None:
    whole = render(EIGHT, layout=layout, language="en")

    assert render(EIGHT, layout=layout, language="en", selection=Selection(tuple(range(8)))) == whole
    assert render(EIGHT, layout=layout, language="en", selection=ALL, headings=HEADINGS) == whole


def test_an_intro_stays() -> None:
    digest = replace(EIGHT, intro=FormattedText("Good morning!"))

    assert shown(digest, Selection((3,)), layout="full").startswith("News\n1 of 8 items\n\nGood morning!\n\nBee 3\n")


def test_an_item_that_was_told_before_is_one_line_with_its_link_and_that_of_where_it_was() -> None:
    (part,) = render(EIGHT, layout="full", language="en", selection=Selection((0, 2), ((2, 7),)), headings=HEADINGS)

    assert part.text == "News\n2 of 8 items\n\nBee 0\nThey fly.\n\n• Bee 2 · also in 早报"
    links = [(part.text[e.offset :][: e.length], e.value) for e in part.entities if e.type is EntityType.TEXT_LINK]
    assert links[1:] == [("Bee 2", "https://a.example/2"), ("早报", "https://example.org/early/")]


def test_what_was_told_before_is_said_in_chinese() -> None:
    told = Selection(None, ((6, 7), (7, 8)))

    assert shown(EIGHT, told, language="zh-Hans").endswith("• Bee 6 · 已见于《早报》\n• Bee 7 · 已见于《Late》")


def test_where_nobody_knows_where_an_item_was_told_it_is_folded_all_the_same() -> None:
    assert shown(EIGHT, Selection((1, 2), ((1, 99),)), layout="full").split("\n\n")[1:] == [
        "• Bee 1",
        "Bee 2\nThey fly.",
    ]


def test_items_told_before_stand_close_together() -> None:
    told = Selection((1, 2, 3), ((2, 8), (3, 8)))

    assert shown(EIGHT, told, layout="full").endswith("\n\n• Bee 2 · also in Late\n• Bee 3 · also in Late")


def test_a_section_stands_above_the_first_of_its_items_that_is_shown() -> None:
    sections = ["S", "S", "T", "T", "S", None]
    digest = a_digest(*(an_item(number, section=section) for number, section in enumerate(sections)))

    assert (
        shown(digest, Selection((1, 3, 4, 5)))
        == "News\n4 of 6 items\n\nS\n• Bee 1\n\nT\n• Bee 3\n\nS\n• Bee 4\n• Bee 5"
    )
    assert shown(digest, Selection((1, 4))) == "News\n2 of 6 items\n\nS\n• Bee 1\n• Bee 4"


def test_only_the_last_part_says_how_many_items_are_left_out_and_only_at_first() -> None:
    digest = a_digest(*(an_item(number, summary="word " * 190) for number in range(30)))
    selection = Selection(tuple(range(0, 30, 2)))

    first = render(digest, layout="full", language="en", most=2, selection=selection)
    rest = first[-1].rest
    assert rest is not None
    more = render(digest, layout="full", language="en", most=5, selection=selection, start=rest.begins)

    assert [part.left_out for part in first] == [0, 15]
    assert rest.label == "… and 7 more"
    assert [part.left_out for part in more] == [0] * len(more)


def test_what_was_left_out_is_a_selection_too() -> None:
    others = left_out(EIGHT, Selection((0, 1, 2, 4, 7)))

    assert shown(EIGHT, others) == "News\n3 of 8 items\n\n• Bee 3\n• Bee 5\n• Bee 6"
    assert left_out(EIGHT, ALL).items == ()


def test_places_of_another_revision_are_none() -> None:
    parts = render(EIGHT, layout="full", language="en", selection=Selection((7, 8, 900), ((900, 7),)), start=BEGINNING)

    assert parts[0].text == "News\n1 of 8 items\n\nBee 7\nThey fly."


def test_to_say_that_it_is_withdrawn_changes_no_part_but_the_first() -> None:
    for words in range(20, 60):
        digest = a_digest(*(an_item(number, summary="word " * words) for number in range(1, 60)))
        selection = Selection(tuple(range(0, 59, 2)), ((2, 7), (4, 8)))

        before = render(digest, layout="full", language="en", selection=selection)
        after = render(replace(digest, withdrawn=True), layout="full", language="en", selection=selection)

        assert after[1:] == before[1:]
        assert after[0].text == f"Withdrawn by its publisher\n{before[0].text}"
