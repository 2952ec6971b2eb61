"""A sandbox in this process, python-telegram-bot's own client for the bot, and a hand on the control API."""

from collections.abc import AsyncIterator

import pytest
import telegram

from bot.sandbox.client import Person, Telegram, connect
from bot.sandbox.server import serve
from bot.sandbox.state import Sandbox

TOKEN = "4242:sandbox-token"


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with serve(Sandbox(TOKEN)) as address:
        yield address


@pytest.fixture
async def sandbox(address: str) -> AsyncIterator[Telegram]:
    async with connect(address) as sandbox:
        yield sandbox


@pytest.fixture
async def telegram_bot(address: str) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(TOKEN, base_url=f"{address}/bot") as telegram_bot:
        yield telegram_bot


@pytest.fixture
async def ada(sandbox: Telegram) -> Person:
    """Somebody who has started the bot."""
    ada = await sandbox.person("Ada")
    await ada.says("/start")
    return ada
