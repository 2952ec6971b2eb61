"""Layouts of sites that the corpus has nothing of, in which the parser was wrong once."""

from tests.digests.told import headlines, intro, items, told


def test_an_address_alone_below_a_heading_is_where_its_story_is() -> None:
    found = told("## Hives\n\n#### Bees\n\n<span><https://a.example/></span>\n\n#### Wasps\n\n<https://b.example/>\n")

    assert found == [("Bees", "https://a.example/", ""), ("Wasps", "https://b.example/", "")]


def test_numbers_alone_begin_quotes_and_parts_of_an_essay_are_none() -> None:
    essay = "## 本期话题：蜂\n\n（一）\n\n蜂会飞。\n\n（二）\n\n蜂会采蜜。\n\n"
    quotes = "## 言论\n\n1、\n\n蜂巢是六边形的。\n\n-- [甲](https://a.example/)\n\n2、\n\n蜂后只有一只。\n\n-- [乙](https://b.example/)\n"

    found = items(essay + quotes)

    assert [(item.headline.text, item.line) for item in found] == [("本期话题：蜂", 1), ("", 15), ("", 21)]
    assert [item.link for item in found[1:]] == ["https://a.example/", "https://b.example/"]


def test_a_second_line_of_the_same_paragraph_gives_the_link() -> None:
    found = told("+ Bee days **May 1** <br />\n[The programme](https://a.example/)\n\n+ Wasp days **May 2**\n")

    assert found[0] == ("Bee days May 1", "https://a.example/", "")


def test_a_picture_below_a_list_of_links_does_not_make_one_story_of_it() -> None:
    found = headlines(
        "### Hives\n\n**North**\n\n+ [Bees](https://a.example/) - They fly.\n\n"
        "![a hive](https://a.example/hive.png)\n\n"
        "+ [Wasps](https://b.example/) - They sting.\n\n**South**\n\n+ [Ants](https://c.example/) - They walk.\n"
    )

    assert found == [("North", "Bees"), ("North", "Wasps"), ("South", "Ants")]


def test_names_over_lists_stay_names_though_one_list_lacks_links() -> None:
    found = headlines(
        "## More\n\n__Jobs__\n\n* A beekeeper is wanted in the north.\n\n__Reading__\n\n* [Bees](https://a.example/)\n"
        "* [Wasps](https://b.example/)\n\n__Tools__\n\n* [Smoker](https://c.example/)\n"
    )

    assert found == [
        ("Jobs", "A beekeeper is wanted in the north."),
        ("Reading", "Bees"),
        ("Reading", "Wasps"),
        ("Tools", "Smoker"),
    ]


def test_a_heading_that_mentions_a_link_is_the_name_of_what_it_stands_over() -> None:
    found = headlines(
        "#### Hives\n\n- [Ants](https://c.example/)\n\n#### From the [Hive] server\n\n"
        "- [Bees](https://a.example/) fly.\n\n##### Late\n\n- Wasps sting.\n\n[Hive]: https://h.example/\n"
    )

    assert [section for section, _ in found] == ["Hives", "From the Hive server", "Late"]


def test_headings_that_return_below_each_story_are_parts_of_it() -> None:
    story = (
        "### {0}\n\n#### What\nThey {1}.\n\n#### Why\nNobody knows.\n\n"
        "#### Links\n- Bug 7: https://{2}.example/\n- Talk: https://t.example/\n\n"
    )

    found = told("## News\n\n" + story.format("Bees", "fly", "a") + story.format("Wasps", "sting", "b"))

    assert [(headline, link) for headline, link, _ in found] == [
        ("Bees", "https://a.example/"),
        ("Wasps", "https://b.example/"),
    ]


def test_facts_that_describe_stories_elsewhere_describe_one_alone_in_its_section_too() -> None:
    story = "### {0}\n\n- **Day**: May 1\n- **URL**: [read](https://{1}.example/)\n- **Note**: It is {1}.\n\n"
    body = (
        "## Many\n\n"
        + story.format("Bees", "a")
        + story.format("Wasps", "b")
        + "## One\n\n"
        + story.format("Ants", "c")
    )

    assert headlines(body) == [("Many", "Bees"), ("Many", "Wasps"), ("One", "Ants")]


def test_a_story_alone_in_its_section_is_told_as_those_elsewhere_are() -> None:
    body = (
        "## A\n\n### Bees\n\nThey fly.\n\n### Wasps\n\nThey sting.\n\n### Ants\n\nThey walk.\n\n## B\n\n"
        "### Hives\n\nThere are:\n\n"
    )

    assert headlines(body + "- round ones of straw and clay\n- square ones of wood\n")[-1] == ("B", "Hives")


