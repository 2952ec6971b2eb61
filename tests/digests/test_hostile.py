"""No file costs more time than its size gives reason for, and none loses its words."""

import time
from datetime import UTC, datetime

import pytest

from bot.digests.brackets import plain_brackets
from bot.digests.markdown import read_markdown
from bot.digests.prose import write
from bot.digests.read import read_digest
from bot.digests.site import Site
from bot.digests.structure import items_of

SIZE = 100_000


def filled(piece: str) -> str:
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


@pytest.mark.parametrize(
    "body",
    [
        *map(filled, ("![", "[", "[a][", "![a](", "x\n![", "\\[[", "![[]", "[a](<b", "*a_b~~c`d[e](f<g")),
        *map(
            filled,
            ("*a**b", "**a ", "~~a ", "<x>\n", "<!--", "<b>", "{{", "{%", "|a", "10. a\n\n   ```\n", "- [a](b)\n"),
        ),
        "[" * (SIZE // 2) + "]" * (SIZE // 2),
        "[" * (SIZE // 5) + "a" + "](b)" * (SIZE // 5),
        "![" * (SIZE // 6) + "a" + "](b)" * (SIZE // 6),
    ],
    ids=lambda body: body[:8],
)
def test_a_hostile_file_is_read_in_time(body: str) -> None:
    begin = time.thread_time()

    read_digest(body.encode(), "x.md", site=Site(), now=datetime(2026, 1, 1, tzinfo=UTC))

    # Ten times what it takes; what grows with the square of the size took longer.
    assert time.thread_time() - begin < 5


def test_brackets_are_links_unless_they_nest_too_deep() -> None:
    assert plain_brackets("[![[a]](b)](c) \\[ [d](e)", pictures_around=0) == frozenset()
    assert plain_brackets("[[[[[[[[a]]]]]]]][b]", pictures_around=0) == {6, 7}
    assert plain_brackets("[[[a]]]", pictures_around=4) == {2}


def test_a_link_behind_many_brackets_keeps_its_words() -> None:
    (item,) = items_of(read_markdown("[" * 40 + "[Bees](https://a.example/) fly.", first_line=1, base=None))

    assert "Bees" in item.headline.text


def test_what_stands_below_twenty_thousand_lines_is_plain_words() -> None:
    blocks = read_markdown("a *b*\n\n" * 10_000 + "*c*\n\nd", first_line=3, base=None)

    assert len(blocks) == 10_001
    assert blocks[0].text.text == "a b"
    assert (blocks[-1].line, blocks[-1].text.text) == (20_003, "*c* d")


def test_what_a_paragraph_says_beyond_fifty_thousand_characters_is_plain_words() -> None:
    (block,) = read_markdown("*a* " + "b" * 60_000 + " *c*", first_line=1, base=None)

    assert block.text.text == "a " + "b" * 60_000 + " *c*"


def test_what_follows_too_many_nested_lists_keeps_its_words() -> None:
    blocks = read_markdown("- - - - a\n" * 10_000 + "\nThe end.", first_line=1, base=None)

    text = write(blocks).text
    assert text.count("a") == 10_000
    assert text.endswith("The end.")
