"""What a digest says besides its items."""

import pytest

from tests.digests.told import headlines, intro

NEWS = "- [Bees are back](https://a.example/)\n- [Wasps are not](https://b.example/)"


def test_a_greeting_above_the_items_is_the_intro() -> None:
    assert intro(f"# Insects\n\nHello, **all**!\n\nIt is spring.\n\n{NEWS}") == "Hello, all!\n\nIt is spring."


def test_a_greeting_above_sections_is_the_intro() -> None:
    assert intro(f"Hello!\n\n## News\n\n{NEWS}") == "Hello!"


def test_a_remark_on_a_section_stands_in_the_intro_under_its_name() -> None:
    markdown = f"Hello!\n\n## News\n\nOf this week:\n\n{NEWS}\n\nSend us yours!\n\n## Film\n\n{NEWS}"

    assert intro(markdown) == "Hello!\n\nNews\nOf this week:\n\nSend us yours!"


def test_the_title_contents_rules_and_pictures_are_no_intro() -> None:
    contents = "- [News](#news)\n- [Film](#film)"
    markdown = f"# Insects\n\n---\n\n![Ants](/ants.png)\n\n## Contents\n\n{contents}\n\n## News\n\n{NEWS}"

    assert intro(markdown, title="Insects") == ""


def test_a_heading_over_all_that_says_something_else_than_the_title_is_said() -> None:
    assert intro(f"# The bees are back!\n\nHello!\n\n{NEWS}", title="Insects of May") == "The bees are back!\nHello!"
    assert intro(f"# Insects, May\n\nHello!\n\n{NEWS}", title="Insects May!") == "Hello!"


def test_facts_above_the_first_heading_are_no_items() -> None:
    markdown = f"**Collected**: at noon\n\n**Sources**: Bee News, Wasp News\n\n## News\n\n{NEWS}"

    assert headlines(markdown) == [("News", "Bees are back"), ("News", "Wasps are not")]
    assert intro(markdown) == "Collected: at noon\n\nSources: Bee News, Wasp News"


def test_a_link_above_the_first_heading_is_news() -> None:
    assert headlines(f"{NEWS}\n\n## Film\n\n- [Ants](https://c.example/)") == [
        (None, "Bees are back"),
        (None, "Wasps are not"),
        ("Film", "Ants"),
    ]


@pytest.mark.parametrize("name", ["Summary", "Today's summary", "今日摘要", "📌 导读", "TL;DR", "要約", "Overview"])
def test_a_summary_of_the_day_above_the_items_is_the_intro(name: str) -> None:
    markdown = f"## {name}\n\nBees, and wasps.\n\n## News\n\n{NEWS}"

    assert headlines(markdown) == [("News", "Bees are back"), ("News", "Wasps are not")]
    assert intro(markdown) == f"{name}\nBees, and wasps."


def test_a_summary_in_the_middle_or_with_a_link_is_an_item() -> None:
    summary = "## Summary\n\nBees, and wasps."

    assert headlines(f"## News\n\n{NEWS}\n\n{summary}")[-1] == (None, "Summary")
    assert headlines(f"{summary[:-1]} of [Maya](https://m.example/).\n\n## News\n\n{NEWS}")[0] == (None, "Summary")


def test_where_no_item_has_a_link_a_summary_is_one_too() -> None:
    assert headlines("## Summary\n\nAll is well.\n\n## Outlook\n\nIt stays so.") == [
        (None, "Summary"),
        (None, "Outlook"),
    ]


def test_what_stands_beside_a_table_of_contents_is_said_in_the_intro() -> None:
    markdown = f"## Find your way\n\n- [News](#news)\n- [Film](#film)\n\n> Read on paper, too!\n\n## News\n\n{NEWS}"

    assert headlines(markdown) == [("News", "Bees are back"), ("News", "Wasps are not")]
    assert intro(markdown) == "Find your way\nRead on paper, too!"


def test_a_digest_of_paragraphs_has_no_intro() -> None:
    assert intro("One.\n\nTwo.") == ""
