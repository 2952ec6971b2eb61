"""Whether headlines repeat, or are details of one story."""

from tests.digests.told import headlines, items, told

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
    linked = STORY.replace("north", "[north](https://b.example/)", 1)

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


def test_a_number_that_stands_alone_numbers_what_stands_below_it() -> None:
    markdown = (
        "## Bees\n\n1、[All bees are back](https://a.example/)\n\nEarly.\n\n2、\n\n[Some](https://b.example/) of "
        "them hum all through the night, and nobody knows why.\n\nReally.\n\n3、\n\n**A hive** - was found.\n\nEmpty."
    )

    assert [(item.number, item.headline.text, item.link) for item in items(markdown)] == [
        (1, "All bees are back", "https://a.example/"),
        (2, "", "https://b.example/"),
        (3, "A hive", None),
    ]


def test_a_year_may_stand_behind_a_number() -> None:
    assert told("1、[2027 is the year of bees](/a)\n\n2、[2028 too](/b)")[0][0] == "2027 is the year of bees"


def test_who_said_it_is_no_headline() -> None:
    markdown = (
        "## Heard\n\n1、\n\nBees hum.\n\n-- [A beekeeper](https://a.example/)\n\n2、\n\nWasps sing.\n\n—— Another one"
    )

    assert told(markdown) == [
        ("", "https://a.example/", "Bees hum.\n\n-- A beekeeper"),
        ("", None, "Wasps sing.\n\n—— Another one"),
    ]


def test_where_most_paragraphs_begin_with_a_headline_that_is_linked_all_who_begin_with_a_link_do() -> None:
    linked = [f"[The bees of the north, part {n}](https://a.example/{n}) went on humming." for n in range(3)]
    markdown = "\n\n".join(["### Bees", *linked, "- They hum.", "[Hum](https://b.example/) is a word."])

    assert [headline for _, headline in headlines(markdown)] == [
        "The bees of the north, part 0",
        "The bees of the north, part 1",
        "The bees of the north, part 2",
        "Hum",
    ]


def test_people_that_paragraphs_begin_with_are_no_headlines() -> None:
    people = [f"[Beekeeper number {n}](https://a.example/{n}) told us of the bees in the north." for n in range(4)]

    assert headlines("\n\n".join(["### Meeting", *people])) == [(None, "Meeting")]


def test_facts_below_numbered_items_are_no_items() -> None:
    facts = "- Editor: Maya\n- Subscribe: https://s.example/"

    assert [headline for _, headline in headlines(f"## News\n\n1. [Bees](/a)\n2. [Wasps](/b)\n\n{facts}")] == [
        "Bees",
        "Wasps",
    ]
    assert len(headlines(f"## News\n\n{facts}")) == 2


def test_a_list_of_links_below_a_rule_is_no_detail_of_the_story_above() -> None:
    story = "**[{0} dream in colour, say keepers](https://a.example/{0})**\n\nA long night.\n\n"
    links = "- [Ants march](https://b.example/1): at last.\n- [Flies rest](https://b.example/2)\n"

    stories = "".join(map(story.format, ("Bees", "Wasps", "Hornets")))

    assert headlines(f"## News\n\n{stories}---\n\n{links}") == [
        ("News", "Bees dream in colour, say keepers"),
        ("News", "Wasps dream in colour, say keepers"),
        ("News", "Hornets dream in colour, say keepers"),
        ("News", "Ants march"),
        ("News", "Flies rest"),
    ]


def test_a_section_of_one_numbered_entry_is_a_section() -> None:
    def section(name: str, first: int, *entries: str) -> str:
        numbered = (f"{n}、[{entry}](https://a.example/{entry})：good.\n\n" for n, entry in enumerate(entries, first))
        return f"### {name}\n\n{''.join(numbered)}"

    assert headlines(section("C", 1, "ant") + section("Go", 2, "bee", "cat", "dog")) == [
        ("C", "ant"),
        ("Go", "bee"),
        ("Go", "cat"),
        ("Go", "dog"),
    ]
