"""Killed at random in the middle of a broadcast, again and again: nothing lost, nothing twice but what flew.

What flew is read from the database after each kill and before the next start: the deliveries in the state `sending`.
What arrived is what stands in the chats. The seed of the moments is printed, and so is what was counted.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.client import Person
from tests.running import Place, a_file, a_place_apart, part_numbers

# A digest of three messages, sent faster than Telegram lets anybody, so that more flies at each kill.
PARTS = 3
DIGEST = a_file("New", items=30, words=60)
RATE = "250"
# How long, in seconds, a message is on its way to its chat, and its answer back: some fifty are in flight at any time.
ON_ITS_WAY = 0.1
A_WHILE = timedelta(minutes=2)

# The number of a reader's chat, and of a part in it.
Part = tuple[int, int]


@dataclass
class Ordeal:
    """A broadcast, and the kills that it went through."""

    place: Place
    readers: list[Person]
    kills: int
    # In one life so many messages go out before the kill.
    most: int
    # What was in flight at a kill: the part, and how often it had been in doubt before.
    flights: set[tuple[Part, int]] = field(default_factory=set)

    async def go_through(self, chance: random.Random) -> None:
        """Publish a digest, die as often as there are kills, and finish."""
        for number in range(self.kills):
            last = await self.place.telegram.last_call()
            async with self.place.running(ready=number == 0) as process:
                if number == 0:
                    await self.place.subscribe(reader.id for reader in self.readers)
                    self.place.publish("new.md", DIGEST)
                if number % 10 == 9:
                    # While it starts, or a little later.
                    await asyncio.sleep(chance.uniform(0, 1.5))
                else:
                    # At most its share of what is left, so that something is left for the last one.
                    sends = chance.randint(1, min(self.most, self._left() // (self.kills - number + 1)))
                    await self.place.telegram.called("sendMessage", count=sends, after=last, within=A_WHILE)
                    await asyncio.sleep(chance.uniform(0, 0.02))
                await self.place.kill(process)
            # Who dies before it has given back what the one before left behind leaves the same.
            self.flights.update(self._in_flight())
        assert self._left(), "it was over before the last kill: more readers, or fewer kills"
        async with self.place.running(ready=False), self.place.letting_doubts_pass():
            await self.place.until("SELECT count(*) = 0 FROM fan_outs", within=A_WHILE)
            await self.place.until(
                "SELECT count(*) = 0 FROM deliveries WHERE state IN ('waiting', 'sending')", within=A_WHILE
            )

    @property
    def flew(self) -> Counter[Part]:
        """How often each part was in flight at a kill."""
        return Counter(part for part, _ in self.flights)

    def _in_flight(self) -> list[tuple[Part, int]]:
        rows = self.place.ask(
            """
            SELECT chat_id, parts_sent, unsure FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
             WHERE deliveries.state = 'sending' AND parts_sent < ?
            """,
            # What has no part left was claimed to be ended, and nothing was asked of Telegram.
            PARTS,
        )
        return [((chat_id, part), doubts) for chat_id, part, doubts in rows]

    def _left(self) -> int:
        sent = self.place.ask("SELECT coalesce(sum(parts_sent), 0) FROM deliveries")
        return len(self.readers) * PARTS - int(sent[0][0])

    async def chats(self) -> dict[int, list[int]]:
        """Which parts stand in each chat, from the top."""
        return part_numbers(
            {reader.id: [message.text for message in await reader.received()] for reader in self.readers}
        )


def tell(line: str) -> None:
    # pytest shows it when the test fails, and else when it is asked to, with -rP.
    print(line)  # noqa: T201


def counted(chats: dict[int, list[int]]) -> Counter[Part]:
    return Counter((chat_id, part) for chat_id, parts in chats.items() for part in parts)


async def an_ordeal(place: Place, *, readers: int, kills: int, most: int) -> Ordeal:
    seed = random.randrange(1 << 32)  # noqa: S311 no secret hangs on it
    tell(f"seed {seed}: {kills} kills, {readers} readers, {PARTS} parts each")
    for accepted in (False, True):
        await place.telegram.fault("delay", "sendMessage", seconds=ON_ITS_WAY, accepted=accepted)
    ordeal = Ordeal(place, await place.telegram.crowd(readers), kills, most)
    await ordeal.go_through(random.Random(seed))  # noqa: S311 as above
    tell(f"in flight at a kill: {len(ordeal.flights)} parts")
    return ordeal


SIZES = [
    pytest.param(90, 2, 30, id="a few kills"),
    pytest.param(5000, 100, 15_000, id="a hundred kills", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("readers", "kills", "most"), SIZES)
async def test_every_part_arrives_and_only_what_flew_arrives_twice(
    tmp_path: Path, readers: int, kills: int, most: int
) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=RATE) as place:
        ordeal = await an_ordeal(place, readers=readers, kills=kills, most=most)
        chats = await ordeal.chats()

    repeats = counted(chats) - Counter({(chat_id, part): 1 for chat_id in chats for part in range(PARTS)})
    tell(f"arrived twice: {repeats.total()} parts")
    assert all(set(parts) == set(range(PARTS)) for parts in chats.values())
    assert all(parts == sorted(parts) for parts in chats.values())
    assert not repeats - ordeal.flew
    assert place.ask("SELECT state, count(*) FROM deliveries GROUP BY state") == [("sent", readers)]
    assert place.ask("SELECT count(*) FROM messages") == [(readers * PARTS,)]


@pytest.mark.long
@pytest.mark.parametrize(("readers", "kills", "most"), SIZES)
async def test_told_to_skip_it_sends_nothing_twice_and_gives_up_what_flew(
    tmp_path: Path, readers: int, kills: int, most: int
) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=RATE, DIGEST_BOT_WHEN_UNSURE="skip") as place:
        ordeal = await an_ordeal(place, readers=readers, kills=kills, most=most)
        chats = await ordeal.chats()

    arrived = counted(chats)
    missing = {(chat_id, part) for chat_id in chats for part in range(PARTS)} - arrived.keys()
    given_up = place.ask(
        """
        SELECT chat_id, given_up FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id WHERE given_up > 0
        """
    )
    tell(f"given up: {sum(number for _, number in given_up)} parts, {len(missing)} of them not in their chats")
    assert set(arrived.values()) == {1}
    assert all(parts == sorted(parts) for parts in chats.values())
    assert missing <= ordeal.flew.keys()
    assert dict(given_up) == Counter(chat_id for chat_id, _ in ordeal.flew)
    assert max(ordeal.flew.values()) == 1
    lost = {chat_id for chat_id, number in given_up if number == PARTS}
    assert place.ask("SELECT count(*) FROM deliveries WHERE state = 'sent'") == [(readers - len(lost),)]
    assert place.ask("SELECT count(*) FROM deliveries WHERE state = 'skipped'") == [(len(lost),)]
