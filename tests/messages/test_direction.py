"""Texts from right to left stand in their lines as a reader of theirs would have written them."""

import pytest

from bot.messages.direction import mark_after, without_stray_marks
from bot.messages.view import render
from storage.model import Category, Digest, Entity, EntityType, FormattedText, Item

LEFT, RIGHT = "\u200e", "\u200f"


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("News of the day", ""),
        ("日报 2025", ""),
        ("חדשות היום", ""),
        ("أخبار اليوم 2025", ""),
        ("News from ישראל", LEFT),
        ("News from ישראל!", LEFT),
        ("أخبار AI", RIGHT),
        ("News \u200f", LEFT),
        ("2025", ""),
    ],
    ids=ascii,
)
def test_a_text_that_turns_on_its_way_is_turned_back_behind_it(title: str, mark: str) -> None:
    assert mark_after(title) == mark


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c"], ids=ascii)
def test_a_mark_of_direction_stays_only_where_something_runs_from_right_to_left(mark: str) -> None:
    bold = (Entity(EntityType.BOLD, 5, 4),)

    assert without_stray_marks(FormattedText(f"{mark}The {mark}bees{mark}", (Entity(EntityType.BOLD, 6, 4),))) == (
        FormattedText("The bees", (Entity(EntityType.BOLD, 4, 4),))
    )
    hebrew = FormattedText(f"{mark}חדש{mark} AI", bold)
    assert without_stray_marks(hebrew) == hebrew


def test_the_count_stays_behind_a_title_that_ends_from_right_to_left() -> None:
    items = tuple(Item(FormattedText("a"), None, FormattedText("x" * 900)) for _ in range(6))
    digest = Digest("x.md", "News from ישראל", None, day_only=False, categories=(), items=items)

    parts = render(digest, layout="full", language="en")

    assert [part.text.split("\n")[0] for part in parts] == [
        f"News from ישראל{LEFT} (1/2)",
        f"News from ישראל{LEFT} (2/2)",
    ]
    assert parts[0].entities[0] == Entity(EntityType.BOLD, 0, 15)


def test_a_stray_mark_turns_neither_number_nor_title() -> None:
    item = Item(FormattedText(f"{RIGHT}Bees"), "https://a.example/", number=1)
    digest = Digest("x.md", f"{RIGHT}News", None, day_only=False, categories=(Category("ai", "AI"),), items=(item,))

    (part,) = render(digest, layout="full", language="en")

    assert part.text == "News\n#AI\n\n1. Bees"
