"""When the next roundup goes, and until when quiet hours or a snooze hold what comes: pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo

from storage.model import Schedule

_DAY = timedelta(days=1)
_WEEKEND = 5
# A gap may put off a roundup of one day to the next, and quiet hours by nearly a day more.
_LATEST = 2


def next_roundup(schedule: Schedule, *, after: datetime) -> datetime | None:
    """Tell when the first roundup later than *after* goes, in UTC; None: there are none, all comes at once.

    An hour that comes twice counts where it comes first. One that is skipped counts as the first minute after the gap;
    a day that is skipped whole does not count. What would come in quiet hours comes at their end.
    """
    if schedule.cadence == "at once":
        return None
    return next(at for at in _roundups(schedule, after=after) if at > after)


def held_until(schedule: Schedule, *, now: datetime) -> datetime | None:
    """Tell when what is due *now* may go, in UTC, because of quiet hours or a snooze; None: nothing holds it."""
    if schedule.quiet_hours is None and schedule.snoozed_until is None:
        return None
    awake = max(now, schedule.snoozed_until or now)
    free = _after_quiet_hours(schedule, awake)
    return free if free > now else None


def next_look(schedule: Schedule, *, now: datetime) -> datetime:
    """Tell when to look for what is held for who asks for this schedule *now*, in UTC: if all comes at once, soon."""
    return next_roundup(schedule, after=now) or held_until(schedule, now=now) or now


def goes_by_clock(schedule: Schedule) -> bool:
    """Say whether it matters by whose clock it goes."""
    return schedule.cadence != "at once" or schedule.quiet_hours is not None


@cache
def zone(name: str | None) -> tzinfo:
    """Give the time zone of that IANA name; UTC for None, and for a zone that the tz database has no more."""
    try:
        return ZoneInfo(name) if name else UTC
    # Of names that are none it raises more than it says: a folder's IsADirectoryError, for one.
    except (KeyError, ValueError, OSError):
        return UTC


def _roundups(schedule: Schedule, *, after: datetime) -> Iterator[datetime]:
    where = zone(schedule.time_zone)
    first = after.astimezone(where).date() - _LATEST * _DAY
    for day in (first + days * _DAY for days in count()):
        if _is_day_of(schedule, day) and _was(day, where):
            yield _after_quiet_hours(schedule, _instant(day, schedule.send_time, where))


def _is_day_of(schedule: Schedule, day: date) -> bool:
    match schedule.cadence:
        case "at once":
            return False
        case "daily":
            return True
        case "weekdays":
            return day.weekday() < _WEEKEND
        case "weekly":
            return day.weekday() == schedule.weekday


def _was(day: date, where: tzinfo) -> bool:
    # No day was ever skipped by more than one gap, so that only its middle was left.
    return any(_exists(datetime.combine(day, hour, where)) for hour in (time.min, time.max))


def _after_quiet_hours(schedule: Schedule, at: datetime) -> datetime:
    """Give *at*, or when the quiet hours that it falls into end."""
    if schedule.quiet_hours is None or schedule.quiet_hours[0] == schedule.quiet_hours[1]:
        return at
    where, (begin, end) = zone(schedule.time_zone), schedule.quiet_hours
    # Where a gap puts their end right into the next quiet hours, more than once.
    while _within((local := at.astimezone(where)).time(), begin, end):
        day = local.date() + (_DAY if local.time() >= end else timedelta())
        at = _instant(day, end.replace(fold=local.fold), where)
    return at


def _within(clock_time: time, begin: time, end: time) -> bool:
    return begin <= clock_time < end if begin < end else clock_time >= begin or clock_time < end


def _instant(day: date, clock_time: time, where: tzinfo) -> datetime:
    """Give when the clocks there show that time on that day; where they skip it, the first moment after the gap."""
    local = datetime.combine(day, clock_time, where)
    if _exists(local):
        return local.astimezone(UTC)
    # In a gap fold 1 is told with the offset after it, and so lies before it; fold 0 the other way (PEP 495).
    before, beyond = (local.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    offset = beyond.astimezone(where).utcoffset()
    seconds, enough = 0, int((beyond - before).total_seconds())
    while seconds < enough:
        middle = (seconds + enough) // 2
        if (before + timedelta(seconds=middle)).astimezone(where).utcoffset() == offset:
            enough = middle
        else:
            seconds = middle + 1
    return before + timedelta(seconds=enough)


def _exists(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None)
