"""The one place where a time becomes Unix milliseconds in UTC, and comes back."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_millis(at: datetime) -> int:
    """Write the aware time *at* as the database keeps it, rounded down; a naive one raises TypeError."""
    return (at - _EPOCH) // _MILLISECOND


def from_millis(millis: int) -> datetime:
    """Read a time as the database keeps it."""
    return _EPOCH + millis * _MILLISECOND
