"""What a delivery becomes after an outcome: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery import retry
from bot.delivery.outcome import (
    ChatClosed,
    ChatGone,
    ChatUnknown,
    Flood,
    Migrated,
    Outcome,
    Refused,
    Sent,
    Unreachable,
    Unsure,
)
from storage.model import Delivery, SubscriberState


@dataclass(frozen=True, slots=True)
class PartSent:
    """Its part is in the chat as *message_id*; *last*: and with it the whole delivery."""

    message_id: int
    last: bool


@dataclass(frozen=True, slots=True)
class PartGivenUp:
    """Its part may be in the chat, and is not sent again; *last*: and with it the delivery has ended.

    *wanted*: an operator wants that of whatever is in doubt; else it was sent too often.
    """

    reason: str
    last: bool
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Complete:
    """It has no part more than these *parts*: the last was given up by a restart, or there are fewer now than then."""

    parts: int


@dataclass(frozen=True, slots=True)
class Again:
    """It waits for another try; *doubt*: this one may have arrived; *held*: until then it is not late."""

    try_at: datetime
    reason: str
    doubt: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """It is given up."""

    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """It is owed no more; *chat*: and what the chat becomes, or only its topic, None: nothing else."""

    reason: str
    chat: SubscriberState | None = None
    topic_only: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another id, and the delivery goes there."""

    to: int


Step = PartSent | PartGivenUp | Complete | Again | Failed | Skipped | Moved


def settle(  # noqa: C901 - one case for each outcome
    delivery: Delivery, outcome: Outcome, *, parts: int, now: datetime, lateness: timedelta | None, resend: bool
) -> Step:
    """Decide what becomes of *delivery*, which has so many *parts*; what is in doubt is sent again if *resend*."""
    last = delivery.parts_sent + 1 >= parts
    match outcome:
        case Sent(message_id):
            return PartSent(message_id, last=last)
        case Unsure(why) if not resend:
            return PartGivenUp(why, last=last, wanted=True)
        case Flood(wait):
            return Again(now + wait, f"Telegram asks to wait for {wait.total_seconds():.0f} s", held=True)
        case ChatGone(why):
            return Skipped(why, SubscriberState.GONE)
        case ChatClosed(why, topic_only):
            return Skipped(why, SubscriberState.PAUSED, topic_only)
        case ChatUnknown(why):
            return _unknown(delivery, why, now=now)
        case Migrated(to):
            return Moved(to)
        case Refused(why):
            return Failed(f"Telegram refuses the text: {why}")
        case Unsure(why):
            return _in_doubt(delivery, why, last=last, now=now)
        case Unreachable(why):
            return try_again(delivery, why, now=now, lateness=lateness)


def try_again(delivery: Delivery, why: str, *, now: datetime, lateness: timedelta | None) -> Again | Failed:
    """Let what did not arrive wait its time, or give it up when it is no news any more."""
    if retry.too_late(delivery.due_at, now=now, lateness=lateness):
        return Failed(f"given up after {delivery.attempts} tries: {why}")
    return Again(now + retry.wait_before(delivery.attempts + 1), why)


def _unknown(delivery: Delivery, why: str, *, now: datetime) -> Again | Skipped:
    wait = retry.wait_while_unknown(delivery.attempts)
    return Skipped(why, SubscriberState.GONE) if wait is None else Again(now + wait, why)


def _in_doubt(delivery: Delivery, why: str, *, last: bool, now: datetime) -> Again | PartGivenUp:
    wait = retry.wait_after_doubt(delivery.doubts + 1)
    return PartGivenUp(why, last=last) if wait is None else Again(now + wait, why, doubt=True)
