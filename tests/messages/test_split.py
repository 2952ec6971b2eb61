"""A text is cut where a reader would pause, and never inside what a reader sees as one character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.budget import Budget
from bot.messages.graphemes import boundary_before
from bot.messages.split import divide, first_sentence
from storage.model import Entity, EntityType, FormattedText


@pytest.mark.parametrize(
    ("text", "room", "head"),
    [
        ("Fits.", 10, "Fits."),
        ("第一句。第二句很长很长很长", 10, "第一句。第二句很长很"),
        ("第一句很长。第二句很长很长", 10, "第一句很长。"),
        ("他说：“好！”然后走了很远", 10, "他说：“好！”"),
        ("One two. Three four", 12, "One two."),
        ("Version 3.5 is out now", 12, "Version 3.5"),
        ("onlyonelongword", 6, "onlyon"),
        ("First line\nsecond", 14, "First line"),
    ],
)
def test_a_text_is_cut_after_a_sentence_else_a_word_else_anywhere(text: str, room: int, head: str) -> None:
    first, rest = divide(FormattedText(text), Budget(room))

    assert first.text == head
    assert (first.text + rest.text).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    "whole",
    [
        "👨‍👩‍👧‍👦",
        "👍🏽",
        "e\u0301\u0302",
        "🇩🇪",
        "❤️",
        "葛\U000e0100",
        "\u1112\u1161\u11ab",
        "🏴\U000e0067\U000e007f",
        "1️⃣",
    ],
    ids=ascii,
)
def test_what_a_reader_sees_as_one_character_is_not_torn(whole: str) -> None:
    text = "ab" + whole + "cd"

    places = {boundary_before(text, at) for at in range(1, len(text))}

    assert places.isdisjoint(range(3, 2 + len(whole)))


def test_flags_are_cut_in_pairs() -> None:
    assert [boundary_before("🇩🇪🇫🇷🇯🇵", at) for at in range(1, 6)] == [0, 2, 2, 4, 4]


def test_an_endless_pile_of_accents_is_cut_all_the_same() -> None:
    assert boundary_before("e" + "\u0301" * 500, 300) == 300


def test_the_styles_go_on_in_both_halves() -> None:
    text = FormattedText("one. two.", (Entity(EntityType.BOLD, 0, 9),))

    assert divide(text, Budget(6)) == (
        FormattedText("one.", (Entity(EntityType.BOLD, 0, 4),)),
        FormattedText("two.", (Entity(EntityType.BOLD, 0, 4),)),
    )


def test_a_text_is_cut_before_the_entity_that_would_be_one_too_many() -> None:
    text = FormattedText("a b c", tuple(Entity(EntityType.BOLD, at, 1) for at in (0, 2, 4)))

    first, rest = divide(text, Budget(100, entities=2))

    assert (first.text, rest.text) == ("a b", "c")


@given(st.text(min_size=1), st.integers(1, 40))
def test_dividing_on_and_on_gives_back_the_whole_text(text: str, room: int) -> None:
    rest, pieces = FormattedText(text.strip()), []
    while rest.text:
        piece, rest = divide(rest, Budget(room))
        assert 0 < len(piece.text) <= room
        pieces.append(piece.text)

    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_first_sentence_may_be_too_long() -> None:
    assert first_sentence(FormattedText("One. Two."), 20).text == "One."
    assert first_sentence(FormattedText("x" * 30), 20).text == "x" * 20 + "…"
    assert first_sentence(FormattedText("short"), 20).text == "short"
