"""What is typed after /schedule and /snooze, as people type it."""

from datetime import time, timedelta

import pytest

from bot.chat.schedule_words import Asked, read_asked, read_snooze
from storage.model import Cadence, Schedule

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
SEVEN_THIRTY, EIGHT, SIX_PM = time(7, 30), time(8), time(18)
OFF = (time(), time())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7:30", Asked(send_time=SEVEN_THIRTY)),
        ("07:30", Asked(send_time=SEVEN_THIRTY)),
        ("7.30", Asked(send_time=SEVEN_THIRTY)),
        ("0730", Asked(send_time=SEVEN_THIRTY)),
        ("7：30", Asked(send_time=SEVEN_THIRTY)),
        ("at 8", Asked(send_time=EIGHT)),
        ("8", Asked(send_time=EIGHT)),
        ("8am", Asked(send_time=EIGHT)),
        ("8 A.M.", Asked(send_time=EIGHT)),
        ("6pm", Asked(send_time=SIX_PM)),
        ("6:00 PM", Asked(send_time=SIX_PM)),
        ("12am", Asked(send_time=time(0))),
        ("12pm", Asked(send_time=time(12))),
        ("midnight", Asked(send_time=time(0))),
        ("24:00", Asked(send_time=time(0))),
        ("daily", Asked("daily")),
        ("Daily 7:30", Asked("daily", SEVEN_THIRTY)),
        ("every day at 8", Asked("daily", EIGHT)),
        ("every morning", Asked("daily", EIGHT)),
        ("every evening", Asked("daily", time(20))),
        ("daily at noon", Asked("daily", time(12))),
        ("weekdays 8", Asked("weekdays", EIGHT)),
        ("on workdays at 8 o'clock", Asked("weekdays", EIGHT)),
        ("Mon-Fri 8:00", Asked("weekdays", EIGHT)),
        ("monday to friday, 8am", Asked("weekdays", EIGHT)),
        ("weekly", Asked("weekly")),
        ("weekly fri 18:00", Asked("weekly", SIX_PM, 4)),
        ("every Friday 6pm", Asked("weekly", SIX_PM, 4)),
        ("Sundays", Asked("weekly", None, 6)),
        ("thurs 8am", Asked("weekly", EIGHT, 3)),
        ("at once", Asked("at once")),
        ("now", Asked("at once")),
        ("immediately", Asked("at once")),
        ("每天8点", Asked("daily", EIGHT)),
        ("每天 8 点", Asked("daily", EIGHT)),
        ("每天早上八点", Asked("daily", EIGHT)),
        ("每天早上7点半", Asked("daily", SEVEN_THIRTY)),
        ("每日 7点30分", Asked("daily", SEVEN_THIRTY)),
        ("每天下午六点", Asked("daily", SIX_PM)),
        ("每晚10点", Asked("daily", time(22))),
        ("每天早上", Asked("daily", EIGHT)),
        ("请每天早上8点发给我", Asked("daily", EIGHT)),
        ("二十二点一刻", Asked(send_time=time(22, 15))),
        ("中午12点", Asked(send_time=time(12))),
        ("中午1点", Asked(send_time=time(13))),
        ("凌晨12点", Asked(send_time=time(0))),
        ("晚上12点", Asked(send_time=time(0))),
        ("工作日 早上8点", Asked("weekdays", EIGHT)),
        ("工作日8:00", Asked("weekdays", EIGHT)),
        ("周一至周五 8点", Asked("weekdays", EIGHT)),
        ("每周", Asked("weekly")),
        ("每周一 8:00", Asked("weekly", EIGHT, 0)),
        ("周五下午6点", Asked("weekly", SIX_PM, 4)),
        ("星期天 18:00", Asked("weekly", SIX_PM, 6)),
        ("每週日晚上六點", Asked("weekly", SIX_PM, 6)),
        ("礼拜三", Asked("weekly", None, 2)),
        ("即时", Asked("at once")),
        ("立即发送", Asked("at once")),
        ("一发布就发送", Asked("at once")),
        ("quiet 22-8", Asked(quiet_hours=(time(22), EIGHT))),
        ("quiet hours from 10 pm to 7:30 am", Asked(quiet_hours=(time(22), SEVEN_THIRTY))),
        ("quiet 22:30 – 8:00", Asked(quiet_hours=(time(22, 30), EIGHT))),
        ("quiet off", Asked(quiet_hours=OFF)),
        ("no quiet hours", Asked(quiet_hours=OFF)),
        ("免打扰 22点-8点", Asked(quiet_hours=(time(22), EIGHT))),
        ("晚上10点到早上8点免打扰", Asked(quiet_hours=(time(22), EIGHT))),
        ("免打扰 22:30到8:00", Asked(quiet_hours=(time(22, 30), EIGHT))),
        ("关闭免打扰", Asked(quiet_hours=OFF)),
        ("Berlin", Asked(place="Berlin", zones=("Europe/Berlin",))),
        ("time zone: New York", Asked(place="new york", zones=("America/New_York",))),
        ("daily 8:00 in Berlin", Asked("daily", EIGHT, place="berlin", zones=("Europe/Berlin",))),
        ("Monday 8am Tokyo", Asked("weekly", EIGHT, 0, place="tokyo", zones=("Asia/Tokyo",))),
        ("Monaco", Asked(place="Monaco", zones=("Europe/Monaco",))),
        ("上海", Asked(place="上海", zones=("Asia/Shanghai",))),
        ("每天8点 柏林", Asked("daily", EIGHT, place="柏林", zones=("Europe/Berlin",))),
        ("UTC+8", Asked(place="UTC+8", zones=("Etc/GMT-8",))),
        ("every full moon", Asked(place="full moon")),
        ("25:00", None),
        ("8:61", None),
        ("13pm", None),
        ("quiet", None),
        ("quiet 8", None),
        ("mon, wed 8:00", None),
        ("每周一三五 8点", None),
        ("周一和周三 8:00", None),
        ("off", None),
        ("关闭", None),
        ("on", None),
        ("!", None),
        ("", None),
    ],
)
def test_a_schedule_is_read_as_it_is_meant(typed: str, expected: Asked | None) -> None:
    assert read_asked(typed) == expected


