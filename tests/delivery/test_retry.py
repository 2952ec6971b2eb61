"""When to try again, and when to give up."""

from datetime import timedelta

from bot.delivery.retry import in_doubt_too_often, too_late, wait_after_doubt, wait_before, wait_while_unknown
from tests.builders import MONDAY


def test_waits_double_from_a_second_to_five_minutes() -> None:
    waits = [wait_before(attempt).total_seconds() for attempt in (1, 2, 3, 4, 5, 9, 10, 11, 12, 1_000_000)]

    assert waits == [1, 1, 2, 4, 8, 128, 256, 300, 300, 300]


def test_a_part_in_doubt_is_sent_again_twice_minutes_apart() -> None:
    assert [wait_after_doubt(doubts) for doubts in (1, 2, 3, 4)] == [
        timedelta(minutes=1),
        timedelta(minutes=2),
        None,
        None,
    ]


def test_a_bot_that_is_stopped_while_sending_a_part_sends_it_again_five_times() -> None:
    assert [in_doubt_too_often(doubts) for doubts in (1, 5, 6, 7)] == [False, False, True, True]


def test_a_chat_must_be_unknown_three_times_to_be_gone() -> None:
    assert [wait_while_unknown(n) is None for n in (1, 2, 3)] == [False, False, True]


def test_lateness_counts_from_when_it_was_due() -> None:
    day = timedelta(days=1)

    assert not too_late(MONDAY, now=MONDAY + day, lateness=day)
    assert too_late(MONDAY, now=MONDAY + day + timedelta(milliseconds=1), lateness=day)
    assert not too_late(MONDAY, now=MONDAY + 900 * day, lateness=None)
