"""When roundups go, in every time zone there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.due import held_until, next_roundup
from storage.model import Cadence, Schedule
from tests.lean import lean

_HOUR, _DAY, _YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
_FROM = datetime(2024, 1, 1, tzinfo=UTC)
_ZONES = sorted(available_timezones())
# Half an hour of daylight saving, a gap over midnight, three quarters of an hour, Ramadan, and those that many live in.
_ODD = [
    *("Australia/Lord_Howe", "Africa/Cairo", "Asia/Beirut", "Pacific/Chatham", "Africa/Casablanca", "America/Nuuk"),
    *("Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Scoresbysund", "Antarctica/Troll", "UTC"),
]
# Those that a gap swallows somewhere, and that come twice.
_HOURS = [time(0), time(0, 30), time(1, 30), time(2), time(2, 15), time(3, 5), time(8), time(23, 45)]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time in which a zone's offset is the same, as its clocks show it: *begin* until before *end*."""

    begin: datetime
    end: datetime
    offset: timedelta

    def instant(self, shown: datetime) -> datetime:
        return (shown - self.offset).replace(tzinfo=UTC)


def _stretches(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[_Stretch]:
    """Find out by asking each hour, and each minute of those in which something changes."""

    def offset(at: datetime) -> timedelta:
        return at.astimezone(zone).utcoffset() or timedelta()

    changes, at = [begin], begin
    while at < end:
        if offset(at) != offset(at + _HOUR):
            changes.append(next(m for i in range(1, 61) if offset(m := at + i * _HOUR / 60) != offset(at)))
        at += _HOUR
    for since, until in pairwise([*changes, at]):
        shift = offset(since)
        yield _Stretch((since + shift).replace(tzinfo=None), (until + shift).replace(tzinfo=None), shift)


def _expected(stretches: list[_Stretch], day: date, hour: time) -> datetime | None:
    """When the clocks first show *hour* on *day*, else the first minute that they show later; None: never that day."""
    wanted = datetime.combine(day, hour)
    midnight = datetime.combine(day, time())
    if not any(each.begin < midnight + _DAY and each.end > midnight for each in stretches):
        return None
    for stretch in stretches:
        if stretch.begin <= wanted < stretch.end:
            return stretch.instant(wanted)
    return next(each.instant(each.begin) for each in stretches if each.begin > wanted)


def _all_roundups(schedule: Schedule, begin: datetime, end: datetime) -> Iterator[datetime]:
    at = begin
    while (following := next_roundup(schedule, after=at)) is not None and following < end:
        yield following
        at = following


def _check(name: str, begin: datetime, end: datetime, schedule: Schedule) -> None:
    stretches = list(_stretches(ZoneInfo(name), begin - 3 * _DAY, end + 3 * _DAY))
    days = ((begin + n * _DAY).date() for n in range(-1, (end - begin).days + 2))
    wanted = {"daily": range(7), "weekdays": range(5), "weekly": [schedule.weekday], "at once": []}[schedule.cadence]
    expected = [at for day in days if day.weekday() in wanted and (at := _expected(stretches, day, schedule.send_time))]

    assert list(_all_roundups(schedule, begin, end)) == [at for at in expected if begin < at < end], (name, schedule)


def _schedules(name: str) -> Iterator[Schedule]:
    random = Random(name)  # noqa: S311 - no secret hangs on it
    cadences: list[Cadence] = ["daily", "weekdays", "weekly"]
    for hour in random.sample(_HOURS, 2):
        yield Schedule("daily", hour, time_zone=name)
    yield Schedule(random.choice(cadences), random.choice(_HOURS), random.randrange(7), name)


@pytest.mark.parametrize("name", lean([*_ODD, *_ZONES[::60]], most=len(_ODD)))
def test_one_roundup_goes_on_each_day_at_its_hour(name: str) -> None:
    for schedule in _schedules(name):
        _check(name, _FROM, _FROM + 2 * _YEAR, schedule)


@pytest.mark.long
def test_one_roundup_goes_on_each_day_at_its_hour_in_every_zone_for_two_years() -> None:
    for name in _ZONES:
        for schedule in _schedules(name):
            _check(name, _FROM, _FROM + 2 * _YEAR, schedule)


@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Pacific/Kiritimati", date(1994, 12, 31)),
        ("Asia/Pyongyang", date(2018, 5, 4)),
        ("America/Caracas", date(2016, 5, 1)),
        ("Asia/Gaza", date(2024, 4, 20)),
    ],
)
def test_days_that_never_were_pass_in_peace(name: str, around: date) -> None:
    begin = datetime.combine(around, time(), UTC) - 10 * _DAY
    for hour in _HOURS:
        _check(name, begin, begin + 20 * _DAY, Schedule("daily", hour, time_zone=name))
        _check(name, begin, begin + 20 * _DAY, Schedule("weekly", hour, around.weekday(), name))