@pytest.mark.parametrize(
    ("typed", "before", "after"),
    [
        ("7:30", Schedule(), Schedule("daily", SEVEN_THIRTY)),
        ("7:30", Schedule("weekly", EIGHT, 3), Schedule("weekly", SEVEN_THIRTY, 3)),
        ("weekly", Schedule("daily", SEVEN_THIRTY), Schedule("weekly", SEVEN_THIRTY)),
        ("quiet off", Schedule(quiet_hours=(time(22), EIGHT)), Schedule()),
        ("Berlin", Schedule(), Schedule(time_zone="Europe/Berlin")),
        # Which of them is still to be said.
        ("USA", Schedule(time_zone="Asia/Tokyo"), Schedule(time_zone="Asia/Tokyo")),
    ],
)
def test_what_is_not_named_stays(typed: str, before: Schedule, after: Schedule) -> None:
    asked = read_asked(typed)

    assert asked is not None
    assert asked.applied(before) == after


@pytest.mark.parametrize(
    ("typed", "wait"),
    [
        ("1h", HOUR),
        ("2 hours", 2 * HOUR),
        ("an hour", HOUR),
        ("hour", HOUR),
        ("a day", DAY),
        ("3 days", 3 * DAY),
        ("for one week", WEEK),
        ("1小时", HOUR),
        ("半小时", HOUR / 2),
        ("2个小时", 2 * HOUR),
        ("两天", 2 * DAY),
        ("三个星期", 3 * WEEK),
        ("一周", WEEK),
        ("off", timedelta()),
        ("wake", timedelta()),
        ("恢复", timedelta()),
        ("", None),
        ("forever", None),
        ("999 weeks", None),
        ("until monday", None),
        ("到明天早上", None),
        ("0 hours", timedelta()),
    ],
)
def test_a_snooze_is_read_as_it_is_meant(typed: str, wait: timedelta | None) -> None:
    assert read_snooze(typed) == wait


def test_every_cadence_can_be_typed() -> None:
    typed = {"at once": "at once", "daily": "daily", "weekdays": "weekdays", "weekly": "weekly"}
    cadences: dict[str, Cadence] = {"立即": "at once", "每天": "daily", "工作日": "weekdays", "每周": "weekly"}

    for words, cadence in [*((words, cadence) for cadence, words in typed.items()), *cadences.items()]:
        asked = read_asked(words)
        assert asked is not None
        assert asked.cadence == cadence
