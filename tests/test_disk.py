"""A disk without room, and a database that somebody else holds: said, waited for, and gone on from by itself.

While nothing can be recorded nothing is sent, but for what was under way; afterwards each has it exactly once.
"""

import asyncio
import contextlib
import resource
import shutil
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.client import Person
from tests.running import Place, a_file, a_place_apart

READERS = 200
# Slow enough to be met in the middle, and some twenty under way at any time.
RATE = "100"
ANSWER_TAKES = timedelta(seconds=0.2)
# As many as may be asked of Telegram at once.
MOST_IN_FLIGHT = 64
A_WHILE = timedelta(minutes=1)


@dataclass
class Broadcast:
    """One that is under way."""

    place: Place
    readers: list[Person]
    process: Process

    async def copies(self) -> list[int]:
        """How often each reader has it."""
        return [len(await reader.received()) for reader in self.readers]

    async def arrived(self) -> int:
        """How many messages stand in the chats, once what was under way has ended and no other comes."""
        await asyncio.sleep(10 * ANSWER_TAKES.total_seconds())
        before = sum(await self.copies())
        await asyncio.sleep(2)
        assert sum(await self.copies()) == before
        return before

    def recorded(self) -> int:
        return int(self.place.ask("SELECT count(*) FROM messages")[0][0])

    async def ends(self) -> None:
        unfinished = "SELECT count(*) = 0 FROM deliveries WHERE state IN ('waiting', 'sending')"
        await self.place.until(unfinished, within=A_WHILE)


Trouble = Callable[[Broadcast], AbstractContextManager[None]]


@asynccontextmanager
async def a_broadcast(place: Place) -> AsyncIterator[Broadcast]:
    readers = await place.telegram.crowd(READERS)
    await place.telegram.delay("sendMessage", ANSWER_TAKES)
    async with place.running() as process:
        await place.subscribe(reader.id for reader in readers)
        place.publish("new.md", a_file("New"))
        await place.until("SELECT count(*) >= 20 FROM messages")
        yield Broadcast(place, readers, process)


async def check_that_it_waits_and_goes_on(place: Place, trouble: Trouble, *, lasting: timedelta = timedelta(0)) -> None:
    async with a_broadcast(place) as broadcast:
        with trouble(broadcast):
            await asyncio.sleep(lasting.total_seconds())
            await place.says("cannot be written now", within=A_WHILE)
            arrived, recorded = await broadcast.arrived(), broadcast.recorded()
            looked, shown = await place.command("status")
        await broadcast.ends()

        assert (looked, f"{READERS} active" in shown) == (0, True)
        assert recorded <= arrived <= recorded + MOST_IN_FLIGHT
        assert arrived < READERS
        assert await broadcast.copies() == [1] * READERS
        assert place.ask("SELECT DISTINCT state, unsure FROM deliveries") == [("sent", 0)]


@pytest.mark.long
async def test_a_full_disk_is_waited_for(tmp_path: Path) -> None:
    with a_small_disk(tmp_path / "disk") as disk:
        async with a_place_apart(
            tmp_path, DIGEST_BOT_RATE=RATE, DIGEST_BOT_DATABASE=str(disk / "digest-bot.db")
        ) as place:
            await check_that_it_waits_and_goes_on(place, lambda _: filled(disk))


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets one process limit another")
async def test_a_quota_that_is_used_up_is_waited_for(tmp_path: Path) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=RATE) as place:
        await check_that_it_waits_and_goes_on(place, lambda broadcast: growing_no_file(broadcast.process, place))


@pytest.mark.parametrize(
    "lasting",
    [
        pytest.param(timedelta(0), id="until it says so", marks=pytest.mark.long),
        pytest.param(timedelta(seconds=20), id="20 s", marks=pytest.mark.long),
    ],
)
async def test_a_database_that_somebody_holds_is_waited_for(tmp_path: Path, lasting: timedelta) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=RATE) as place:
        await check_that_it_waits_and_goes_on(place, lambda _: place.holding_the_pen(), lasting=lasting)


@pytest.mark.long
async def test_operators_and_health_checks_are_told(tmp_path: Path) -> None:
    with a_small_disk(tmp_path / "disk") as disk:
        async with a_place_apart(
            tmp_path, DIGEST_BOT_RATE=RATE, DIGEST_BOT_DATABASE=str(disk / "digest-bot.db")
        ) as place:
            [operator] = await place.telegram.crowd(1, name="Operator")
            place.settings["DIGEST_BOT_ADMINS"] = str(operator.id)
            async with a_broadcast(place) as broadcast:
                with filled(disk):
                    told = await operator.sees("cannot write", within=A_WHILE)
                    unwell = await place.command("status", "--check")
                well = await operator.sees("I can write again", within=2 * A_WHILE)
                await broadcast.ends()
                recovered = await place.command("status", "--check")

    assert "Is the disk full" in told.text
    assert told.id < well.id
    assert unwell[0] == 1
    assert "make room" in unwell[1]
    assert recovered == (0, "")


@contextmanager
def a_small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 32 MB; a test that may not have one is skipped."""
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None:
        pytest.skip("there is no disk of one's own on a machine without `mount`")
    words = [mount, "-t", "tmpfs", "-o", "size=32m", "digest-bot-tests", str(folder)]
    mounted = subprocess.run(words, check=False, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"a disk of one's own needs to be mounted: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Leave no room on the disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def growing_no_file(process: Process, place: Place) -> Iterator[None]:
    """Let the process make no file longer than the database's longest is now."""
    longest = max(file.stat().st_size for file in place.database.parent.glob(f"{place.database.name}*"))
    assert len(place.log) < longest / 2, "it must be able to say so"
    _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (longest, most))
    try:
        yield
    finally:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
