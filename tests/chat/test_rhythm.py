"""What a newcomer is told of what comes, and how often."""

from datetime import timedelta

import pytest

from bot.chat.rhythm import how_often
from tests.builders import MONDAY

YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    ("digests", "age", "often"),
    [
        (180, YEAR, ("day", 6)),
        (30, YEAR, ("day", 1)),
        (28, YEAR, ("day", 1)),
        (13, YEAR, ("week", 3)),
        (4, YEAR, ("week", 1)),
        (2, YEAR, ("month", 2)),
        (1, YEAR, ("month", 1)),
        (0, YEAR, ("never", 0)),
    ],
)
def test_it_is_told_by_the_day_the_week_or_the_month(digests: int, age: timedelta, often: tuple[str, int]) -> None:
    assert how_often(digests, MONDAY - age, now=MONDAY) == often


@pytest.mark.parametrize(
    ("digests", "age", "often"),
    [
        (12, timedelta(days=2), ("day", 6)),
        (3, timedelta(hours=1), ("day", 3)),
        (1, timedelta(minutes=1), ("day", 1)),
        (2, timedelta(days=14), ("week", 1)),
    ],
)
def test_of_a_young_archive_its_age_counts(digests: int, age: timedelta, often: tuple[str, int]) -> None:
    assert how_often(digests, MONDAY - age, now=MONDAY) == often
