"""A person who talks with the bot: its chat over real HTTP to a sandbox, with a real database."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict
from telegram.ext import Application, ExtBot

from bot.access import EVERYBODY, Access
from bot.chat import ALLOWED_UPDATES, Services, install
from bot.chat.rights import Rights
from bot.clock import Clock, SystemClock
from bot.digests.categories import categories_of
from bot.poller import Poller
from bot.sandbox.client import Group, Person, Telegram, connect
from bot.sandbox.seen import Message
from bot.sandbox.state import Sandbox
from bot.telegram_http import AiohttpRequest
from storage.database import Database, open_database
from storage.digests import store_digest
from storage.model import Address, Digest, FormattedText, Item, Subscriber
from storage.sources import ensure_source
from storage.subscribers import subscriber_at
from tests.by_the_book import serve

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

TOKEN = "4242:sandbox-token"
MONDAY = datetime(2025, 7, 21, 4, tzinfo=UTC)


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with serve(Sandbox(TOKEN)) as address:
        yield address


@pytest.fixture
async def telegram(address: str) -> AsyncIterator[Telegram]:
    async with connect(address) as telegram:
        yield telegram


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "digest-bot.db") as database:
        yield database


@pytest.fixture
async def telegram_bot(address: str) -> AsyncIterator[ExtBot[None]]:
    calls, polls = AiohttpRequest(), AiohttpRequest()
    async with ExtBot(TOKEN, f"{address}/bot", request=calls, get_updates_request=polls) as telegram_bot:
        yield telegram_bot


@pytest.fixture
def operators() -> frozenset[int]:
    """Whoever runs the bot: in most tests nobody who is met there."""
    return frozenset()


@pytest.fixture
def access() -> Access:
    """For whom the bot is: in most tests for everybody."""
    return EVERYBODY


@pytest.fixture
def clock() -> Clock:
    """By which the bot goes: in most tests the machine's."""
    return SystemClock()


@pytest.fixture(autouse=True)
async def application(
    telegram_bot: ExtBot[None], database: Database, operators: frozenset[int], access: Access, clock: Clock
) -> AsyncIterator[AnyApplication]:
    """The bot, awake: whatever is said to it in the sandbox is answered."""
    application = Application.builder().bot(telegram_bot).updater(None).build()
    install(application, Services(database, clock, Rights(telegram_bot, clock), operators, access=access))
    stopping = asyncio.Event()
    async with application, AiohttpRequest(connections=1) as polling, asyncio.TaskGroup() as tasks:
        poller = Poller(
            telegram_bot,
            polling,
            application.process_update,
            allowed_updates=ALLOWED_UPDATES,
            clock=SystemClock(),
        )
        tasks.create_task(poller.run(stopping))
        yield application
        stopping.set()


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    """What is logged while a test runs, instead of being written."""
    with capture_logs() as logs:
        yield logs


@dataclass(slots=True)
class Talk:
    """A person in their chat with the bot."""

    person: Person

    async def says(self, text: str) -> Message:
        """Say something; what the bot answers."""
        await self.person.says(text)
        return await self.person.next_message()

    async def is_sent(self, button: str) -> Message:
        """Press a button that brings a message of its own."""
        await self.person.presses(button)
        return await self.person.next_message()

    async def presses(self, button: str) -> Message:
        """Press a button of the newest message that has it; what that message says then."""
        telegram = self.person.telegram
        [*_, message] = [each for each in await self.person.received() if button in labels(each)]
        last = (await telegram.calls())[-1].number
        await self.person.presses(button, message_id=message.id)
        await telegram.called("editMessageText", after=last, outcome="answered")
        return next(each for each in await self.person.received() if each.id == message.id)


def labels(message: Message) -> list[str]:
    """The texts of all buttons under a message."""
    return [label for row in message.buttons for label in row]


@pytest.fixture
async def ada(telegram: Telegram) -> Talk:
    """She reads English."""
    return Talk(await telegram.person("Ada", language="en"))


@pytest.fixture
async def mei(telegram: Telegram) -> Talk:
    """She reads Chinese."""
    return Talk(await telegram.person("小梅", language="zh-hans"))


@pytest.fixture
async def bob(telegram: Telegram) -> Talk:
    """He reads English, and is never an operator."""
    return Talk(await telegram.person("Bob", language="en"))


@pytest.fixture
async def bees(telegram: Telegram, ada: Talk) -> Group:
    """Ada's group, where the bot is and has said what it says as it comes there."""
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await bees.adds()
    await bees.next_message()
    return bees


@pytest.fixture
async def grace(telegram: Telegram, bees: Group, ada: Talk) -> Person:
    """A member of that group, who administers nothing."""
    grace = await telegram.person("Grace", language="en")
    await bees.adds(grace, by=ada.person)
    return grace


@dataclass(slots=True)
class Archive:
    """What was published so far."""

    database: Database

    async def add(self, *digests: Digest) -> None:
        """Publish *digests*, to be read but not to be sent."""
        async with self.database.transaction() as tx:
            source = await ensure_source(tx, "main")
            for digest in digests:
                await store_digest(tx, source.id, digest, now=MONDAY)

    async def subscriber(self, talk: Talk) -> Subscriber | None:
        """What is kept of a person."""
        async with self.database.snapshot() as tx:
            return await subscriber_at(tx, Address(talk.person.id))

    async def preferences(self, talk: Talk) -> tuple[bool, list[str]]:
        """Whether a person gets everything, and the categories that they chose."""
        subscriber = await self.subscriber(talk)
        assert subscriber is not None
        return subscriber.preferences.everything, [each.name for each in subscriber.preferences.categories]


@pytest.fixture
async def archive(database: Database) -> Archive:
    return Archive(database)


def a_digest(title: str = "Morning", *, of: str = "", hour: int = 0, items: tuple[Item, ...] = ()) -> Digest:
    """A digest with these categories (commas between), published so many hours after Monday morning."""
    return Digest(
        path=f"{title}.md",
        title=title,
        published_at=MONDAY + timedelta(hours=hour),
        day_only=False,
        categories=categories_of(of.split(",")),
        items=items or (an_item(f"About {title}"),),
    )


def an_item(headline: str, link: str | None = "https://example.org/a", summary: str = "") -> Item:
    return Item(FormattedText(headline), link=link, summary=FormattedText(summary))
