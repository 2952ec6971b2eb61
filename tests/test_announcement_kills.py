"""An announcement to all kinds of chats, paused, resumed and killed in the middle: each has it once, and it adds up.

What flew is read from the database after each kill, as in `test_kills`: only that may arrive twice.
"""

import asyncio
import json
import re
from asyncio.subprocess import Process
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.client import Person
from bot.sandbox.seen import Message
from tests.running import Place, a_place_apart

TEXT = "We move to a new server\nRead on - https://example.org/news"
BOLD = {"type": "bold", "offset": 3, "length": 4}
SAID = "We move to a new server"
# How long, in seconds, a message is on its way to its chat, and its answer back.
ON_ITS_WAY = 0.1
A_WHILE = timedelta(minutes=1)
BLOCKED = "Forbidden: bot was blocked by the user"
KICKED = "Forbidden: bot was kicked from the supergroup chat"
GONE = "closed to me: blocked, muted or gone"
SHUT = "Bad Request: need administrator rights in the channel chat"


@dataclass(frozen=True)
class Size:
    """How many chats of each kind there are, how many messages go out in a second, and whether it is killed paused."""

    people: int
    groups: int
    channels: int
    rate: str
    dies_paused: bool = False


@dataclass
class Crowd:
    """Whom there is to tell: chats by their type, and those that Telegram refuses when they are written to."""

    chats: dict[int, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)


async def gather(place: Place, creator: Person, size: Size) -> Crowd:
    """Bring them together, every tenth of each kind gone without a word, and let the bot know them from before."""
    crowd = Crowd()
    for person in await place.telegram.crowd(size.people):
        crowd.chats[person.id] = "private"
    for number in range(size.groups):
        group = await place.telegram.group(f"Group {number}", creator=creator, kind="supergroup")
        await group.adds()
        crowd.chats[group.id] = "supergroup"
    for number in range(size.channels):
        channel = await place.telegram.channel(f"Channel {number}", creator=creator)
        await channel.promotes()
        crowd.chats[channel.id] = "channel"
    refusals = {"private": (403, BLOCKED), "supergroup": (403, KICKED), "channel": (400, SHUT)}
    for type_, (code, description) in refusals.items():
        for chat_id in [chat_id for chat_id, its_type in crowd.chats.items() if its_type == type_][::10]:
            await place.telegram.refuse(chat_id, code=code, description=description)
            crowd.gone.add(chat_id)
    # Who announces something is told it too.
    crowd.chats[creator.id] = "private"
    for accepted in (False, True):
        await place.telegram.fault("delay", "sendMessage", seconds=ON_ITS_WAY, accepted=accepted)
    await know(place, [{"chat_id": chat_id, "type": type_, "language": "en"} for chat_id, type_ in crowd.chats.items()])
    return crowd


async def know(place: Place, subscribers: list[dict[str, Any]]) -> None:
    file = place.folder / "crowd.jsonl"
    # Whoever stopped is not told anything.
    stopped = {"chat_id": 77, "type": "private", "state": "stopped", "everything": True}
    file.write_text("".join(json.dumps(line) + "\n" for line in [*subscribers, stopped]))
    status, output = await place.command("subscribers", "import", str(file))
    assert status == 0, output


async def begin(operator: Person, *, chats: int) -> None:
    await operator.says("/announce")
    question = await operator.sees("What shall I announce?")
    await operator.says(TEXT, entities=[BOLD], reply_to=question.id)
    await operator.sees("This is how it looks")
    await operator.presses(f"📣 Send to {chats:,} chats")


async def sent(place: Place, number: int) -> None:
    await place.until("SELECT count(*) >= ? FROM deliveries WHERE state = 'sent'", number, within=A_WHILE)


def in_flight(place: Place) -> list[int]:
    rows = place.ask(
        """
        SELECT chat_id FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
         WHERE deliveries.state = 'sending'
        """
    )
    return [chat_id for (chat_id,) in rows]


def numbers(report: str) -> dict[str, int]:
    """What the report says, by its words; the whole by `chats`."""
    return {
        words: int(number.replace(",", "")) for number, words in re.findall(r"([\d,]+) (.+)$", report, re.MULTILINE)
    }


