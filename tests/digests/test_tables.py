"""Tables read well on a phone, and cost no more than their cells."""

import time

import pytest

from bot.digests.tables import lay_out, width
from storage.model import Entity, EntityType, FormattedText


def rows_of(*rows: str) -> list[list[FormattedText]]:
    return [[FormattedText(cell) for cell in row.split("|")] for row in rows]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("bees", 4),
        ("蜜蜂 b", 6),
        ("ｂ", 2),
        ("ﾐﾂ", 2),
        ("e\u0301", 1),
        ("🐝", 2),
        ("👨‍👩‍👧", 2),
        ("❤\ufe0f", 1),
        ("🇩🇪", 2),
        ("한글", 4),
        ("", 0),
    ],
    ids=ascii,
)
def test_the_width_of_a_text_is_what_a_fixed_width_font_needs(text: str, cells: int) -> None:
    assert width(text) == cells


def test_columns_stand_below_one_another_whatever_is_in_them() -> None:
    table = lay_out(rows_of("Tool|速度|", "蜂鸟|12 ms|🐝", "Ink|9 ms|👨‍👩‍👧 x"))

    assert table.text == "Tool  速度\n蜂鸟  12 ms  🐝\nInk   9 ms   👨‍👩‍👧 x"
    assert table.entities == (Entity(EntityType.PRE, 0, len(table.text)),)


def test_a_row_may_be_shorter_or_longer_than_the_first() -> None:
    assert lay_out(rows_of("a|b", "c", "d|e|f")).text == "a  b\nc\nd  e  f"


def test_what_does_not_fit_a_phone_is_rows_in_which_each_cell_has_its_columns_name() -> None:
    wide = "so much is said of it here"

    table = lay_out(rows_of("Tool|What", f"Quill|{wide}", f"|{wide}", f"Ink|{wide}|more"))

    assert table.text == f"Tool: Quill · What: {wide}\nWhat: {wide}\nTool: Ink · What: {wide} · more"
    assert [table.text[e.offset : e.offset + e.length] for e in table.entities] == ["Quill", "Ink"]


def test_a_table_of_links_is_rows_for_code_has_none() -> None:
    link = FormattedText("Ink", (Entity(EntityType.TEXT_LINK, 0, 3, "https://a.example/"),))

    table = lay_out([[FormattedText("Tool")], [link]])

    assert table.text == "Tool: Ink"
    assert table.entities[0].value == "https://a.example/"


@pytest.mark.parametrize(
    "rows",
    [
        [[FormattedText("x")] * 30_000] * 2,
        [[FormattedText("x")] * 2] * 30_000,
        [[FormattedText("x" * 100)] * 2] * 30_000,
        [[FormattedText("x")] * 15_000, *[[FormattedText("y")]] * 15_000],
    ],
    ids=["many columns", "many rows", "many wide rows", "rows that are shorter than the first"],
)
def test_a_hostile_table_is_laid_out_in_no_time(rows: list[list[FormattedText]]) -> None:
    before = time.process_time()

    text = lay_out(rows).text

    # Ten times what it takes here, and more.
    assert time.process_time() - before < 4
    assert len(text) >= 30_000
