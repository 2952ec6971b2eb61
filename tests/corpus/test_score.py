"""The parser finds in real digests what people found in them."""

from functools import cache

from tests.corpus.labels import labelled_files
from tests.corpus.score import Score, score, total
from tests.running import needs_shared

pytestmark = needs_shared

# What is not as labelled, and why that is right.
KNOWN = {
    # Its date is a note to write one: an unreadable date is an error that names the line, not a digest without a date.
    "NixOS__nixos-weekly/content/2022/01.md",
    # Its zone repeats its hour, +20:30: no clock has it, so the time is the source's own.
    "openSUSE__news-o-o/_posts/2020/2020-08-06-skopeo-xxhash-gcc-10-2-are-among-updates-in-tumbleweed.md",
}


@cache
def whole() -> Score:
    return total(score(file) for file in labelled_files())


def test_enough_digests_of_all_sites_are_labelled() -> None:
    files = list(labelled_files())

    assert len([file for file in files if file.left_out is None]) >= 25
    assert len({file.path.split("/")[0].split("@")[0] for file in files}) == 18


def test_98_of_100_labelled_items_are_found() -> None:
    assert whole().recall >= 0.98, whole().missed


def test_2_of_100_items_at_most_are_none() -> None:
    assert whole().false_share <= 0.02, whole().false


def test_titles_times_and_categories_are_as_labelled() -> None:
    assert [each for each in whole().differences if each.split(":")[0] not in KNOWN] == []


def test_items_begin_where_people_saw_them_begin() -> None:
    assert whole().wrong_lines / whole().found < 0.01
