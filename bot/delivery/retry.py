"""When to try again, and when to give up: pure."""

from datetime import datetime, timedelta

_FIRST = timedelta(seconds=1)
_LONGEST = timedelta(minutes=5)
# A part in doubt is sent again at most twice, minutes apart: more would annoy whoever did receive it.
_DOUBTS = 3
# Where it is the bot that dies, nobody knows whose doing that is, and the parts that it takes with it are many.
_STOPS = 6
# How often a chat must be unknown before it is believed to be gone.
_UNKNOWN = 3


def wait_before(attempt: int) -> timedelta:
    """Tell how long to wait before this *attempt* (the first retry is 2): doubling from a second to five minutes."""
    doublings = min(max(attempt - 2, 0), 10)
    return min(_LONGEST, _FIRST * (1 << doublings))


def wait_after_doubt(doubts: int) -> timedelta | None:
    """Tell how long to wait after a part was left in doubt for the *doubts*-th time; None: give up."""
    return timedelta(minutes=doubts) if doubts < _DOUBTS else None


def in_doubt_too_often(doubts: int) -> bool:
    """Say whether a part that was left in doubt so often, by whatever stopped the bot too, is not to be sent again."""
    return doubts >= _STOPS


def wait_while_unknown(attempts: int) -> timedelta | None:
    """Tell how long to wait after so many *attempts* at a chat that Telegram does not know; None: it is gone."""
    return timedelta(minutes=attempts) if attempts < _UNKNOWN else None


def too_late(due_at: datetime, *, now: datetime, lateness: timedelta | None) -> bool:
    """Say whether what was due at *due_at* is no news any more (*lateness* None: it always is)."""
    return lateness is not None and now - due_at > lateness
