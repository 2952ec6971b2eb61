"""What an operator wrote is announced as they wrote it, and its last lines become buttons."""

import pytest

from bot.messages.announcement_read import Problem, read_announcement
from storage.model import Content


def read(text: str, **more: object) -> Content | Problem:
    return read_announcement(Content(text), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "buttons"),
    [
        ("Read more - https://a.org/x", ((("Read more", "https://a.org/x"),),)),
        ("阅读全文 — https://a.org", ((("阅读全文", "https://a.org"),),)),
        ("A – B - http://a.org", ((("A – B", "http://a.org"),),)),
        ("One - https://a.org | Two - https://b.org", ((("One", "https://a.org"), ("Two", "https://b.org")),)),
        ("One - https://a.org\nTwo - tg://resolve?domain=x", ((("One", "https://a.org"),), (("Two", "tg://resolve?domain=x"),))),
        ("More: https://a.org", ()),
        ("One - https://a.org | and more", ()),
        ("- https://a.org", ()),
        ("See https://a.org - it is good", ()),
    ],
)  # fmt: skip
def test_last_lines_with_a_label_and_a_link_are_buttons(lines: str, buttons: object) -> None:
    content = read(f"Hello\n\n{lines}")

    assert isinstance(content, Content)
    assert content.buttons == buttons
    assert content.text == ("Hello" if buttons else f"Hello\n\n{lines}")


def test_a_line_like_that_in_the_middle_stays() -> None:
    content = read("One - https://a.org\nis what it is")

    assert content == Content("One - https://a.org\nis what it is")


def test_styles_end_where_the_text_does_and_what_telegram_finds_is_left_to_it() -> None:
    text = "🐝 Bees dance\nMore - https://a.org"
    entities = [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "blockquote", "offset": 0, "length": 36},
        {"type": "url", "offset": 21, "length": 13},
        {"type": "text_link", "offset": 8, "length": 5, "url": "https://b.org"},
        {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "1"},
        {"type": "italic", "offset": 14, "length": 4},
    ]

    content = read(text, entities=entities)

    assert isinstance(content, Content)
    assert content.text == "🐝 Bees dance"
    assert content.entities == (
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "blockquote", "offset": 0, "length": 13},
        {"type": "text_link", "offset": 8, "length": 5, "url": "https://b.org"},
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("More - https://a.org", "announcement-empty"),
        ("Hello\nMore - https://localhost/x", "announcement-bad-link"),
        ("Hello\nHer - tg://user?id=7", "announcement-bad-link"),
        (f"Hello\n{'x' * 65} - https://a.org", "announcement-long-label"),
    ],
)
def test_what_cannot_be_announced_is_said(text: str, problem: str) -> None:
    found = read(text)

    assert isinstance(found, Problem)
    assert found.phrase == problem


def test_a_caption_may_be_empty_and_not_as_long_as_a_text() -> None:
    picture = Content("", "sendPhoto", "picture-1")

    assert read_announcement(picture) == picture
    found = read_announcement(Content("x" * 1_025, "sendPhoto", "picture-1"))
    assert found == Problem("announcement-long-caption", {"most": 1_024, "count": 1_025})


def test_the_buttons_of_what_is_forwarded_stay_above_those_that_are_written() -> None:
    content = read("Hello\nTwo - https://b.org", buttons=[[("One", "https://a.org")]])

    assert isinstance(content, Content)
    assert content.buttons == ((("One", "https://a.org"),), (("Two", "https://b.org"),))
