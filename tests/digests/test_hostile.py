"""No file costs more time than its size gives reason for, and none loses its words."""

import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.digests.brackets import plain_brackets
from bot.digests.markdown import read_markdown
from bot.digests.prose import write
from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from bot.digests.structure import items_of
from storage.model import Digest
from tests.lean import lean

ROOT = Path(__file__).parents[2]
# The long proof reads four hundred times as much.
SIZE = 25_000
# As large as a source hands over (sources/files.py).
LARGEST = 10_000_000


def filled(piece: str, size: int = SIZE) -> str:
    return (piece * (size // len(piece) + 1))[:size]


# What costs most where a parser looks ahead, looks back or nests.
PIECES = [
    *(
        "![",
        "[",
        "[a][",
        "![a](",
        "x\n![",
        "\\[[",
        "![[]",
        "[a](<b",
        "*a_b~~c`d[e](f<g",
        "*a**b",
        "**a ",
        "~~a ",
        "`",
        "`a``",
    ),
    *(
        "<x>\n",
        "<!--",
        "<b>",
        "</b>",
        "<ul><li>",
        "<table><tr><td>a",
        "<![CDATA[",
        "{{",
        "{%",
        "{{<",
        "{{ a }}",
        "&",
        "&amp;",
    ),
    *(
        "|a",
        "x|y\n-|-\n",
        "10. a\n\n   ```\n",
        "```\n",
        "- [a](b)\n",
        "- ",
        "> ",
        "> a\n\n",
        "a\n-\n",
        "---\n",
        "    a\n\n",
    ),
    *(
        "[a](b) ",
        "[ab][cd] ",
        "[ab][",
        "[^1]",
        "[^1]: a\n\n",
        "](/a b c ",
        "https://a.b/c ",
        "<https://a.b/c>",
        "\\",
        " ",
        "\n",
    ),
    *(
        "# a\n",
        "# a\n## b\n\nc\n\n",
        "## a\n\n- b\n- c\n\n",
        "**a**: b\n\n",
        "**a**: b\n",
        "1、\n\na\n\n",
        "a: b\n",
        "a\n*\n",
    ),
    *(
        "[A headline of some length](b) c\n\n",
        "1. a\n\n",
        "1. a\n\nb\n\n- c\n\n",
        "- [a](#b)\n",
        "![](https://a.b/c.png)\n\n",
    ),
    *("蜜蜂飞，", "a\u200d", "\u202e", "\ud7ff\ufe0f"),
]


def read(file: str) -> Digest | LeftOut:
    return read_digest(file.encode(), "x.md", site=Site("https://s.example/"), now=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "body",
    lean(
        [
            *map(filled, PIECES),
            "[" * (SIZE // 2) + "]" * (SIZE // 2),
            "[" * (SIZE // 5) + "a" + "](b)" * (SIZE // 5),
            "![" * (SIZE // 6) + "a" + "](b)" * (SIZE // 6),
            "\n".join("  " * level + "- a" for level in range(1_000)),
            "\n".join(f"[a{n}]: https://b.example/{n}" for n in range(100_000)) + "\n\n[a7][]",
            "\n".join(f"a[^{n}]" for n in range(9_000)) + "\n\n" + "\n".join(f"[^{n}]: b" for n in range(9_000)),
            "a|" * 10_000 + "\n" + "-|" * 10_000 + "\n" + "b|" * 10_000,
            " ".join("`" * length for length in range(1, 400)),
            "---\ntitle: x\nitems:\n" + "- title: a\n  url: https://b.example/c\n" * 4_000 + "---\n",
        ],
        most=30,
    ),
    ids=lambda body: body[:8],
)
def test_a_hostile_file_is_read_in_time(body: str) -> None:
    begin = time.thread_time()

    read(body)

    # Ten times what it takes; what grows with the square of the size took longer.
    assert time.thread_time() - begin < 2


@pytest.mark.parametrize(
    "front",
    [
        "---\na: &a [x, x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(9)) + "---\nx",
        "---\ntitle: " + "[" * 50_000 + "\n---\nx",
        "---\n" + "".join(" " * level + "a:\n" for level in range(1_000)) + "---\nx",
        "+++\na = " + "[" * 20_000 + "\n+++\nx",
        '{"a":' * 20_000 + "1" + "}" * 20_000,
        "---\ntitle: x\n" + "a: b\n" * 100_000 + "---\nx",
        "---\ntitle: x\n" + "a: b\n" * 100_000,
    ],
    ids=lambda front: front[:12],
)
def test_hostile_metadata_is_an_error_that_says_so(front: str) -> None:
    begin = time.thread_time()

    with pytest.raises(UnreadableDigest, match=r"^x\.md:\d+: .+; .+"):
        read(front)

    assert time.thread_time() - begin < 5


@pytest.mark.long
@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece[:8])
def test_the_largest_hostile_file_is_read_in_bounded_time(piece: str) -> None:
    begin = time.thread_time()

    read(filled(piece, LARGEST // len(piece.encode()) * len(piece)))

    assert time.thread_time() - begin < 30


def most_resident() -> int:
    """Tell the megabytes that this process had at most; not, as getrusage does on Linux, those of who forked it."""
    status = Path("/proc/self/status")
    if status.exists():
        [most] = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
        return int(most) // 1024
    import resource  # noqa: PLC0415 - Windows has none

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.long
def test_the_largest_file_takes_no_more_memory_than_its_readable_part_asks_for() -> None:
    # Ten times the words that are read as Markdown at all, in the piece that makes most of them.
    program = (
        "from tests.digests.test_hostile import LARGEST, filled, most_resident, read\n"
        "read(filled('<table><tr><td>a', LARGEST)); print(most_resident())"
    )

    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(run.stdout) < 1_000


def test_what_stands_beyond_a_million_characters_is_plain_words() -> None:
    text = "*a* b\n\n" * 16_000 + "c " * 500_000 + "\n\n*d*\n\n*e*"

    blocks = read_markdown(text, first_line=1, base=None)

    assert blocks[0].text.text == "a b"
    assert blocks[-1].text.text.endswith("*d* *e*")
    assert "".join(block.text.text for block in blocks).count("c") == 500_000


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
