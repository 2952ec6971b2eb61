"""A bot that Ada runs, by a clock that tests move by hand, and Grace, whom she let in."""

import pytest

from bot.sandbox.client import Telegram
from storage.access import let_in
from storage.database import Database
from tests.builders import MONDAY
from tests.chat.conftest import Talk
from tests.clocks import HandClock


@pytest.fixture
def operators(ada: Talk) -> frozenset[int]:
    return frozenset({ada.person.id})


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def grace(telegram: Telegram, database: Database) -> Talk:
    """A guest of the bot."""
    grace = Talk(await telegram.person("Grace", language="en"))
    async with database.transaction() as tx:
        await let_in(tx, grace.person.id, now=MONDAY)
    return grace
