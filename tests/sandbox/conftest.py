"""A sandbox in this process, python-telegram-bot's own client for the bot, and a hand on the control API."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
import telegram

from bot.sandbox.client import Person, Telegram, connect
from bot.sandbox.state import Sandbox
from tests.by_the_book import serve

TOKEN = "4242:sandbox-token"

# A call of the Bot API without a library between: the status and the JSON that came.
Api = Callable[..., Coroutine[Any, Any, tuple[int, dict[str, Any]]]]


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
async def api(address: str) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **parameters: object) -> tuple[int, dict[str, Any]]:
            async with session.post(f"{address}/bot{TOKEN}/{method}", json=parameters) as response:
                return response.status, await response.json()

        yield call


@pytest.fixture
async def ada(sandbox: Telegram) -> Person:
    """Somebody who has started the bot."""
    ada = await sandbox.person("Ada")
    await ada.says("/start")
    return ada
