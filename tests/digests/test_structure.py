"""Items are found by what repeats, in every layout that digests have."""

import pytest

from bot.digests.markdown import read_markdown
from bot.digests.placeholders import without_placeholders
from bot.digests.structure import items_of
from storage.model import Item

BASE = "https://example.org/"


def items(markdown: str) -> tuple[Item, ...]:
    return items_of(read_markdown(without_placeholders(markdown), first_line=1, base=BASE))


def told(markdown: str) -> list[tuple[str, str | None, str]]:
    return [(item.headline.text, item.link, item.summary.text) for item in items(markdown)]


A = ("Bees", "https://a.example/", "They fly.")
B = ("Wasps", "https://b.example/", "They sting.")


@pytest.mark.parametrize(
    "markdown",
    [
        "1.  [Bees](https://a.example/)\n    They fly.\n\n2.  [Wasps](https://b.example/)\n    They sting.",
        "1. [Bees](https://a.example/)\n\n   They fly.\n\n2. [Wasps](https://b.example/)\n\n   They sting.",
        "1. [Bees](https://a.example/)\n\nThey fly.\n\n2. [Wasps](https://b.example/)\n\nThey sting.",
        "- [Bees](https://a.example/)\n\n  They fly.\n- [Wasps](https://b.example/)\n\n  They sting.",
        "- [Bees](https://a.example/) — They fly.\n- [Wasps](https://b.example/) - They sting.",
        "- **[Bees](https://a.example/)** — They fly.\n- [**Wasps**](https://b.example/): They sting.",
        "### [Bees](https://a.example/)\n\nThey fly.\n\n### [Wasps](https://b.example/)\nThey sting.",
        (
            "### 1. Bees\nThey fly.\n\n来源：[Bee News](https://a.example/)\n\n### 2. Wasps\nThey sting.\n\n"
            "来源：[Wasp News](https://b.example/)"
        ),
        (
            "## Bees\n\nThey fly.\n\n[Read more →](https://a.example/)\n\n---\n\n## Wasps\n\n"
            "They sting.\n\n[Read more →](https://b.example/)"
        ),
        (
            "## Bees\n\nThey fly.\n\n- [https://a.example/](https://a.example/)\n\n## Wasps\n\n"
            "They sting.\n\n- <https://b.example/>"
        ),
        "## Bees\n\nThey fly.\n\nhttps://a.example/\n\n## Wasps\n\nThey sting.\n\n链接：https://b.example/",
        "**[Bees](https://a.example/)**\n\nThey fly.\n\n**[Wasps](https://b.example/)**\n\nThey sting.",
        "**Bees**\n\nThey fly.\n\n[Link](https://a.example/)\n\n**Wasps**\n\nThey sting.\n\n[Link](https://b.example/)",
        "1、[Bees](https://a.example/)\nThey fly.\n\n2、[Wasps](https://b.example/)\nThey sting.",
        "Bees https://a.example/\nThey fly.\n\nWasps: https://b.example/\nThey sting.",
        "- [Bees][1]\n\n  They fly.\n- [Wasps][w]\n\n  They sting.\n\n[1]: https://a.example/\n[w]: https://b.example/",
        (
            "<ul><li><a href='https://a.example/'>Bees</a><p>They fly.</p></li>"
            '<li><a href="https://b.example/">Wasps</a><p>They sting.</p></ul>'
        ),
        (
            "<h3><a href=https://a.example/>Bees</a></h3>\n<p>They fly.</p>\n"
            "<h3><a href=https://b.example/>Wasps</a></h3>\n<p>They sting.</p>"
        ),
        (
            "# Insects\n\nHello and welcome to this week's news!\n\n1. [Bees](https://a.example/)\n\n"
            "   They fly.\n2. [Wasps](https://b.example/)\n\n   They sting.\n\nThanks for reading."
        ),
    ],
)
def test_two_items_with_links_and_summaries_are_found(markdown: str) -> None:
    assert told(markdown) == [A, B]


def test_numbers_are_those_of_the_source_and_may_begin_anew() -> None:
    found = items(
        "## North\n\n1. [a](https://a.example/)\n2. [b](https://b.example/)\n\n## South\n\n"
        "1. [c](https://c.example/)\n7. [d](https://d.example/)",
    )

    assert [(item.number, item.section) for item in found] == [(1, "North"), (2, "North"), (1, "South"), (7, "South")]


def test_an_item_may_have_no_link() -> None:
    assert told("1. [Bees](https://a.example/)\n   They fly.\n2. Ants\n   They walk in long lines to the sugar.") == [
        A,
        ("Ants", None, "They walk in long lines to the sugar."),
    ]


def test_bullets_without_links_are_items() -> None:
    assert told("## News\n\n- Bees are back\n- Wasps are not") == [
        ("Bees are back", None, ""),
        ("Wasps are not", None, ""),
    ]


