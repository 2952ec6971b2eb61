"""When each message may go: never more than Telegram allows, and people first."""

import asyncio
import itertools
import random
import time
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.delivery.pace import Pace
from tests.clocks import HandClock

SECOND = timedelta(seconds=1)


def most_within(times: list[float], window: float) -> int:
    """The most of *times* that lie in any *window* of seconds."""
    begin, most = 0, 0
    for end, at in enumerate(times):
        while times[begin] <= at - window:
            begin += 1
        most = max(most, end - begin + 1)
    return most


async def broadcast(pace: Pace, clock: HandClock, chats: list[int], *, seconds: float) -> list[tuple[float, int]]:
    """Send to *chats* in turn, whichever does not rest, as the worker does."""
    sent: list[tuple[float, int]] = []
    waiting, end = itertools.cycle(chats), clock.seconds + seconds
    while clock.seconds < end:
        for _ in range(await pace.broadcast(64)):
            chat = next((chat for chat in itertools.islice(waiting, len(chats)) if not pace.rest_of(chat)), None)
            if chat is None:
                pace.unused(1)
                await clock.sleep(min(pace.rest_of(chat) for chat in chats))
                continue
            pace.count(chat)
            sent.append((clock.seconds, chat))
    return sent


@pytest.mark.parametrize("rate", [0.5, 1, 28, 30, 333.3, 1000])
async def test_all_chats_together_get_no_more_than_the_rate_in_any_window(rate: float) -> None:
    clock = HandClock()
    pace = Pace(rate, clock)
    clock.let_pass(timedelta(hours=1))

    times = [at for at, _ in await broadcast(pace, clock, list(range(1, 100_000)), seconds=max(10, 20 / rate))]

    for window in (1.0, 5.0):
        # One at each end of the window, and what whoever came late made up for.
        assert most_within(times, window) <= rate * window + max(2, rate * 0.01 + 1)
    assert len(times) >= rate * 10 * 0.95


async def test_at_a_low_rate_there_is_no_burst_after_a_rest() -> None:
    clock = HandClock()
    pace = Pace(0.5, clock)
    clock.let_pass(timedelta(hours=1))

    assert await pace.broadcast(64) == 1
    clock.let_pass(SECOND)
    assert await pace.broadcast(64) == 0


async def test_a_person_gets_one_a_second_and_a_group_twenty_a_minute() -> None:
    clock = HandClock()
    sent = await broadcast(Pace(28, clock), clock, [7, -100], seconds=180)

    assert most_within([at for at, chat in sent if chat == 7], 1) == 1
    assert most_within([at for at, chat in sent if chat == -100], 60) <= 20
    assert len([at for at, chat in sent if chat == -100]) >= 58


async def test_a_flood_rests_its_chat_and_no_other() -> None:
    clock = HandClock()
    pace = Pace(28, clock)

    pace.rest(7, 60 * SECOND)

    sent = await broadcast(pace, clock, [7, 8], seconds=59)
    assert {chat for _, chat in sent} == {8}
    clock.let_pass(2 * SECOND)
    assert not pace.rest_of(7)


async def test_floods_in_several_chats_rest_the_broadcast() -> None:
    clock = HandClock()
    pace = Pace(28, clock)

    for chat in (1, 1, 1, 2):
        pace.rest(chat, 20 * SECOND)
    assert await pace.broadcast() == 1
    pace.rest(3, 20 * SECOND)

    assert await broadcast(pace, clock, [4], seconds=19) == []
    assert len(await broadcast(pace, clock, [4], seconds=5)) >= 3


async def test_how_long_telegram_let_nothing_go_is_known_and_a_lost_connection_is_none_of_it() -> None:
    clock = HandClock()
    pace = Pace(28, clock)
    hour = timedelta(hours=1)

    pace.rest_all(2 * hour)
    # Asked again meanwhile: the same hours count once.
    clock.let_pass(hour)
    pace.rest_all(3 * hour)
    clock.let_pass(3 * hour)
    pace.lost()

    assert pace.held_within(24 * hour) == 4 * hour
    clock.let_pass(25 * hour)
    assert pace.held_within(24 * hour) == timedelta()


async def test_floods_among_many_answers_rest_their_chats_alone_whatever_one_of_them_asks_for() -> None:
    clock = HandClock()
    pace = Pace(28, clock)

    for chat in range(1, 400):
        if chat % 10 == 0:
            assert not pace.rest(chat, 3_600 * SECOND)
        else:
            pace.reached()

    assert await pace.broadcast() == 1


async def test_when_all_are_told_to_wait_they_do_for_the_shortest_time_that_one_is_told() -> None:
    clock = HandClock()
    pace = Pace(28, clock)

    pace.rest(1, 3_600 * SECOND)
    pace.rest(2, 30 * SECOND)
    assert pace.rest(3, 600 * SECOND)

    assert pace.rest_of_all() == 30 * SECOND