def test_facts_below_numbered_items_are_no_items_though_news_stands_beside_them() -> None:
    body = (
        "1. Bees https://a.example/\n2. Wasps https://b.example/\n\n"
        "* Come to the hive days! https://c.example/\n\n* Editor: Ann\n* Archive: https://d.example/\n"
    )

    assert [headline for headline, *_ in told(body)] == ["Bees", "Wasps", "Come to the hive days!"]
    assert "Editor: Ann" in intro(body)


def test_pictures_below_an_entry_are_no_part_of_its_headline() -> None:
    entry = "{0}. 蜂**采蜜**归来，{1}。\n <br/> [![图片](https://{1}.example/p.png)](https://{1}.example/p.png) <br/>\n"

    found = told(entry.format(1, "a") + entry.format(2, "b"))

    assert found[0] == ("蜂采蜜归来，a。", None, "🖼 图片")


def test_a_section_of_pictures_alone_is_no_item() -> None:
    assert headlines("## News\n\n- [Bees](https://a.example/)\n\n## Fun\n\n![a bee](https://a.example/bee.png)\n") == [
        ("News", "Bees")
    ]


def test_one_numbered_entry_makes_its_heading_a_section() -> None:
    found = headlines(
        "### Flying\n\n1、[Bee](https://a.example/)：It flies.\n\n- by day\n- by night\n\n### Walking\n\n"
        "2、[Ant](https://b.example/)：It walks.\n\n3、[Mite](https://c.example/)：It crawls.\n"
    )

    assert found == [("Flying", "Bee"), ("Walking", "Ant"), ("Walking", "Mite")]


def test_entries_that_all_begin_with_a_short_link_are_items() -> None:
    found = headlines(
        "## Summary\n\nTwo changes.\n\n## Fixes\n\n_None._\n\n## Changes\n\n"
        "- [`a1b2`](https://a.example/) Let bees fly (#1)\n"
        "- [`c3d4`](https://b.example/) Let wasps sting (#2)\n\n_Written by a hive._\n"
    )

    assert [section for section, _ in found][-2:] == ["Changes", "Changes"]


def test_a_list_of_links_below_a_rule_has_items_of_its_own() -> None:
    found = told(
        "## Hives\n\n![a hive](https://a.example/hive.png)\n\n**[Hive 2](https://a.example/)**\n\n"
        "It has:\n\n- a roof\n- a door\n\n"
        "---\n\n"
        "- 📜 [A long story of bees](https://b.example/): They fly.\n- 📜 [A long story of wasps](https://c.example/)\n"
    )

    assert [(headline, link) for headline, link, _ in found] == [
        ("Hive 2", "https://a.example/"),
        ("📜 A long story of bees", "https://b.example/"),
        ("📜 A long story of wasps", "https://c.example/"),
    ]
    assert "a roof" in found[0][2]


def test_a_way_to_the_source_below_a_bold_headline_is_no_item() -> None:
    found = told(
        "## Hives\n\n**[The hive of the year is chosen](https://a.example/)**\n\nIt is ours.\n\n"
        "[Start here](https://a.example/go)!\n"
    )

    assert [headline for headline, *_ in found] == ["The hive of the year is chosen"]


def test_numbered_details_below_a_heading_with_an_address_are_one_story() -> None:
    found = told(
        "## Hive 4\nhttps://a.example/\n\nIt has\n\n1、a roof\n\nof straw\n\n2、a door\n\nof wood\n\n"
        "3、a floor\n\nof clay\n\n"
        "## Hive 5\nhttps://b.example/\n\nIt has none.\n"
    )

    assert [(headline, link) for headline, link, _ in found] == [
        ("Hive 4", "https://a.example/"),
        ("Hive 5", "https://b.example/"),
    ]


def test_a_source_may_be_quoted() -> None:
    found = told(
        "## Bees\n\nThey can [fly](https://f.example/) as far as the wind lets them.\n\n"
        "> Source [Ann](https://a.example/)\n\n## Wasps\n\nThey sting.\n"
    )

    assert found[0][:2] == ("Bees", "https://a.example/")


def test_an_address_on_the_next_line_goes_before_links_in_the_words() -> None:
    found = told(
        "**Bees**  \nhttps://a.example/  \nThey fly to [flowers](https://f.example/).\n\n"
        "**Wasps**  \nhttps://b.example/  \nThey sting.\n"
    )

    assert [link for _, link, _ in found] == ["https://a.example/", "https://b.example/"]


def test_a_sentence_that_ends_with_an_address_and_has_links_before_leads_to_the_first() -> None:
    found = told("- Ann used [bees](https://a.example/) for her book, https://b.example/\n- Bob used wasps.\n")

    assert found[0][1] == "https://a.example/"
