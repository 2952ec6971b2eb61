"""Whether headlines repeat, or are details of one story."""

from tests.digests.told import headlines, told

STORY = "The bees of the north came back this week, after all of a year in the south. " * 4


def test_a_bold_line_and_a_link_are_no_two_of_a_kind() -> None:
    dates = "**Next: the first of May**\n\n[The hive is open!](https://a.example/)\n\nCome and see."

    assert told(f"## Dates\n\n{dates}\n\n## Bees\n\nx")[0][:2] == ("Dates", "https://a.example/")


def test_who_said_it_belongs_to_the_quote() -> None:
    markdown = (
        "## Quote of the day\n\n> To bee or not.\n\n— [A wise old queen](https://a.example/)\n\nThanks to Willi.\n\n"
        "[Send in what you overheard!](https://b.example/)"
    )

    assert told(markdown) == [
        (
            "Quote of the day",
            "https://a.example/",
            "To bee or not.\n\n— A wise old queen\n\nThanks to Willi.\n\nSend in what you overheard!",
        )
    ]


def test_a_few_headlines_below_a_long_story_are_its_details() -> None:
    details = "**Thanks**\n\nTo all.\n\n**Sorry**\n\nTo the wasps."

    assert headlines(f"## Bees\n\n{STORY}\n\n{details}\n\n## Ants\n\nx") == [(None, "Bees"), (None, "Ants")]


def test_a_story_above_linked_headlines_is_an_item_among_them() -> None:
    links = "".join(f"[Headline number {n}](https://a.example/{n}): more of it.\n\n" for n in range(3))
    linked = f"[Bees](https://b.example/): {STORY}".replace(
        "[Bees](https://b.example/): The", "[The](https://b.example/)"
    )

    assert [headline for _, headline in headlines(f"## Tools\n\n{linked}\n\n{links}")] == [
        "",
        "Headline number 0",
        "Headline number 1",
        "Headline number 2",
    ]
    assert headlines(f"## Tools\n\n{STORY}\n\n{links}")[0] == (None, "Tools")


def test_a_picture_with_a_link_is_no_headline() -> None:
    ad = "[![Buy honey](/honey.png)](https://ad.example/)"

    assert told(f"**[Bees](https://a.example/)**\n\n{ad}\n\n**[Wasps](https://b.example/)**") == [
        ("Bees", "https://a.example/", "🖼 Buy honey"),
        ("Wasps", "https://b.example/", ""),
    ]
    assert told("- [![icon](/i.png) Bees](https://a.example/)\n- [Wasps](/w)")[0][0] == "icon Bees"
