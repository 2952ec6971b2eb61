"""Entities are brought into the shape that Telegram keeps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.builder import TextBuilder, join
from bot.digests.entities import cut, lines_of, replace, settle
from storage.model import Entity, EntityType, FormattedText

BOLD, ITALIC, CODE, LINK = EntityType.BOLD, EntityType.ITALIC, EntityType.CODE, EntityType.TEXT_LINK
QUOTE, FOLDED, PRE = EntityType.BLOCKQUOTE, EntityType.EXPANDABLE_BLOCKQUOTE, EntityType.PRE
URL = "https://a.example/"


@pytest.mark.parametrize(
    ("given_ones", "settled"),
    [
        ([Entity(BOLD, 2, 4), Entity(ITALIC, 0, 10)], [Entity(ITALIC, 0, 10), Entity(BOLD, 2, 4)]),
        ([Entity(BOLD, 0, 10), Entity(CODE, 3, 2)], [Entity(BOLD, 0, 3), Entity(CODE, 3, 2), Entity(BOLD, 5, 5)]),
        ([Entity(LINK, 0, 5, URL), Entity(CODE, 0, 5)], [Entity(LINK, 0, 5, URL)]),
        ([Entity(LINK, 0, 5, URL), Entity(LINK, 3, 5, URL)], [Entity(LINK, 0, 5, URL)]),
        ([Entity(FOLDED, 0, 10), Entity(QUOTE, 2, 3)], [Entity(FOLDED, 0, 10)]),
        ([Entity(FOLDED, 0, 10), Entity(PRE, 2, 3)], [Entity(FOLDED, 0, 10), Entity(PRE, 2, 3)]),
        ([Entity(BOLD, 0, 5), Entity(BOLD, 3, 4)], [Entity(BOLD, 0, 7)]),
        ([Entity(BOLD, 0, 5), Entity(BOLD, 5, 2)], [Entity(BOLD, 0, 7)]),
        ([Entity(BOLD, 0, 5), Entity(ITALIC, 3, 5)], [Entity(BOLD, 0, 5), Entity(ITALIC, 3, 2), Entity(ITALIC, 5, 3)]),
        (
            [Entity(BOLD, 0, 5), Entity(LINK, 3, 5, URL)],
            [Entity(BOLD, 0, 3), Entity(LINK, 3, 5, URL), Entity(BOLD, 3, 2)],
        ),
        ([Entity(BOLD, 4, 0), Entity(BOLD, 9, 5)], [Entity(BOLD, 9, 1)]),
        (
            [Entity(BOLD, 0, 3), Entity(ITALIC, 0, 3), Entity(LINK, 1, 4, URL)],
            [
                Entity(BOLD, 0, 1),
                Entity(ITALIC, 0, 1),
                Entity(LINK, 1, 4, URL),
                Entity(ITALIC, 1, 2),
                Entity(BOLD, 1, 2),
            ],
        ),
    ],
)
def test_what_overlaps_is_resolved(given_ones: list[Entity], settled: list[Entity]) -> None:
    assert settle("abcdefghij", given_ones) == FormattedText("abcdefghij", tuple(settled))


def test_blanks_at_the_ends_of_a_text_or_a_style_are_cut_off() -> None:
    assert settle("  ab cd  ", [Entity(BOLD, 0, 5), Entity(ITALIC, 5, 4)]) == FormattedText(
        "ab cd", (Entity(BOLD, 0, 2), Entity(ITALIC, 3, 2))
    )


def test_code_in_the_blanks_that_are_cut_off_goes_with_them() -> None:
    assert settle("  ab", [Entity(CODE, 0, 1), Entity(PRE, 1, 0)]) == FormattedText("ab")


def test_code_that_leaves_a_quote_by_its_blanks_alone_stays_code() -> None:
    assert settle("a\n  b\n  c d", [Entity(PRE, 2, 7), Entity(FOLDED, 2, 9)]) == FormattedText(
        "a\n  b\n  c d", (Entity(FOLDED, 4, 7), Entity(PRE, 4, 5))
    )


def test_a_builder_keeps_the_offsets() -> None:
    inner = FormattedText("x y", (Entity(BOLD, 2, 1),))
    builder = TextBuilder().append("a ").append(inner, LINK, URL).append(" ")
    builder.open(ITALIC)
    builder.append("z")

    assert builder.build() == FormattedText(
        "a x y z", (Entity(LINK, 2, 3, URL), Entity(BOLD, 4, 1), Entity(ITALIC, 6, 1))
    )


def test_texts_are_joined_and_cut_with_their_styles() -> None:
    bold = FormattedText("bold", (Entity(BOLD, 0, 4),))

    joined = join([bold, FormattedText("plain"), bold], ", ")

    assert joined == FormattedText("bold, plain, bold", (Entity(BOLD, 0, 4), Entity(BOLD, 13, 4)))
    assert cut(joined, 2, 15) == FormattedText("ld, plain, bo", (Entity(BOLD, 0, 2), Entity(BOLD, 11, 2)))
    assert lines_of(joined, ",") == [bold, FormattedText("plain"), bold]
    assert replace(joined, [(4, 6, "+"), (11, 13, " and ")]) == FormattedText(
        "bold+plain and bold", (Entity(BOLD, 0, 4), Entity(BOLD, 15, 4))
    )


VALUES = {LINK: URL, EntityType.DATE_TIME: "1753128034"}
ENTITIES = st.builds(
    lambda kind, offset, length: Entity(kind, offset, length, VALUES.get(kind, "")),
    st.sampled_from(list(EntityType)),
    st.integers(0, 20),
    st.integers(0, 20),
)


@settings(max_examples=1_000, deadline=None)
@given(st.text(alphabet="ab 字🚀\n", min_size=1, max_size=20), st.lists(ENTITIES, max_size=8))
def test_telegram_changes_nothing_of_what_is_settled(text: str, entities: list[Entity]) -> None:
    from bot.messages.entities import as_bot_api  # noqa: PLC0415 - only this test needs TDLib
    from tests.tdlib import judge  # noqa: PLC0415

    settled = settle(text, entities)

    if settled.text:
        judge(settled.text, as_bot_api(settled.text, settled.entities))
