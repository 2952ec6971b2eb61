"""The headline that a paragraph or an entry begins with."""

import pytest

from tests.digests.told import told


@pytest.mark.parametrize(
    "label", ["[Study] ", "【论文】", "(video) ", "**[Study]** ", "**Study** ", "📄 [Study] ", "[Study] [long] "]
)
def test_a_label_before_a_link_is_part_of_the_headline(label: str) -> None:
    told_twice = told(f"- {label}[Bees dream in colour](https://a.example/) - They do.\n- {label}[Wasps](/w) - No.")

    headline, link, summary = told_twice[0]
    assert headline.endswith("Bees dream in colour")
    assert (link, summary) == ("https://a.example/", "They do.")


def test_a_bold_headline_with_a_short_link_behind_it_stays_one() -> None:
    assert told(
        "- **Bees dream in colour** [link](https://a.example/)\n- **Wasps do not** [link](https://b.example/)"
    ) == [
        ("Bees dream in colour link", "https://a.example/", ""),
        ("Wasps do not link", "https://b.example/", ""),
    ]


def test_a_short_link_names_an_entry_where_all_beside_it_begin_with_one() -> None:
    assert told("- [Bee 1](https://a.example/) flies.\n- [The wasp 2.0](https://b.example/) stings.") == [
        ("Bee 1", "https://a.example/", "flies."),
        ("The wasp 2.0", "https://b.example/", "stings."),
    ]


def test_a_short_link_that_only_begins_a_sentence_names_nothing() -> None:
    assert told("- [Bee 1](https://a.example/) flies.\n- A wasp stings.") == [
        ("Bee 1 flies.", "https://a.example/", ""),
        ("A wasp stings.", None, ""),
    ]


def test_a_reference_that_nothing_defines_is_a_link_that_cannot_be_opened() -> None:
    long = "makes honey of what it finds on the meadow, " * 8

    assert told(f"- [Bee number one][] {long}\n- [Bee number two][b2] {long}") == [
        ("Bee number one", None, long.strip()),
        ("Bee number two", None, long.strip()),
    ]
