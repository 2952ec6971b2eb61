"""Whether and when a digest seen for the first time is owed: pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.model import Digest

_DAY = timedelta(days=1)
_TOO_OLD = "old when it was first seen"


@dataclass(frozen=True, slots=True)
class Owe:
    """It goes to whoever wants it, from *due_at* on; *remark*: what an operator should know of that."""

    due_at: datetime
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class StoreOnly:
    """It is kept and can be searched; *remark*: why it is not sent, None for a baseline, which needs no reason."""

    remark: str | None = None


Plan = Owe | StoreOnly


def plan(digest: Digest, *, baseline: bool, now: datetime, catch_up: timedelta | None) -> Plan:
    """Decide for a new digest; *catch_up* is how old it may be (None: as old as it likes).

    A day without a time counts to its end, and a digest without a date from now.
    """
    if baseline:
        return StoreOnly()
    if digest.published_at is None:
        return Owe(now)
    if digest.published_at > now:
        far = digest.published_at - now > _DAY
        told = f"it is dated {digest.published_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        return Owe(digest.published_at, told if far else None)
    age = now - digest.published_at - (_DAY if digest.day_only else timedelta())
    if catch_up is not None and age > catch_up:
        return StoreOnly(f"it was {_told(age)} {_TOO_OLD}; DIGEST_BOT_CATCH_UP_HOURS is {_hours(catch_up)}")
    return Owe(now)


def is_too_old(reason: str) -> bool:
    """Say whether that is why a digest was stored and not sent, and not that somebody decided so."""
    return _TOO_OLD in reason


def _told(age: timedelta) -> str:
    return f"{age.days} days" if age >= 2 * _DAY else f"{_hours(age)} hours"


def _hours(wait: timedelta) -> str:
    return f"{wait / timedelta(hours=1):.3g}"