def test_each_line_of_links_is_an_item() -> None:
    assert told("[Bees](https://a.example/)\n[Wasps](https://b.example/)") == [
        ("Bees", "https://a.example/", ""),
        ("Wasps", "https://b.example/", ""),
    ]


def test_a_sentence_with_links_inside_has_no_headline_when_it_is_long() -> None:
    sentence = "We read about [bees](https://a.example/) and then " + "walked on and on " * 20

    (item,) = items(f"- {sentence}")

    assert item.headline.text == ""
    assert item.link == "https://a.example/"
    assert item.summary.text == f"We read about bees and then {'walked on and on ' * 20}".strip()


def test_nested_bullets_belong_to_their_item() -> None:
    markdown = (
        "- [Bees](https://a.example/)\n  - They fly.\n  - They hum.\n- [Wasps](https://b.example/)\n  1. They sting."
    )

    assert told(markdown) == [
        ("Bees", "https://a.example/", "• They fly.\n• They hum."),
        ("Wasps", "https://b.example/", "1. They sting."),
    ]


def test_a_bullet_that_only_names_a_list_of_links_is_a_section() -> None:
    found = items("- Insects\n  - [Bees](https://a.example/)\n  - [Wasps](https://b.example/)")

    assert [(item.section, item.headline.text) for item in found] == [("Insects", "Bees"), ("Insects", "Wasps")]


def test_where_nothing_repeats_each_section_is_an_item() -> None:
    found = items("# Report\n\n## Summary\n\nAll is well.\n\n## Outlook\n\nIt stays so.\n\nReally.")

    assert [(item.headline.text, item.summary.text) for item in found] == [
        ("Summary", "All is well."),
        ("Outlook", "It stays so.\n\nReally."),
    ]


def test_where_nothing_at_all_repeats_each_paragraph_is_an_item() -> None:
    assert told("A short note.\n\nAnd a second one, with [a link](https://a.example/).") == [
        ("A short note.", None, ""),
        ("And a second one, with a link.", "https://a.example/", ""),
    ]


def test_a_table_of_contents_is_no_item() -> None:
    contents = "* January\n  * [Bees](#bees)\n* [Wasps](#wasps)\n\n"
    markdown = f"{contents}## [Bees](https://a.example/)\n\nThey fly.\n\n## [Wasps](https://b.example/)\n\nThey sting."

    assert told(markdown) == [A, B]


def test_what_several_headings_have_below_them_describes_each() -> None:
    markdown = (
        "### Bees\n\n- **Source**: Bee News\n- **Score**: 5\n\n### Wasps\n\n- **Source**: Wasp News\n- **Score**: 3"
    )

    assert told(markdown) == [
        ("Bees", None, "• Source: Bee News\n• Score: 5"),
        ("Wasps", None, "• Source: Wasp News\n• Score: 3"),
    ]


def test_a_picture_is_not_the_link_of_an_item() -> None:
    (bees, _) = items("## Bees\n\n![A bee](/bee.png)\n\nThey fly.\n\n## Wasps\n\nThey sting.")

    assert bees.link is None
    assert bees.summary.text == "🖼 A bee\n\nThey fly."


def test_a_link_that_nobody_can_open_leaves_the_item_its_words() -> None:
    assert told("- [Bees](javascript:x) — They fly.\n- [Wasps]({{ site.secret }}/w) — They sting.") == [
        ("Bees", None, "They fly."),
        ("Wasps", None, "They sting."),
    ]


def test_a_link_below_the_sites_own_address_is_found() -> None:
    assert told("- [Bees]({{ site.baseurl }}/bees)\n- [Wasps]({{ site.url }}/wasps)") == [
        ("Bees", "https://example.org/bees", ""),
        ("Wasps", "https://example.org/wasps", ""),
    ]


def test_an_item_knows_its_line() -> None:
    assert [item.line for item in items("# x\n\n- [a](https://a.example/)\n\n  y\n\n- [b](https://b.example/)")] == [
        3,
        7,
    ]


def test_a_headline_keeps_its_styles_but_not_the_one_that_is_all_of_it() -> None:
    (item,) = items("- **[The `asyncio` *story*](https://a.example/)**")

    assert item.headline.text == "The asyncio story"
    assert [entity.type for entity in item.headline.entities] == ["italic"]


def test_a_story_over_headings_of_its_own_is_not_lost() -> None:
    story = "We changed our roles, and it took all of the week. " * 6
    markdown = f"## Bees\n\nThey fly.\n\n## Roles\n\n{story}\n\n### Advocate\n\nA new role.\n\n## Wasps\n\nThey sting."

    found = items(markdown)

    assert [(item.section, item.headline.text, item.summary.text) for item in found] == [
        (None, "Bees", "They fly."),
        (None, "Roles", story.strip()),
        ("Roles", "Advocate", "A new role."),
        (None, "Wasps", "They sting."),
    ]
