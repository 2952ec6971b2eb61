"""A summary that is indented less than CommonMark asks for still belongs to its item."""

import pytest

from bot.digests.indents import with_whole_items
from bot.digests.markdown import read_markdown
from bot.digests.structure import items_of
from storage.model import Item


def items(markdown: str) -> tuple[Item, ...]:
    return items_of(read_markdown(markdown, first_line=1, base=None))


def told(markdown: str) -> list[tuple[int | None, str, str]]:
    return [(item.number, item.headline.text, item.summary.text) for item in items(markdown)]


def numbered(numbers: list[int], *, indent: int, gap: str = "\n\n") -> str:
    return "\n\n".join(f"{n}. [Story {n}](https://s.example/{n}){gap}{' ' * indent}Summary {n}." for n in numbers)


@pytest.mark.parametrize("indent", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@pytest.mark.parametrize(
    "numbers", [[8, 9, 10, 11], [9, 10], [98, 99, 100, 101], [1, 2, 10, 3, 11], [10, 11, 1, 2], [1], [10], [1234, 1235]]
)
def test_every_item_has_its_number_and_its_summary_however_it_is_indented(
    numbers: list[int], gap: str, indent: int
) -> None:
    assert told(numbered(numbers, indent=indent, gap=gap)) == [(n, f"Story {n}", f"Summary {n}.") for n in numbers]


@pytest.mark.parametrize("bullet", ["-", "*   ", "+ "])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_bullets_have_theirs_too(bullet: str, gap: str) -> None:
    markdown = "\n".join(f"{bullet} [Story {n}](https://s.example/{n}){gap} Summary {n}.\n" for n in (1, 2, 3))

    assert told(markdown) == [(None, f"Story {n}", f"Summary {n}.") for n in (1, 2, 3)]


def test_an_item_without_a_summary_costs_the_others_nothing() -> None:
    markdown = "9. [A](https://s.example/)\n10. [B](https://s.example/)\n\nb.\n\n11. [C](https://s.example/)\n\nc."

    assert told(markdown) == [(9, "A", ""), (10, "B", "b."), (11, "C", "c.")]


def test_a_summary_may_have_several_paragraphs_lists_and_code() -> None:
    summary = (
        "   One.\n\n   Two,\nwrapped.\n\n   - a\n     - deeper\n\n     more of a\n   - b\n\n"
        "   ```py\n   def bee():\n\n       fly()\n   ```\n\n   > Three.\n\n   1. first\n   2. second\n\n   Four."
    )
    markdown = f"9. [A](https://s.example/)\n\n{summary}\n\n10. [B](https://s.example/)\n\n{summary}\n\n11. [C](#c)"

    (a, b, c) = items(markdown)

    assert [item.number for item in (a, b, c)] == [9, 10, 11]
    assert b.summary == a.summary
    assert "◦ deeper" in a.summary.text
    assert "def bee():\n\n    fly()" in a.summary.text
    assert a.summary.text.endswith("1. first\n2. second\n\nFour.")


def test_code_that_is_not_indented_stays_the_code_of_its_item() -> None:
    markdown = "10. [A](https://s.example/)\n\n   ```\nx = 1\n1. y\n   ```\n\n   End.\n\n11. [B](https://s.example/)"

    assert told(markdown) == [(10, "A", "x = 1\n1. y\n\nEnd."), (11, "B", "")]


def test_code_that_never_ends_takes_no_other_item_with_it() -> None:
    markdown = "10. [A](https://s.example/)\n\n   ```\n   x = 1\n\n11. [B](https://s.example/)\n\n   Summary."

    assert told(markdown) == [(10, "A", "x = 1"), (11, "B", "Summary.")]


def test_a_paragraph_indented_rightly_beside_one_that_is_not_does_not_become_code() -> None:
    markdown = "10.  [A](https://s.example/)\n\n One.\n\n     Two *words*.\n\n11.  [B](https://s.example/)"

    assert told(markdown) == [(10, "A", "One.\n\nTwo words."), (11, "B", "")]


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        "1. a\n   b\n\n   c\n2. d\n",
        "- a\n  - b\n\n    c\n",
        "- a\n - b\n  - c\n",
        "```\n10. a\n\n   b\n```\n",
        "Since\n10. October\n\n   all is well\n",
        "    10. code\n\n   text\n",
        "10. a\n   lazy\n",
        "1) a\n\n       code\n",
    ],
)
def test_what_commonmark_reads_as_it_was_meant_is_left_as_it_is(markdown: str) -> None:
    assert with_whole_items(markdown) == markdown


def test_tabs_count_as_columns() -> None:
    assert told("100.\t[A](https://s.example/)\n\n\tOne.\n\n  \tTwo.\n\n101.\t[B](https://s.example/)") == [
        (100, "A", "One.\n\nTwo."),
        (101, "B", ""),
    ]


def test_a_list_that_is_not_indented_belongs_to_the_item_whose_numbers_go_on() -> None:
    markdown = "1. [A](https://s.example/)\n\n- a\n- aa\n\n2. [B](https://s.example/)\n\nb\n\n- b\n\n"
    markdown += "3. [C](https://s.example/)\n\n- c\n- cc\n"

    assert told(markdown) == [(1, "A", "• a\n• aa"), (2, "B", "b\n• b"), (3, "C", "• c\n• cc")]


def test_a_list_behind_numbers_that_never_were_parted_has_items_of_its_own() -> None:
    markdown = "1. [A](https://s.example/)\n2. [B](https://s.example/)\n\n- [C](https://s.example/)\n- [D](#d)"

    assert [(number, headline) for number, headline, _ in told(markdown)] == [
        (1, "A"), (2, "B"), (None, "C"), (None, "D"),
    ]  # fmt: skip


def test_sections_may_be_numbered_and_their_items_not() -> None:
    markdown = "1. North\n\n- [A](https://a.example/)\n- [B](https://b.example/)\n\n2. South\n\n"
    markdown += "- [C](https://c.example/)\n- [D](https://d.example/)"

    assert [(item.section, item.headline.text) for item in items(markdown)] == [
        ("North", "A"), ("North", "B"), ("South", "C"), ("South", "D"),
    ]  # fmt: skip
