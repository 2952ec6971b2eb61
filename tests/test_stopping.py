"""Told to stop in the middle of a broadcast: quickly, and in doubt only about what Telegram does not answer."""

import asyncio
import random
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot.sandbox.client import Person
from tests.running import Place, a_file, a_place_apart

READERS = 200
RATE = "300"
# Thrice the parts, so that most stop between two of them.
DIGEST = a_file("New", items=30, words=60)
PARTS = 3
STOPS_WITHIN = timedelta(seconds=10)
# What docker-compose.yml gives it before it is killed.
GRACE = timedelta(seconds=30)
A_WHILE = timedelta(minutes=1)


@dataclass
class Broadcast:
    """One that is under way."""

    place: Place
    readers: list[Person]
    process: Process

    async def stop(self) -> timedelta:
        """Tell the bot to stop, and say how long that took."""
        began = time.monotonic()
        self.process.terminate()
        async with asyncio.timeout(60):
            await self.process.wait()
        took = timedelta(seconds=time.monotonic() - began)
        print(f"stopped in {took.total_seconds():.1f} s")  # noqa: T201 shown with -rP
        return took

    async def goes_on(self) -> None:
        """Start again and finish."""
        async with self.place.running():
            unfinished = "SELECT count(*) = 0 FROM deliveries WHERE state IN ('waiting', 'sending')"
            await self.place.until(unfinished, within=A_WHILE)

    async def copies(self) -> list[int]:
        """How many messages each reader has."""
        return [len(await reader.received()) for reader in self.readers]


@asynccontextmanager
async def a_broadcast(place: Place, *, readers: int = READERS) -> AsyncIterator[Broadcast]:
    people = await place.telegram.crowd(readers)
    async with place.running() as process:
        await place.subscribe(person.id for person in people)
        place.publish("new.md", DIGEST)
        await place.until("SELECT count(*) >= 50 FROM messages")
        yield Broadcast(place, people, process)


@pytest.mark.long
async def test_nothing_is_in_doubt_when_telegram_answers(tmp_path: Path) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=RATE) as place:
        # So that some are under way at any time.
        await place.telegram.delay("sendMessage", timedelta(seconds=0.2))
        async with a_broadcast(place) as broadcast:
            took = await broadcast.stop()
        left = place.ask("SELECT state, sum(unsure) FROM deliveries WHERE state <> 'sent' GROUP BY state")
        stood = sum(await broadcast.copies())
        recorded = place.ask("SELECT count(*) FROM messages")
        await broadcast.goes_on()
        copies = await broadcast.copies()

    assert broadcast.process.returncode == 0
    assert took < STOPS_WITHIN
    assert left == [("waiting", 0)]
    assert recorded == [(stood,)]
    assert copies == [PARTS] * READERS
    assert "left_in_doubt" not in place.log


@pytest.mark.long
async def test_stopped_twenty_times_at_random_nothing_is_lost_or_comes_twice(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)  # noqa: S311 no secret hangs on it
    print(f"seed {seed}")  # noqa: T201 shown with -rP
    chance = random.Random(seed)  # noqa: S311 as above
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=RATE) as place:
        await place.telegram.delay("sendMessage", timedelta(seconds=0.1))
        async with a_broadcast(place, readers=1000) as broadcast:
            await broadcast.stop()
        for _ in range(20):
            last = await place.telegram.last_call()
            async with place.running(ready=False) as broadcast.process:
                await place.telegram.called("sendMessage", count=chance.randint(1, 150), after=last, within=A_WHILE)
                assert await broadcast.stop() < STOPS_WITHIN
            assert place.ask("SELECT count(*) FROM deliveries WHERE state = 'sending' OR unsure > 0") == [(0,)]
        left = place.ask("SELECT count(*) FROM deliveries WHERE state = 'waiting'")[0][0]
        await broadcast.goes_on()
        copies = await broadcast.copies()

    assert left > 0
    assert copies == [PARTS] * 1000


@pytest.mark.long
async def test_what_a_hanging_telegram_was_asked_is_in_doubt_and_counted(tmp_path: Path) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=RATE) as place, a_broadcast(place) as broadcast:
        await place.telegram.hold("sendMessage", accepted=True)
        await place.telegram.held("sendMessage", count=20)
        took = await broadcast.stop()
        unanswered = len(await place.telegram.calls("sendMessage", outcome="hung up"))
        left = place.ask("SELECT state, count(*) FROM deliveries WHERE unsure > 0 GROUP BY state")
        sending = place.ask("SELECT count(*) FROM deliveries WHERE state = 'sending'")
        await place.telegram.release()
        await broadcast.goes_on()
        copies = await broadcast.copies()

    assert broadcast.process.returncode == 0
    assert took < STOPS_WITHIN
    assert left == [("waiting", unanswered)]
    assert sending == [(0,)]
    assert f"event=left_in_doubt deliveries={unanswered} " in place.log
    # They stand in their chats, and nobody can know.
    assert sum(copies) == PARTS * READERS + unanswered
    assert set(copies) == {PARTS, PARTS + 1}


@pytest.mark.long
async def test_what_cannot_be_recorded_is_in_doubt_and_no_reason_to_stay(tmp_path: Path) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=RATE) as place, a_broadcast(place) as broadcast:
        with place.holding_the_pen():
            await place.says("cannot be written now", within=A_WHILE)
            took = await broadcast.stop()
        sending = place.ask("SELECT count(*) FROM deliveries WHERE state = 'sending'")[0][0]
        await broadcast.goes_on()
        copies = await broadcast.copies()

    assert broadcast.process.returncode == 0
    # Each try to write waits a while for whoever holds the database.
    assert took < GRACE
    assert sum(copies) <= PARTS * READERS + sending
    assert min(copies) == PARTS


def test_compose_gives_it_the_time() -> None:
    compose = yaml.safe_load((Path(__file__).parents[1] / "docker-compose.yml").read_text(encoding="utf-8"))

    assert [service["stop_grace_period"] for service in compose["services"].values()] == [f"{GRACE.seconds}s"]
