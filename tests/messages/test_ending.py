"""What may stand under a digest, how it is laid out, and what is said of what may not."""

import pytest

from bot.messages.ending import LONGEST_FOOTER, ROOM, button_rows, text_of
from bot.messages.ending_read import Problem, read_footer, read_links, read_signature
from bot.messages.parts import with_ending
from bot.messages.view import render
from storage.model import Ending, Entity, EntityType, FormattedText
from tests.builders import a_digest, an_item
from tests.messages.endings_at_random import LARGEST

SITE = "https://example.org/"
FOOTER = FormattedText("Read more", (Entity(EntityType.TEXT_LINK, 0, 9, SITE),))
# Each fills half a message and more.
LONG = "x" * 2_400


def test_the_footer_stands_below_a_blank_line_and_the_signature_below_it() -> None:
    (part,) = render(a_digest(an_item("Bees")), layout="headlines", language="en", signed=True)

    ended = with_ending(part, Ending(FOOTER, "AI Daily"))

    assert ended.text == f"{part.text}\n\nRead more\n— AI Daily"
    assert ended.entities[-2:] == (
        Entity(EntityType.TEXT_LINK, len(part.text) + 2, 9, SITE),
        Entity(EntityType.ITALIC, len(part.text) + 12, 10),
    )


@pytest.mark.parametrize(
    ("ending", "below"),
    [(Ending(FOOTER), "Read more"), (Ending(signature="AI Daily"), "— AI Daily"), (Ending(links=(("a", SITE),)), "")],
)
def test_what_is_not_there_leaves_no_gap(ending: Ending, below: str) -> None:
    assert text_of(ending).text == below


def test_only_the_last_part_is_shorter_for_it_and_no_part_is_an_ending_alone() -> None:
    digest = a_digest(*(an_item(f"Story {number}", LONG) for number in range(3)))
    parts = render(digest, layout="full", language="en", signed=True)
    full = a_digest(an_item("Story 0", "x" * 1_800), an_item("Story 1", "x" * 1_800), an_item("Story 2", "x" * 370))
    one = render(full, layout="full", language="en")
    two = render(full, layout="full", language="en", signed=True)

    assert parts == render(digest, layout="full", language="en")
    # Where the ending is too much, the last story stands above it.
    assert (len(one), len(two)) == (1, 2)
    assert "Story 2" in two[1].text
    assert all(len(with_ending(each[-1], LARGEST).text) <= 4_096 for each in (parts, two))


def test_the_largest_takes_the_room_that_is_left_for_it() -> None:
    text = text_of(LARGEST)

    assert len(text.text) + len("\n\n") == ROOM.characters
    assert len(text.entities) == ROOM.entities


def test_buttons_stand_in_one_row_if_a_phone_shows_them_whole() -> None:
    short = [("Website", SITE), ("Archive", SITE), ("Chat", SITE)]

    assert [len(row) for row in button_rows(short)] == [3]
    assert [len(row) for row in button_rows([("网站", SITE), ("全部往期内容与搜索", SITE), ("讨论群", SITE)])] == [3]
    assert [len(row) for row in button_rows([*short[:2], ("What readers say about it", SITE)])] == [1, 1, 1]
    assert button_rows([]) == []


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("Website - https://example.org/", (("Website", SITE),)),
        ("网站：https://example.org/", (("网站", SITE),)),
        ("网站：example.org\nSite:example.org?a=b.c", (
            ("网站", "https://example.org"), ("Site", "https://example.org?a=b.c"),
        )),
        ("v2.0 | https://a.example/x?y=https://b.example", (("v2.0", "https://a.example/x?y=https://b.example"),)),
        ("Web - site — example.org/news", (("Web - site", "https://example.org/news"),)),
        ("Chat @example_chat\n\nApp | tg://resolve?domain=x", (
            ("Chat", "https://t.me/example_chat"), ("App", "tg://resolve?domain=x"),
        )),
    ],
)  # fmt: skip
def test_buttons_are_read_as_people_type_them(typed: str, links: tuple[tuple[str, str], ...]) -> None:
    assert read_links(typed) == links


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Website", Problem("button-without-link", words="Website")),
        ("Mail - mailto:a@b.example", Problem("button-without-link", words="Mail - mailto:a@b.example")),
        ("File - ftp://a.example", Problem("button-without-link", words="File - ftp://a.example")),
        ("Mine - http://localhost/", Problem("button-without-link", words="Mine http://localhost/")),
        ("Price - 3.50", Problem("button-without-link", words="Price - 3.50")),
        ("Ada - tg://user?id=7", Problem("button-without-link", words="Ada tg://user?id=7")),
        ("- https://example.org/", Problem("button-without-words", words=SITE)),
        (f"{'x' * 33} {SITE}", Problem("button-too-long", 32, 33, "x" * 33)),
        (f"Site {SITE}\n" * 4, Problem("too-many-buttons", 3, 4)),
        (" \n", Problem("ending-empty")),
    ],
)
def test_what_is_wrong_with_a_button_is_told(typed: str, problem: Problem) -> None:
    assert read_links(typed) == problem


def test_a_footer_keeps_its_styles_and_links_that_open() -> None:
    dead = (Entity(EntityType.TEXT_LINK, 0, 4, "tg://user?id=7"), Entity(EntityType.TEXT_LINK, 5, 4, "javascript:x"))
    bold = Entity(EntityType.BOLD, 0, 4)

    assert read_footer(FOOTER) == FOOTER
    assert read_footer(FormattedText("Read more", (*dead, bold))) == FormattedText("Read more", (bold,))


def test_what_is_wrong_with_a_footer_or_signature_is_told() -> None:
    many = tuple(Entity(EntityType.BOLD, 2 * at, 1) for at in range(11))

    assert read_footer(FormattedText("x" * 301)) == Problem("footer-too-long", LONGEST_FOOTER, 301)
    assert read_footer(FormattedText("x" * 30, many)) == Problem("footer-too-heavy")
    assert read_footer(FormattedText("\u200b \n")) == Problem("ending-empty")
    assert read_signature("x" * 65) == Problem("signature-too-long", 64, 65)
    assert read_signature("— ") == Problem("ending-empty")
    assert read_signature("— AI\nDaily ") == "AI Daily"
