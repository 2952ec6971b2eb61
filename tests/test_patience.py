"""How long one waits who keeps trying."""

from datetime import timedelta

from bot.patience import wait_before


def test_waits_grow_from_a_second_to_half_a_minute() -> None:
    waits = [wait_before(retry) for retry in (1, 2, 3, 4, 5, 6, 7, 1000)]

    assert waits == [timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 16, 30, 30, 30)]
