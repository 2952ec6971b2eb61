"""Where the link of an item comes from when its headline has none."""

from tests.digests.told import told

END = "\n\n## Wasps\n\nThey sting."


def link_of(markdown: str) -> str | None:
    return told(f"## Bees\n\n{markdown}{END}")[0][1]


def test_the_first_link_in_its_words_is_the_link_of_a_story() -> None:
    assert link_of("They [fly](https://a.example/) and [hum](https://b.example/).") == "https://a.example/"


def test_the_first_link_may_stand_in_a_table_or_a_list() -> None:
    assert (
        link_of("| Field | Value |\n|---|---|\n| URL | [a](https://a.example/) |\n\nThey also [hum](/b) all day long.")
        == "https://a.example/"
    )
    assert link_of("They fly and hum:\n\n- high\n- wide\n- [far](https://a.example/)") == "https://a.example/"


def test_a_line_that_names_the_source_goes_before_links_in_the_words() -> None:
    assert link_of("They [fly](https://b.example/).\n\n[Read more](https://a.example/)") == "https://a.example/"
    assert link_of("They [fly](https://b.example/).\n\n来源：[蜜蜂报](https://a.example/)") == "https://a.example/"
    assert link_of("They [fly](https://b.example/).\n\n- [a.example/x](https://a.example/x)") == "https://a.example/x"


def test_a_way_to_the_source_that_says_something_itself_stays() -> None:
    (bees, _) = told(f"## Bees\n\nThey hum.\n\n[All bees of Rome hum at night](https://a.example/){END}")

    assert bees == ("Bees", "https://a.example/", "They hum.\n\nAll bees of Rome hum at night")


def test_a_sentence_that_is_one_link_names_no_source() -> None:
    call = "[Please send in your own stories of bees, and vote!](https://b.example/)"

    assert link_of(f"This week: [Maya](https://a.example/).\n\n{call}") == "https://a.example/"
