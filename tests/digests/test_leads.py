"""The headline that a paragraph or an entry begins with."""

import pytest

from bot.digests.leads import number_of
from tests.digests.told import headlines, items, told


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


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1. Bees", 1, "Bees"),
        ("12）Bees", 12, "Bees"),
        ("【3】Bees", 3, "Bees"),
        ("④ Bees", 4, "Bees"),
        ("5️⃣ Bees", 5, "Bees"),
        ("No.6 Bees", 6, "Bees"),
        ("七、Bees", 7, "Bees"),
        ("（十）Bees", 10, "Bees"),
        ("二十一、Bees", 21, "Bees"),
        ("三十、Bees", 30, "Bees"),
        ("[x] Bees", None, "Bees"),
        ("1.5 million bees", None, "1.5 million bees"),
        ("2027 bees", None, "2027 bees"),
        ("一些蜜蜂", None, "一些蜜蜂"),
    ],
)
def test_a_number_in_front_is_no_word_of_the_headline(text: str, number: int | None, rest: str) -> None:
    found, start = number_of(text)

    assert (found, text[start:]) == (number, rest)


def test_a_chinese_number_may_number_a_section() -> None:
    assert headlines("## 一、蜜蜂\n\n- 蜜蜂回来了\n- 花开了\n\n## 二、黄蜂\n\n- 黄蜂没有回来\n- 花谢了") == [
        ("一、蜜蜂", "蜜蜂回来了"),
        ("一、蜜蜂", "花开了"),
        ("二、黄蜂", "黄蜂没有回来"),
        ("二、黄蜂", "花谢了"),
    ]


def test_the_first_address_counts_whether_it_is_linked_or_written_out() -> None:
    (item,) = items("**Bees dream**\nhttps://a.example/bees\nMore in [a paper](https://b.example/).\n")

    assert (item.headline.text, item.link) == ("Bees dream", "https://a.example/bees")


def test_a_picture_at_the_end_is_no_word_of_the_headline() -> None:
    first, second = items("1. Bees dream in colour\n   ![a bee](https://a.example/bee.png)\n2. Wasps wake\n")

    assert first.headline.text == "Bees dream in colour"
    assert "a bee" in first.summary.text
    assert second.headline.text == "Wasps wake"
