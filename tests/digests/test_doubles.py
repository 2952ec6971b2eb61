"""Which categories may be the same; what is no sign of it is not guessed."""

import random

import pytest

from bot.digests.categories import categories_of
from bot.digests.doubles import likely_doubles


def doubles(*names: str, together: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """The doubles among *names*, the busiest first; those *together* stand in one digest."""
    categories = categories_of(names)
    carriers = {each.folded: {number} for number, each in enumerate(categories)}
    for each in categories_of(together):
        carriers[each.folded].add(-1)
    return [(double.kept.name, double.other.name, double.why) for double in likely_doubles(categories, carriers)]


@pytest.mark.parametrize(
    "pair",
    [
        ("Newsletter", "Newsletters"),
        ("Model", "Models"),
        ("Machine Learning", "machine lerning"),
        ("Kubernetes", "Kubernetse"),
        ("Economía", "Economia"),
        ("AI News", "News: AI"),
        ("开源动态", "开源动向"),
        ("开源项目周报", "开源项目周"),
    ],
    ids="-".join,
)
def test_names_a_letter_apart_or_of_the_same_words_are_spelled_alike(pair: tuple[str, str]) -> None:
    assert doubles(*pair) == [(*pair, "spelled alike")]


@pytest.mark.parametrize("pair", [("AI资讯", "AI News"), ("开源AI", "开源动态")], ids="-".join)
def test_names_that_go_on_in_another_script_are_akin_unless_a_digest_has_both(pair: tuple[str, str]) -> None:
    assert doubles(*pair) == [(*pair, "akin")]
    assert doubles(*pair, together=pair) == []


@pytest.mark.parametrize(
    "pair",
    [
        ("Rust", "Trust"),
        ("GPT-4 turbo", "GPT-5 turbo"),
        ("Weekly 2024", "Weekly 2025"),
        ("C++", "C"),
        ("开源", "开放"),
        ("AI News", "AI Safety"),
        ("AI", "AI资讯"),
        ("开源工具", "开源动态"),
        ("技术周报", "AI周报"),
    ],
    ids="-".join,
)
def test_other_names_are_not_guessed_to_be_the_same(pair: tuple[str, str]) -> None:
    assert doubles(*pair) == []


def test_all_that_are_alike_are_given_to_the_busiest_of_them() -> None:
    assert doubles("digests", "bees", "digest", "digestss") == [
        ("digests", "digest", "spelled alike"),
        ("digests", "digestss", "spelled alike"),
    ]


def test_a_beginning_of_many_names_is_a_subject_and_no_sign() -> None:
    names = [f"AI {word}" for word in ("资讯", "安全", "工具", "论文", "应用", "News")]

    assert len(doubles(*names)) > 0
    assert doubles(*names, "AI 硬件") == []


def test_thousands_of_categories_are_compared_in_a_moment() -> None:
    letters = random.Random(7)  # noqa: S311 - a sample, no secret
    names = {"".join(letters.choices("abcdefghijklmnop", k=letters.randint(4, 14))) for _ in range(3_100)}

    found = doubles(*sorted(names), "a newsletter", "a newsleter")

    assert ("a newsletter", "a newsleter", "spelled alike") in found
