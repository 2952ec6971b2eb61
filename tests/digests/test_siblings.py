"""What the headings at one level have in common tells headlines from names of sections."""

from tests.digests.told import headlines


def test_a_story_that_is_told_in_two_sections_describes_neither() -> None:
    stories = (
        "**[Bees dream in colour, say keepers](https://a.example/)**\n**[Wasps dream of bees](https://b.example/)**"
    )

    assert headlines(f"## Top\n\n{stories}\n\n## All\n\n{stories}") == [
        ("Top", "Bees dream in colour, say keepers"),
        ("Top", "Wasps dream of bees"),
        ("All", "Bees dream in colour, say keepers"),
        ("All", "Wasps dream of bees"),
    ]


LINKS = "- [Bees dream in colour](https://a.example/)\n- [Wasps do not dream](https://b.example/)"


def test_a_linked_heading_over_a_list_of_links_is_the_name_of_a_section() -> None:
    markdown = (
        f"### [Dreams](https://d.example/)\n\nNew this week:\n\n{LINKS}\n\n### [Films](/f)\n\n- [Ants in Rome](/a)"
    )

    assert headlines(markdown) == [
        ("Dreams", "Bees dream in colour"),
        ("Dreams", "Wasps do not dream"),
        ("Films", "Ants in Rome"),
    ]


def test_a_linked_heading_with_words_of_its_own_is_a_headline() -> None:
    assert headlines(f"### [hive](https://h.example/)\n\nA box for bees.\n\nMerged:\n\n{LINKS}") == [(None, "hive")]


def test_a_list_below_prose_is_a_detail_where_most_sections_are_told_in_prose() -> None:
    story = "It was a long and hot summer."
    bullets = (
        "- The queens were early\n- The drones were late as ever\n- Honey was plenty, in the south too\n- Wax was not"
    )
    markdown = f"## Bees\n\n{story}\n\n{bullets}\n\n## Wasps\n\n{story}\n\n## Ants\n\n{story}"

    assert headlines(markdown) == [(None, "Bees"), (None, "Wasps"), (None, "Ants")]
    assert len(headlines(markdown.replace(f"{story}\n\n-", "-"))) == 6


def test_a_remark_below_a_list_does_not_make_a_story_of_its_heading() -> None:
    remark = "Do you know of a meeting that is missing here? Tell us, and do not forget where and when it is."

    assert headlines(f"## Meetings\n\n- [The beekeepers of Rome, Italy, meet again](/r)\n\n{remark}") == [
        ("Meetings", "The beekeepers of Rome, Italy, meet again")
    ]


def test_headings_that_say_the_same_inside_several_stories_describe_each() -> None:
    def story(name: str) -> str:
        return f"### {name}\n\n#### What is new\n\nMuch of it.\n\n#### Details\n\nMore.\n\n#### Links\n\n- spec: https://a.example/{name[0]}\n"

    assert headlines("## Summary\n\nTwo stories.\n\n## All\n\n" + story("Bees dream") + story("Wasps wake")) == [
        ("All", "Bees dream"),
        ("All", "Wasps wake"),
    ]


def test_headings_that_come_back_over_lists_of_their_own_are_sections() -> None:
    def day(name: str, first: str) -> str:
        news = f"- [{first} of bees](/{first})\n- [Song of wasps](/s)\n"
        return f"## {name}\n\n### News\n\n{news}\n### Jobs\n\n- [Keeper](/k)\n"

    assert headlines(day("Monday", "Dreams") + day("Tuesday", "Wings")) == [
        ("News", "Dreams of bees"),
        ("News", "Song of wasps"),
        ("Jobs", "Keeper"),
        ("News", "Wings of bees"),
        ("News", "Song of wasps"),
        ("Jobs", "Keeper"),
    ]


def test_addresses_alone_below_a_heading_are_its_links_and_no_headlines() -> None:
    markdown = "".join(
        f"#### {name}\n\n<https://a.example/{name[0]}>\n\n<https://forum.example/{name[0]}>\n\n"
        for name in ("Bees dream", "Wasps wake", "Ants march")
    )

    assert headlines(markdown) == [(None, "Bees dream"), (None, "Wasps wake"), (None, "Ants march")]
