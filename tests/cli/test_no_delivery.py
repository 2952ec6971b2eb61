"""Why a chat has nothing of a digest, said in words that are true."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from bot.cli.no_delivery import Owed, why_none
from storage.audit import Progress
from storage.members import Member
from storage.model import Category, Subscriber, SubscriberState, Word
from tests.builders import MONDAY, a_subscriber

AI = Category("ai", "AI")


def owed(
    *,
    not_sent: str | None = None,
    file_is_there: bool = True,
    fan_out: Progress | None = None,
    was_due: bool = True,
    tallied: int = 0,
) -> Owed:
    return Owed((AI,), not_sent, file_is_there, fan_out, MONDAY if was_due else None, tallied)


def at(cursor: int, *, hold: str | None = None, due_in: timedelta = timedelta()) -> Progress:
    return Progress("digest", MONDAY + due_in, cursor, hold, cursor, 10)


def why(
    subscriber: Subscriber, owed: Owed, *, reason: str | None = None, away: bool = False, late: bool = False
) -> str:
    came, since = MONDAY + (1 if late else -1) * timedelta(days=1), MONDAY if away else None
    member = Member(subscriber, came, reason, since)
    return why_none(member, owed, now=MONDAY, zone=UTC)


FAN = a_subscriber(id_=5, categories=["AI"])


@pytest.mark.parametrize(
    ("subscriber", "owed", "reason"),
    [
        (a_subscriber(categories=["Chips", "Bees"]), owed(), "it asked for Chips, Bees, and the digest has AI"),
        (a_subscriber(), owed(), "it asked for nothing, and the digest has AI"),
        (FAN, owed(was_due=False, not_sent="it was 3 days old"), "the digest was owed to nobody: it was 3 days old"),
        (FAN, owed(was_due=False), "the digest was owed to nobody: it was in the archive from the start, "),
        (FAN, owed(fan_out=at(4)), "its turn has not come: 4 of 10 subscribers have been asked for"),
        (FAN, owed(fan_out=at(0, hold="many")), "its turn has not come: the digest is held; too many came"),
        (FAN, owed(fan_out=at(4), file_is_there=False), "its turn has not come: the digest's file is gone"),
        (
            FAN,
            owed(fan_out=at(0, due_in=timedelta(hours=2))),
            "its turn has not come: the digest is due at 2025-07-21 06:00:00",
        ),
        (a_subscriber(id_=5), owed(fan_out=at(0)), "it asked for nothing, and the digest has AI"),
        (FAN, owed(fan_out=at(7)), "it did not want the digest, or was paused, when that was owed, and would get it"),
        (FAN, owed(), "it did not want the digest, or was paused, when that was owed, and would get it now"),
        (FAN, owed(was_due=False, tallied=9), "its row is one of the 9 that were old and are only counted, or it did"),
    ],
)
def test_a_chat_without_a_delivery_is_told_why(subscriber: Subscriber, owed: Owed, reason: str) -> None:
    assert why(subscriber, owed).startswith(reason)


def test_what_a_chat_follows_is_told_too() -> None:
    bees = a_subscriber(categories=["Bees"])
    follower = replace(bees, preferences=replace(bees.preferences, followed=(Word("qwen", "Qwen"),)))

    assert why(follower, owed()) == "it asked for Bees, items with “Qwen”, and the digest has AI"


def test_who_is_away_is_told_since_when_and_why() -> None:
    gone = a_subscriber(categories=["AI"], state=SubscriberState.GONE)
    stopped = a_subscriber(categories=["AI"], state=SubscriberState.STOPPED)

    blocked = "Forbidden: bot was blocked by the user"
    assert why(gone, owed(), reason=blocked, away=True) == f"it is gone since 2025-07-21 04:00:00: {blocked}"
    assert why(stopped, owed()) == "it is stopped"


def test_who_came_later_is_told_when() -> None:
    assert why(FAN, owed(), late=True) == "it came at 2025-07-22 04:00:00, after the digest was owed"


def test_a_chat_that_nobody_knows_is_told_so() -> None:
    assert why_none(None, owed(), now=MONDAY, zone=UTC).startswith("no subscriber has this chat id")