async def arrived(place: Place, crowd: Crowd, operator: Person) -> Counter[int]:
    """How often it stands in each chat, each time as it was written; the preview is not counted."""
    found = Counter({operator.id: -1})
    for chat_id in crowd.chats:
        for message in await place.telegram.messages(chat_id):
            if message.text == SAID and message.from_bot:
                assert is_as_written(message)
                found[chat_id] += 1
    return found


def is_as_written(message: Message) -> bool:
    [entity] = message.raw["entities"]
    styled = (entity["type"], entity["offset"], entity["length"])
    return (message.text, message.buttons, styled) == (SAID, (("Read on",),), ("bold", 3, 4))


SIZES = [
    pytest.param(Size(40, 3, 2, "40"), id="a few"),
    # Faster than Telegram lets anybody.
    pytest.param(Size(1_700, 200, 100, "150", dies_paused=True), id="two thousand", marks=pytest.mark.long),
]


@pytest.mark.parametrize("size", SIZES)
async def test_everybody_has_it_once_and_the_report_adds_up(tmp_path: Path, size: Size) -> None:
    async with a_place_apart(tmp_path, DIGEST_BOT_RATE=size.rate) as place:
        operator = await place.telegram.person("Ada")
        place.settings["DIGEST_BOT_ADMINS"] = str(operator.id)
        crowd = await gather(place, operator, size)
        whole = len(crowd.chats)
        async with place.running() as process:
            await begin(operator, chats=whole)
            await sent(place, whole // 5)
            await operator.presses("⏸ Pause or cancel")
            await place.until("SELECT count(*) = 0 FROM deliveries WHERE state = 'sending'", within=A_WHILE)
            if not size.dies_paused:
                await go_on_and_die(place, process, operator, after=whole * 2 // 3)
            else:
                before = place.ask("SELECT count(*) FROM deliveries WHERE state = 'sent'")
                await place.kill(process)
        if size.dies_paused:
            async with place.running() as process:
                # It stays paused until an operator wants it to go on.
                assert place.ask("SELECT count(*) FROM deliveries WHERE state = 'sent'") == before
                await go_on_and_die(place, process, operator, after=whole * 2 // 3)
        flew = in_flight(place)
        async with place.running(ready=False):
            await place.until("SELECT ended_at IS NOT NULL FROM announcements WHERE state = 'done'", within=A_WHILE)
            report = await operator.sees("✅ “We move to a new server” is done")
        found = await arrived(place, crowd, operator)

    assert flew
    assert found.keys() == crowd.chats.keys() - crowd.gone
    assert {chat_id for chat_id, times in found.items() if times > 1} <= set(flew)
    assert max(found.values()) <= 2
    told = {"chats": whole, "sent": whole - len(crowd.gone), GONE: len(crowd.gone)}
    assert numbers(report.text) == told
    assert place.ask("SELECT count(*) FROM messages") == [(told["sent"],)]
    assert place.ask("SELECT count(*), count(DISTINCT subscriber_id) FROM deliveries") == [(whole, whole)]


async def go_on_and_die(place: Place, process: Process, operator: Person, *, after: int) -> None:
    await operator.presses("▶️ Go on")
    await sent(place, after)
    await place.kill(process)


@pytest.mark.long
async def test_an_announcement_goes_on_whenever_the_bot_dies(place: Place) -> None:
    operator = await place.telegram.person("Ada")
    place.settings["DIGEST_BOT_ADMINS"] = str(operator.id)
    readers = await place.telegram.crowd(3)
    await know(place, [{"chat_id": reader.id, "type": "private", "language": "en"} for reader in readers])
    async with place.running() as process:
        await operator.says("/announce")
        question = await operator.sees("What shall I announce?")
        await operator.says(TEXT, reply_to=question.id)
        await operator.sees("This is how it looks")
        # What is not confirmed is handled once more, and shown below as another draft.
        while await place.telegram.updates():
            await asyncio.sleep(0.01)
        await place.kill(process)
    async with place.running() as process:
        # The draft is still there.
        await operator.presses("📣 Send to 4 chats")
        await place.kill(process)
    flew = in_flight(place)
    async with place.running(ready=False):
        await place.until("SELECT count(*) = 4 FROM deliveries WHERE state = 'sent'", within=A_WHILE)
        report = await operator.sees("is done")

    assert numbers(report.text) == {"chats": 4, "sent": 4}
    for reader in readers:
        times = len(await reader.received())
        assert times == 1 or (times == 2 and reader.id in flew)
