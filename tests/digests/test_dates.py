"""Dates as digests have them."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.digests.dates import date_in_name, read_date

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-07-22T04:00:34.422+08:00", "2025-07-22T04:00:34.422000+08:00"),
        ("2025-07-22 04:00:34", "2025-07-22T04:00:34+08:00"),
        ("2025-07-22T04:00Z", "2025-07-22T04:00:00+00:00"),
        ("2025-07-22 04:00:34 +0530", "2025-07-22T04:00:34+05:30"),
        ("2025-07-22 04:00:34 -05", "2025-07-22T04:00:34-05:00"),
        ("2025-07-22T04:00:34.123456789Z", "2025-07-22T04:00:34.123456+00:00"),
        ("2025-07-22 04:00:34 +0200 CEST", "2025-07-22T04:00:34+02:00"),
        ("2025/07/22 4:05", "2025-07-22T04:05:00+08:00"),
        ("Tue, 22 Jul 2025 04:00:34 GMT", "2025-07-22T04:00:34+00:00"),
        ("Tue, 22 Jul 2025 04:00:34 +0900", "2025-07-22T04:00:34+09:00"),
        # Somebody's mistake: no clock is so far from Greenwich, so the time is the source's own.
        ("2025-07-22 17:30:00+17:30", "2025-07-22T17:30:00+08:00"),
        ("2025-07-22 04:00:00+23:00", "2025-07-22T04:00:00+08:00"),
    ],
)
def test_a_time_is_read_in_every_shape(written: str, moment: str) -> None:
    found = read_date(written, SHANGHAI)

    assert found is not None
    assert found.at.isoformat() == moment
    assert not found.day_only


@pytest.mark.parametrize(
    "written",
    [
        "2025-07-02",
        "2025-7-2",
        "2025/07/02",
        "07-02-2025",
        "7/2/2025",
        "2025.07.02",
        "2025年7月2日",
        "July 2, 2025",
        "2nd Jul 2025",
    ],
)
def test_a_day_is_its_first_moment_in_the_zone_of_the_source(written: str) -> None:
    found = read_date(written, SHANGHAI)

    assert found is not None
    assert found.at == datetime(2025, 7, 2, tzinfo=SHANGHAI)
    assert found.day_only


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-29",
        "2022-02-29 07:10:00 -0000",
        "2024-04-17 14:4g5:00",
        "2021-(TODO: MM-DD)",
        "soon",
        "",
        "0001-01-01T00:00:00Z",
        "2025-07-22 25:00",
        "9999-12-31",
        True,
        20250702,
        None,
        ["2025-07-02"],
    ],
)
def test_what_is_no_date_is_none(written: object) -> None:
    assert read_date(written, SHANGHAI) is None


def test_values_that_toml_has_read_already_are_taken_as_they_are() -> None:
    east = timezone(timedelta(hours=9))

    timed = read_date(datetime(2025, 7, 2, 4, tzinfo=east), SHANGHAI)
    naive = read_date(datetime(2025, 7, 2, 4), SHANGHAI)  # noqa: DTZ001 - as TOML gives it
    day = read_date(date(2025, 7, 2), SHANGHAI)

    assert timed is not None
    assert timed.at == datetime(2025, 7, 2, 4, tzinfo=east)
    assert naive is not None
    assert naive.at == datetime(2025, 7, 2, 4, tzinfo=SHANGHAI)
    assert day is not None
    assert day.day_only


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("_posts/2020-12-2-news.md", "2020-12-02"),
        ("daily/2026-01-10.md", "2026-01-10"),
        ("output/daily_20260210.md", "2026-02-10"),
        ("2025-11-07/index.md", "2025-11-07"),
        ("reports/#32-2018.08.20.md", "2018-08-20"),
        ("digest_2025_11_07.md", "2025-11-07"),
        ("weekly/2026-W32.md", None),
        ("notes-1.2.3.md", None),
        ("2025-13-40.md", None),
        ("report-20260406-130000.md", "2026-04-06"),
        ("notes.md", None),
        ("reports/2018/no-32-2018.08.20.md", "2018-08-20"),
        ("daily_2025_03_31.md", "2025-03-31"),
        ("blog/2024Jun02.md", "2024-06-02"),
        ("contents/2022/Oct/03-news.md", "2022-10-03"),
        ("contents/2022/October/3/index.md", "2022-10-03"),
        ("2016/0919.md", "2016-09-19"),
        ("daily/2025/12/26.md", "2025-12-26"),
        ("daily/2025/12-26-news.md", "2025-12-26"),
        ("2022/01.md", None),
        ("2022/1399.md", None),
        ("2022/01/release-1.2.3.md", None),
        ("v2020/1/2.md", None),
    ],
)
def test_a_day_in_the_name_is_found(path: str, day: str | None) -> None:
    found = date_in_name(path, SHANGHAI)

    assert (found and found.at.date().isoformat()) == day
