"""The one place where a time becomes Unix milliseconds in UTC, and comes back."""

from datetime import UTC, datetime, timedelta, timezone
from functools import cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


# What never comes by itself: the last day that can be read, east and west of UTC.
NEVER_MILLIS = (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH) // _MILLISECOND


def to_millis(at: datetime) -> int:
    """Write the aware time *at* as the database keeps it, rounded down; a naive one raises TypeError."""
    return (at - _EPOCH) // _MILLISECOND


def from_millis(millis: int, *, utc_offset: int | None = None) -> datetime:
    """Read a time as the database keeps it, told in *utc_offset* minutes east of UTC (None: in UTC)."""
    at = _EPOCH + millis * _MILLISECOND
    return at.astimezone(_zone(utc_offset)) if utc_offset else at


@cache
def _zone(utc_offset: int) -> timezone:
    return timezone(timedelta(minutes=utc_offset))
