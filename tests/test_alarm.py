"""Operators are told once of what goes wrong again and again, and once when it is over."""

from datetime import timedelta

from bot.alarm import Alarm
from tests.clocks import HandClock

SECOND = timedelta(seconds=1)


class Told:
    """What was told, in order."""

    def __init__(self) -> None:
        self.names: list[str] = []

    async def tell(self, name: str, **facts: object) -> None:
        self.names.append(" ".join([name, *map(str, facts.values())]))


def an_alarm(told: Told, clock: HandClock, *, patience: timedelta = timedelta()) -> Alarm:
    return Alarm(told.tell, clock, "wrong", "well", patience=patience, calm=60 * SECOND)


async def test_trouble_is_told_once_and_once_when_it_is_over() -> None:
    told, clock = Told(), HandClock()
    alarm = an_alarm(told, clock)

    for _ in range(100):
        await alarm.trouble(reason="full")
        clock.let_pass(SECOND)
        await alarm.no_trouble()
    clock.let_pass(60 * SECOND)
    await alarm.no_trouble()
    await alarm.no_trouble()

    assert told.names == ["wrong full", "well"]


async def test_a_hiccup_is_not_told() -> None:
    told, clock = Told(), HandClock()
    alarm = an_alarm(told, clock, patience=5 * SECOND)

    for _ in range(3):
        for _ in range(5):
            await alarm.trouble()
            clock.let_pass(SECOND)
        clock.let_pass(60 * SECOND)
        await alarm.no_trouble()

    assert told.names == []


async def test_what_lasts_is_told_though_it_began_as_a_hiccup() -> None:
    told, clock = Told(), HandClock()
    alarm = an_alarm(told, clock, patience=5 * SECOND)

    for _ in range(10):
        await alarm.trouble()
        clock.let_pass(SECOND)

    assert told.names == ["wrong"]


async def test_trouble_that_comes_back_is_told_again() -> None:
    told, clock = Told(), HandClock()
    alarm = an_alarm(told, clock)

    for _ in range(2):
        await alarm.trouble()
        clock.let_pass(61 * SECOND)
        await alarm.no_trouble()

    assert told.names == ["wrong", "well"] * 2


async def test_where_there_was_none_nothing_is_told() -> None:
    told = Told()

    await an_alarm(told, HandClock()).no_trouble()

    assert told.names == []
