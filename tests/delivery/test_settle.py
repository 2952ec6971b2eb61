"""What a delivery becomes after each outcome."""

from datetime import timedelta

import pytest

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
from bot.delivery.settle import Again, Failed, Moved, PartGivenUp, PartSent, Skipped, Step, settle
from storage.model import Delivery, SubscriberState
from tests.builders import MONDAY, a_delivery

NOW = MONDAY + timedelta(minutes=1)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
LATENESS = timedelta(hours=24)
LATE = MONDAY - LATENESS


@pytest.mark.parametrize(
    ("delivery", "outcome", "expected"),
    [
        pytest.param(a_delivery(), Sent(5), PartSent(5, last=False), id="the first part"),
        pytest.param(a_delivery(parts_sent=1), Sent(6), PartSent(6, last=True), id="the last part"),
        pytest.param(
            a_delivery(),
            Flood(12 * HOUR),
            Again(NOW + 12 * HOUR, "Telegram asks to wait for 43200 s", held=True),
            id="a flood is waited out and does not make it late",
        ),
        pytest.param(a_delivery(), ChatGone("blocked"), Skipped("blocked", SubscriberState.GONE), id="gone"),
        pytest.param(a_delivery(), ChatClosed("muted"), Skipped("muted", SubscriberState.PAUSED), id="closed"),
        pytest.param(
            a_delivery(),
            ChatClosed("topic", topic_only=True),
            Skipped("topic", SubscriberState.PAUSED, topic_only=True),
            id="a closed topic",
        ),
        pytest.param(a_delivery(attempts=1), ChatUnknown("?"), Again(NOW + MINUTE, "?"), id="unknown once"),
        pytest.param(a_delivery(attempts=2), ChatUnknown("?"), Again(NOW + 2 * MINUTE, "?"), id="unknown twice"),
        pytest.param(
            a_delivery(attempts=3), ChatUnknown("?"), Skipped("?", SubscriberState.GONE), id="unknown too often"
        ),
        pytest.param(a_delivery(), Migrated(-1005), Moved(-1005), id="moved"),
        pytest.param(a_delivery(), Refused("bad"), Failed("Telegram refuses the text: bad"), id="refused"),
        pytest.param(a_delivery(), Unsure("?"), Again(NOW + MINUTE, "?", doubt=True), id="in doubt once"),
        pytest.param(a_delivery(doubts=1), Unsure("?"), Again(NOW + 2 * MINUTE, "?", doubt=True), id="in doubt twice"),
        pytest.param(a_delivery(doubts=2), Unsure("?"), PartGivenUp("?", last=False), id="in doubt too often"),
        pytest.param(a_delivery(attempts=1), Unreachable("away"), Again(NOW + SECOND, "away"), id="away"),
        pytest.param(a_delivery(attempts=4), Unreachable("away"), Again(NOW + 8 * SECOND, "away"), id="away long"),
        pytest.param(
            a_delivery(attempts=400), Unreachable("away"), Again(NOW + 5 * MINUTE, "away"), id="away very long"
        ),
        pytest.param(
            a_delivery(attempts=400, due_at=LATE),
            Unreachable("away"),
            Failed("given up after 400 tries: away"),
            id="no news any more",
        ),
    ],
)
def test_after_an_outcome(delivery: Delivery, outcome: Outcome, expected: Step) -> None:
    assert settle(delivery, outcome, parts=2, now=NOW, lateness=LATENESS, resend=True) == expected


def test_without_a_limit_nothing_is_ever_too_late() -> None:
    delivery = a_delivery(attempts=9, due_at=LATE)

    assert isinstance(settle(delivery, Unreachable("away"), parts=1, now=NOW, lateness=None, resend=True), Again)


@pytest.mark.parametrize(("parts", "last"), [(1, True), (2, False)])
def test_a_part_in_doubt_is_given_up_where_that_is_wanted(parts: int, *, last: bool) -> None:
    step = settle(a_delivery(), Unsure("timeout"), parts=parts, now=NOW, lateness=LATENESS, resend=False)

    assert step == PartGivenUp("timeout", last=last, wanted=True)