async def test_a_failure_is_one_chats_and_several_in_a_row_are_telegrams() -> None:
    clock = HandClock()
    pace = Pace(28, clock)

    for _ in range(100):
        pace.failed()
        pace.reached()
    assert not pace.rest_of_all()

    for _ in range(3):
        pace.failed()
    assert pace.rest_of_all()


async def test_floods_long_ago_do_not_add_up() -> None:
    clock = HandClock()
    pace = Pace(28, clock)

    for chat in (1, 2, 3, 4):
        pace.rest(chat, SECOND)
        clock.let_pass(20 * SECOND)

    assert await pace.broadcast() == 1


async def test_while_telegram_is_away_broadcasts_rest_ever_longer_until_it_answers() -> None:
    clock = HandClock()
    pace = Pace(28, clock)
    rests = []
    for _ in range(4):
        # Calls that fail together are one loss.
        for _ in range(30):
            pace.lost()
        begun = clock.seconds
        while not await pace.broadcast():
            pass
        rests.append(round(clock.seconds - begun))
    pace.reached()
    pace.lost()

    assert rests == [1, 2, 4, 8]
    begun = clock.seconds
    while not await pace.broadcast():
        pass
    assert round(clock.seconds - begun) == 1


async def test_how_long_a_chat_rests_is_known_and_forgotten_when_it_is_over() -> None:
    clock = HandClock()
    pace = Pace(28, clock)
    assert not pace.rest_of(7)

    pace.count(7)
    pace.count(-100)
    assert (pace.rest_of(7), pace.rest_of(-100)) == (SECOND, 3 * SECOND)

    clock.let_pass(2 * SECOND)
    for chat in range(1_000, 100_000):
        pace.count(chat)
        clock.let_pass(timedelta(milliseconds=1))
    assert not pace.rest_of(7)
    # A second of chats rests at any time; what is kept of those before is not much more than that.
    assert len(pace._rests) < 5_000  # noqa: SLF001


async def test_replies_go_before_broadcasts_and_wait_for_no_chat() -> None:
    pace = Pace(50, SystemClock())
    order: list[str] = []

    async def reply(name: str) -> None:
        await pace.reply(7)
        order.append(name)

    async def send() -> None:
        while len(order) < 30:
            order.extend(["broadcast"] * await pace.broadcast())

    began = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(send())
        await asyncio.sleep(0.05)
        before = len(order)
        for number in range(10):
            tasks.create_task(reply(f"reply {number}"))

    replies = [f"reply {number}" for number in range(10)]
    assert [name for name in order if name != "broadcast"] == replies
    # At most the one that had its turn already comes between.
    assert order.index("reply 9") - before <= 11
    assert time.monotonic() - began >= 28 / 50


async def test_replies_that_nobody_waits_for_any_more_cost_no_turn() -> None:
    pace = Pace(20, SystemClock())
    await pace.reply(7)
    await pace.reply(7)
    async with asyncio.TaskGroup() as tasks:
        given_up = [tasks.create_task(pace.reply(7)) for _ in range(50)]
        await asyncio.sleep(0)
        for task in given_up:
            task.cancel()

    async with asyncio.timeout(0.5):
        await pace.reply(8)


async def test_amid_a_broadcast_an_answer_goes_at_once_and_the_broadcast_goes_without_that_turn() -> None:
    clock = HandClock()
    pace = Pace(28, clock)
    await broadcast(pace, clock, list(range(1, 1_000)), seconds=5)
    clock.let_pass(timedelta(milliseconds=5))
    began = clock.seconds

    await pace.reply(7)
    assert clock.seconds == began
    # One more would be too many within the second that was.
    await pace.reply(8)
    assert clock.seconds > began
    while not await pace.broadcast():
        pass
    assert clock.seconds == pytest.approx(began + 3 / 28, abs=0.01)


@pytest.mark.parametrize("share", [0.05, 0.2, 0.9])
@pytest.mark.parametrize("rate", [1, 28, 1000])
async def test_answers_and_broadcasts_together_keep_within_what_telegram_allows(rate: float, share: float) -> None:
    chance, clock = random.Random(4711), HandClock()  # noqa: S311
    pace, times = Pace(rate, clock), list[float]()
    for _ in range(3_000):
        # At any time between two turns, and sometimes late for the next.
        clock.let_pass(timedelta(seconds=chance.uniform(0, 1.02) / rate))
        while chance.random() < share:
            await pace.reply(7)
            times.append(clock.seconds)
        while not await pace.broadcast():
            pass
        times.append(clock.seconds)

    assert most_within(times, 1) <= rate + 2
    assert len(times) / (times[-1] - times[0]) == pytest.approx(rate, rel=0.03)
