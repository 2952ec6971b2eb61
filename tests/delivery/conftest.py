"""A database, a sandbox over HTTP, and what delivering needs."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bell import Bell
from bot.bot_api import BotApi
from bot.clock import SystemClock
from bot.delivery.courier import Courier
from bot.delivery.pace import Pace
from bot.delivery.record import Recorder
from bot.delivery.views import Views
from bot.delivery.write_down import write_down
from bot.sandbox.client import Telegram, connect
from bot.sandbox.state import Sandbox
from bot.telegram_http import AiohttpRequest
from storage.database import Database, open_database
from tests.builders import an_alarm
from tests.by_the_book import serve

TOKEN = "4242:sandbox-token"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "digest-bot.db") as database:
        yield database


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with serve(Sandbox(TOKEN)) as address:
        yield address


@pytest.fixture
async def telegram(address: str) -> AsyncIterator[Telegram]:
    async with connect(address) as telegram:
        yield telegram


@pytest.fixture
async def courier(address: str, database: Database) -> AsyncIterator[Courier]:
    clock = SystemClock()
    pace = Pace(200, clock)
    async with AiohttpRequest() as request:
        disk = an_alarm(clock)
        yield Courier(
            database=database,
            bot_api=BotApi(request, f"{address}/bot{TOKEN}"),
            pace=pace,
            clock=clock,
            views=Views(database),
            recorder=Recorder(database, clock, write_down, disk=disk),
            bell=Bell(),
            disk=disk,
            flood=an_alarm(clock),
            in_flight=64,
            lateness=timedelta(hours=24),
        )