def test_a_roundup_waits_for_the_hour_that_the_clocks_skip() -> None:
    schedule = Schedule("daily", time(2, 30), time_zone="Europe/Berlin")

    assert next_roundup(schedule, after=datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_roundup_goes_once_in_the_night_with_two_such_hours() -> None:
    schedule = Schedule("daily", time(2, 30), time_zone="Europe/Berlin")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert next_roundup(schedule, after=first - _HOUR) == first
    assert next_roundup(schedule, after=first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def _november(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


_NOON = _november(21, 12)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(), None),
        (Schedule("daily", time(7, 30)), _november(22, 7, 30)),
        (Schedule("daily", time(7, 30), time_zone="Asia/Shanghai"), _november(21, 23, 30)),
        (Schedule("daily", time(7, 30), time_zone="Nowhere/Else"), _november(22, 7, 30)),
        (Schedule("daily", time(7, 30), time_zone="Asia"), _november(22, 7, 30)),
        (Schedule("daily", time(7, 30), quiet_hours=(time(7), time(9))), _november(22, 9)),
        (Schedule("daily", time(23), quiet_hours=(time(22), time(8))), _november(22, 8)),
        (Schedule("daily", time(22), quiet_hours=(time(8), time(22))), _november(21, 22)),
        (Schedule("weekdays", time(7)), _november(23, 7)),
        (Schedule("weekly", time(7), 5), _november(28, 7)),
    ],
)
def test_the_next_roundup_after_a_saturday_noon(schedule: Schedule, expected: datetime | None) -> None:
    assert next_roundup(schedule, after=_NOON) == expected


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(), None),
        (Schedule("daily"), None),
        (Schedule(quiet_hours=(time(22), time(8))), None),
        (Schedule(quiet_hours=(time(22), time(8)), time_zone="Asia/Shanghai"), None),
        (Schedule(quiet_hours=(time(20), time(8)), time_zone="Asia/Shanghai"), _november(22)),
        (Schedule(quiet_hours=(time(12), time(13))), _november(21, 13)),
        (Schedule(quiet_hours=(time(11), time(12))), None),
        (Schedule(quiet_hours=(time(12), time(12))), None),
        (Schedule(snoozed_until=_NOON), None),
        (Schedule(snoozed_until=_NOON + _HOUR), _november(21, 13)),
        (Schedule(snoozed_until=_NOON - _HOUR, quiet_hours=(time(9), time(14))), _november(21, 14)),
        (Schedule(snoozed_until=_NOON + 11 * _HOUR, quiet_hours=(time(22), time(8))), _november(22, 8)),
    ],
)
def test_what_comes_at_noon_is_held_by_quiet_hours_and_a_snooze(schedule: Schedule, expected: datetime | None) -> None:
    assert held_until(schedule, now=_NOON) == expected


_HOUR_OF_DAY = st.builds(time, st.integers(0, 23), st.integers(0, 59))
_QUIET = st.one_of(st.none(), st.tuples(_HOUR_OF_DAY, _HOUR_OF_DAY))
_AT = st.timedeltas(-14 * _YEAR, 3 * _YEAR).map(lambda since: _FROM + since)
_ANY = st.builds(
    Schedule,
    cadence=st.sampled_from(["daily", "weekdays", "weekly"]),
    send_time=_HOUR_OF_DAY,
    weekday=st.integers(0, 6),
    time_zone=st.sampled_from([*_ODD, *_ZONES, "Pacific/Apia"]),
    quiet_hours=_QUIET,
    snoozed_until=st.one_of(st.none(), _AT),
)


@given(schedule=_ANY, at=_AT)
@settings(deadline=None, max_examples=200)
def test_whatever_was_asked_for_it_comes_later_and_never_in_quiet_hours(schedule: Schedule, at: datetime) -> None:
    following = next_roundup(schedule, after=at)
    free = held_until(schedule, now=at)

    assert following is not None
    assert at < following < at + 11 * _DAY
    for moment in (each for each in (following, free) if each):
        assert held_until(Schedule(time_zone=schedule.time_zone, quiet_hours=schedule.quiet_hours), now=moment) is None
    assert free is None or free > at


@given(schedule=_ANY, at=_AT, wait=st.timedeltas(timedelta(seconds=1), timedelta(days=30)))
@settings(deadline=None, max_examples=200)
def test_when_the_next_one_goes_does_not_depend_on_when_one_asks(
    schedule: Schedule, at: datetime, wait: timedelta
) -> None:
    following = next_roundup(schedule, after=at)
    later = next_roundup(schedule, after=at + wait)

    assert following is not None
    assert later is not None
    assert later == following if at + wait < following else later > following
