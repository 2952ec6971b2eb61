"""How a schedule is told."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.messages.schedules import next_time, schedule_told
from bot.messages.times import moment, place
from storage.model import Schedule

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# In Shanghai it is Sunday, 16:00.
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("schedule", "english", "chinese"),
    [
        (Schedule(), ["Digests come at once, as they are published."], ["一发布就送到。"]),
        (
            Schedule("daily", time(21), time_zone=SHANGHAI),
            ["A roundup comes every day at 21:00.", "Next: today 21:00, Shanghai time."],
            ["每天 21:00 汇总送达。", "下次：今天 21:00（北京时间）"],
        ),
        (
            Schedule("weekdays", time(8), time_zone="America/New_York"),
            ["A roundup comes Monday to Friday at 08:00.", "Next: tomorrow 08:00, New York time."],
            ["周一至周五 08:00 汇总送达。", "下次：明天 08:00（纽约时间）"],
        ),
        (
            Schedule("weekly", time(8), 5, SHANGHAI),
            ["A roundup comes every Saturday at 08:00.", "Next: Sat, Nov 28, 08:00, Shanghai time."],
            ["每星期六 08:00 汇总送达。", "下次：11月28日周六 08:00（北京时间）"],
        ),
        (
            Schedule(time_zone=SHANGHAI, quiet_hours=(time(15), time(18, 30)), snoozed_until=NOW + HOUR),
            [
                "Digests come at once, as they are published.",
                "Next: today 18:30, Shanghai time.",
                "Quiet from 15:00–18:30; what is published then comes afterwards, in one roundup.",
                "Snoozed until today 17:00. What is published meanwhile comes then.",
            ],
            [
                "一发布就送到。",
                "下次：今天 18:30（北京时间）",
                "免打扰 15:00–18:30，其间的内容结束后合成一份送来。",
                "已暂停到今天 17:00，其间的内容到时一并送来。",
            ],
        ),
        (
            Schedule(snoozed_until=NOW - HOUR, quiet_hours=(time(22), time(7))),
            [
                "Digests come at once, as they are published.",
                "Quiet from 22:00–07:00; what is published then comes afterwards, in one roundup.",
            ],
            ["一发布就送到。", "免打扰 22:00–07:00，其间的内容结束后合成一份送来。"],
        ),
    ],
)
def test_a_schedule_is_told_with_the_next_time(schedule: Schedule, english: list[str], chinese: list[str]) -> None:
    assert schedule_told("en", schedule, planned=None, now=NOW) == english
    assert schedule_told("zh-Hans", schedule, planned=None, now=NOW) == chinese


def test_what_had_to_wait_is_told_for_when_it_comes() -> None:
    schedule = Schedule("daily", time(8), snoozed_until=NOW + HOUR)

    assert next_time(schedule, planned=NOW, now=NOW) == NOW + HOUR
    assert next_time(schedule, planned=NOW + DAY, now=NOW) == NOW + DAY


def test_a_day_is_that_of_the_readers_clock() -> None:
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)

    assert moment("en", late, now=NOW, time_zone=SHANGHAI) == "tomorrow 00:30"
    assert moment("en", late, now=NOW, time_zone="Europe/Berlin") == "today 17:30"


@pytest.mark.parametrize(
    ("zone", "english", "chinese"),
    [
        (None, "UTC", "UTC"),
        ("Etc/UTC", "UTC", "UTC"),
        ("Etc/GMT-8", "UTC+8", "UTC+8"),
        ("Etc/GMT+5", "UTC-5", "UTC-5"),
        (SHANGHAI, "Shanghai", "北京"),
        ("Asia/Kolkata", "Kolkata", "加尔各答"),
        ("Asia/Ho_Chi_Minh", "Ho Chi Minh City", "胡志明市"),
        ("Europe/Kyiv", "Kyiv", "基辅"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "布宜诺斯艾利斯"),
        ("America/Indiana/Knox", "Knox, Indiana", "印第安纳州诺克斯"),
        ("Asia/Taipei", "Taipei", "台北"),
    ],
)
def test_a_zone_is_called_by_its_city(zone: str | None, english: str, chinese: str) -> None:
    assert (place("en", zone), place("zh-Hans", zone)) == (english, chinese)
