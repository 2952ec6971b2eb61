"""What stands under the last part of what was sent."""

from dataclasses import replace

import pytest

from bot.delivery.buttons import keyboard_for
from bot.messages.parts import MessagePart
from bot.messages.rest import Place, Rest
from bot.messages.taps import Save, ShowLeftOut, ShowRest, ShowRestOfRoundup, ShowRestOfSelected, Tap, Why, read
from storage.model import Collected, MadeOf, Selection

REST = Rest("… and 3 more", "… and 3 more", Place(5, 0, 5))
PART = MessagePart("News", ())
WHOLE = MadeOf(7, 2, "full", "en")
SOME = replace(WHOLE, selection=Selection((0, 2)))
ROUNDUP = replace(WHOLE, collected=(Collected(6, 1), Collected(7, 2)))


def offered(part: MessagePart, made_of: MadeOf) -> list[list[tuple[str, Tap | None]]]:
    rows = keyboard_for(part, made_of, private=True, last=True)
    return [[(each["text"], read(each["callback_data"])) for each in row] for row in rows]


def test_a_digest_can_be_saved_and_asked_about() -> None:
    assert offered(PART, WHOLE) == [[("🔖 Save", Save(7, 0, True)), ("Why?", Why(7))]]


def test_what_is_left_of_it_stands_above() -> None:
    part = replace(PART, rest=REST)

    assert offered(part, WHOLE)[:-1] == [[("… and 3 more", ShowRest(7, 2, 0, 5, 0, 5))]]


def test_of_a_selection_what_is_left_and_what_was_left_out_are_two() -> None:
    part = replace(PART, rest=REST, left_out=4)

    assert offered(part, SOME)[:-1] == [
        [("… and 3 more", ShowRestOfSelected(7, 2, 0, 5, 0, 5))],
        [("The other 4 items", ShowLeftOut(7, 2, 0, 0, 0, 0))],
    ]


@pytest.mark.parametrize(
    ("language", "count", "label"),
    [("en", 1, "The other item"), ("zh-Hans", 1, "其余 1 条"), ("zh-Hans", 3, "其余 3 条")],
)
def test_the_label_counts_in_the_language_of_the_digest(language: str, count: int, label: str) -> None:
    rows = offered(replace(PART, left_out=count), replace(SOME, language=language))

    assert rows[0][0][0] == label


def test_a_roundup_goes_on_and_can_be_asked_about() -> None:
    rows = offered(replace(PART, rest=REST), ROUNDUP)

    assert rows == [[("… and 3 more", ShowRestOfRoundup(7, 2, 0, 5, 0, 5))], [("Why?", Why(7))]]


def test_in_groups_and_under_other_parts_there_are_no_buttons() -> None:
    part = replace(PART, rest=REST, left_out=4)

    assert keyboard_for(part, SOME, private=False, last=True) == []
    assert keyboard_for(part, SOME, private=True, last=False) == []
