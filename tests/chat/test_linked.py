"""With which group a channel is linked is asked again and again, as Telegram does not tell when it changes."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from telegram.ext import ExtBot

from bot.chat import Services
from bot.chat.linked import FIRST, keep_learning_links, learn_links
from bot.chat.rights import Rights
from bot.clock import SystemClock
from bot.sandbox.client import Group, Telegram
from storage.database import Database
from storage.model import Address
from storage.subscribers import subscriber_at
from tests.builders import MONDAY, a_subscriber, subscribed
from tests.chat.conftest import Talk
from tests.clocks import HandClock


@pytest.fixture
async def channel(telegram: Telegram, database: Database, ada: Talk) -> Group:
    """One that receives, and in which the bot was before it asked for links."""
    channel = await telegram.channel("Daily", creator=ada.person)
    await channel.promotes()
    await settled(telegram)
    await subscribed(database, a_subscriber(channel.id, type_="channel", everything=True))
    return channel


@pytest.fixture
async def bees(telegram: Telegram, ada: Talk) -> Group:
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await bees.promotes()
    await settled(telegram)
    return bees


@pytest.fixture
def services(telegram_bot: ExtBot[None], database: Database) -> Services:
    return Services(database, SystemClock(), Rights(telegram_bot, SystemClock()))


async def settled(telegram: Telegram) -> None:
    """Wait until the bot has heard of all that happened."""
    async with asyncio.timeout(5):
        while await telegram.updates():
            await asyncio.sleep(0.01)


async def links(database: Database) -> dict[int, int | None]:
    async with database.snapshot() as tx:
        return {row["chat_id"]: row["linked_chat_id"] for row in await tx.rows("SELECT * FROM chats")}


async def test_a_link_that_is_made_or_ended_later_is_learned(
    services: Services, database: Database, channel: Group, bees: Group
) -> None:
    await channel.is_discussed_in(bees)
    assert await learn_links(services, after=FIRST) == channel.id
    assert await links(database) == {channel.id: bees.id, bees.id: channel.id}

    await channel.is_discussed_nowhere()
    # It is not among the next few, but it is known to be linked.
    assert await learn_links(services, after=channel.id) == FIRST
    assert await links(database) == {channel.id: None, bees.id: None}


async def test_what_telegram_does_not_say_changes_nothing(
    services: Services, database: Database, telegram: Telegram, channel: Group, bees: Group
) -> None:
    await channel.is_discussed_in(bees)
    await learn_links(services, after=FIRST)

    for code in (400, 500):
        fault = await telegram.refuse(code=code, method="getChat")
        await learn_links(services, after=FIRST)
        await telegram.lift(fault)

    assert await links(database) == {channel.id: bees.id, bees.id: channel.id}


@dataclass
class ClockOf(HandClock):
    """A clock that runs for so many minutes, and then stands."""

    minutes: int = 0
    stands: asyncio.Event = field(default_factory=asyncio.Event)

    async def sleep(self, wait: timedelta) -> None:
        if self.at - MONDAY >= timedelta(minutes=self.minutes):
            self.stands.set()
            await asyncio.Event().wait()
        await super().sleep(wait)


async def asked_within(minutes: int, services: Services, telegram: Telegram) -> int:
    """Let the bot ask for so long; how often it did."""
    clock, before = ClockOf(minutes=minutes), len(await telegram.calls("getChat"))
    asking = asyncio.create_task(keep_learning_links(replace(services, clock=clock)))
    async with asyncio.timeout(10):
        await clock.stands.wait()
    asking.cancel()
    return len(await telegram.calls("getChat")) - before


async def test_it_is_asked_every_ten_minutes(
    services: Services, database: Database, telegram: Telegram, channel: Group
) -> None:
    assert [await asked_within(minutes, services, telegram) for minutes in (9, 10)] == [0, 1]
    assert await links(database) == {channel.id: None}


async def test_of_a_channel_with_a_group_it_is_asked_every_minute(
    services: Services, database: Database, telegram: Telegram, channel: Group, bees: Group
) -> None:
    await channel.is_discussed_in(bees)
    await learn_links(services, after=FIRST)
    assert await asked_within(3, services, telegram) == 3

    await channel.is_discussed_nowhere()
    assert await asked_within(1, services, telegram) == 1
    assert await links(database) == {channel.id: None, bees.id: None}


async def test_a_link_that_ended_is_learned_as_well_when_somebody_looks_at_the_settings(
    database: Database, services: Services, channel: Group, bees: Group, ada: Talk
) -> None:
    await channel.is_discussed_in(bees)
    await learn_links(services, after=FIRST)
    await channel.is_discussed_nowhere()
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(channel.id))
    assert subscriber is not None

    await ada.says(f"/start set_{subscriber.id}")

    assert await links(database) == {channel.id: None, bees.id: None}


async def test_what_is_forwarded_from_the_channel_asks_for_nothing(
    database: Database, telegram: Telegram, ada: Talk, channel: Group, bees: Group
) -> None:
    await channel.is_discussed_in(bees)
    said = len(await bees.received())

    await ada.person.says("/subscribe Bees", chat_id=channel.id)
    await ada.person.says("/start", chat_id=channel.id)
    await settled(telegram)

    assert len(await bees.received()) == said
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM subscribers WHERE chat_id = :id", {"id": bees.id}) == 0
