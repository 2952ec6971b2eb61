"""Read dates in all the shapes that digests have them."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from storage.model import DatedBy

_DAY = (
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})-|/(?P<month2>\d{1,2})/|\.(?P<month3>\d{1,2})\.|年\s?(?P<month4>\d{1,2})月\s?)"
    r"(?P<day>\d{1,2})日?"
)
_TIME = r"(?:(?:[Tt\s,]|\s\s+)\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?)?"
_ZONE = r"\s*(?P<zone>Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?(?:\s+[A-Z]{2,5})?"
_ISO = re.compile(_DAY + _TIME + _ZONE)
_AMERICAN = re.compile(r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d{4})" + _TIME + _ZONE)
_IN_NAME = re.compile(r"(?<!\d)(?:(\d{4})([-._])(\d{1,2})\2(\d{1,2})|(20\d{2})(\d{2})(\d{2}))(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# `2024Jun02`, `2022/Oct/03`
_SPELLED_IN_PATH = re.compile(
    rf"(?<!\d)(20\d{{2}})[-_/ ]?({'|'.join(_MONTHS)})[a-z]{{0,6}}[-_/ ]?(\d{{1,2}})(?!\d)", re.IGNORECASE
)
# `2016/0919.md`, `2025/12/26.md`, `2025/12-26-news.md`
_IN_FOLDERS = re.compile(r"(?<![^/])(20\d{2})/(?:(\d{2})(\d{2})|(\d{1,2})[/-](\d{1,2}))(?!\d)")
_SPELLED = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?:(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month2>[A-Za-z]{3,9})\.?),?\s+(?P<year>\d{4})"
)
_YEARS = range(1970, 2200)
# The world's clocks; an offset beyond them is somebody's mistake.
_WESTERNMOST, _EASTERNMOST = timedelta(hours=-12), timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a digest was published; *day_only*: the day is known, and *at* is its first moment."""

    at: datetime
    day_only: bool
    found: DatedBy = "metadata"


def read_date(value: object, zone: tzinfo) -> Moment | None:
    """Read *value*, a naive one in *zone*; None if it is no date, none that ever was, or from before the web."""
    moment = _read(value, zone)
    return moment if moment is not None and moment.at.year in _YEARS else None


def _read(value: object, zone: tzinfo) -> Moment | None:
    match value:
        case datetime():
            return Moment(_placed(value, zone), day_only=False)
        case date():
            return Moment(datetime.combine(value, time(), zone), day_only=True)
        case str():
            return _read_text(value.strip(), zone)
        case _:
            return None


def date_in_name(path: str, zone: tzinfo) -> Moment | None:
    """The day in the last part of *path* that has one, `2020-12-2-news.md`, else what folders and file say together."""
    parts = [found for part in reversed(path.split("/")) for found in _IN_NAME.finditer(part)]
    for found in [*parts, *_SPELLED_IN_PATH.finditer(path), *_IN_FOLDERS.finditer(path)]:
        year, month, day = (_number(group) for group in found.groups() if group and group not in "-._")
        moment = _day(year, month, day, zone)
        if moment is not None and moment.at.year in _YEARS:
            return replace(moment, found="name")
    return None


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _MONTHS.index(written.lower()) + 1


def _read_text(text: str, zone: tzinfo) -> Moment | None:
    if found := _ISO.fullmatch(text) or _AMERICAN.fullmatch(text):
        return _from_parts({key.rstrip("234"): part for key, part in found.groupdict().items() if part}, zone)
    if found := _SPELLED.fullmatch(text):
        name = (found["month"] or found["month2"])[:3].lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        return _day(int(found["year"]), month, int(found["day"] or found["day2"]), zone)
    try:
        return Moment(_placed(parsedate_to_datetime(text), zone), day_only=False)
    except ValueError:
        return None


def _from_parts(parts: dict[str, str], zone: tzinfo) -> Moment | None:
    midnight = _day(int(parts["year"]), int(parts["month"]), int(parts["day"]), zone)
    if midnight is None or "hour" not in parts:
        return midnight
    microsecond = int(parts.get("fraction", "0")[:6].ljust(6, "0"))
    try:
        clock = time(int(parts["hour"]), int(parts["minute"]), int(parts.get("second", 0)), microsecond)
    except ValueError:
        return None
    at = datetime.combine(midnight.at.date(), clock, _offset(parts["zone"]) if "zone" in parts else None)
    return Moment(_placed(at, zone), day_only=False)


def _day(year: int, month: int, day: int, zone: tzinfo) -> Moment | None:
    try:
        return Moment(datetime(year, month, day, tzinfo=zone), day_only=True)
    except ValueError:
        return None


def _offset(written: str) -> tzinfo:
    if written.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0") if len(written) > len("+08") else written[1:].zfill(2) + "00"
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(days=1):
        offset = timedelta(hours=23, minutes=59)
    return timezone(-offset if written[0] == "-" else offset)


def _placed(at: datetime, zone: tzinfo) -> datetime:
    """Put a naive time, or one with an offset that no clock has, into *zone*."""
    offset = at.utcoffset()
    if offset is None or not _WESTERNMOST <= offset <= _EASTERNMOST:
        return at.replace(tzinfo=zone)
    return at
