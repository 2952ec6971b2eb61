"""Operators are told in private, as soon as Telegram can be reached, and nobody waits for that."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.deliver import Courier
from bot.messages.phrases import languages, phrase
from bot.operators import Operators
from bot.sandbox.client import Telegram
from tests.clocks import HandClock
from tests.delivery.conftest import address, courier, database, telegram

__all__ = ["address", "courier", "database", "telegram"]


async def test_an_operator_is_told_once_telegram_is_back(courier: Courier, telegram: Telegram) -> None:
    ada = await telegram.person("Ada")
    await ada.says("/start")
    clock = HandClock()
    operators = Operators((999, ada.id), courier.database, courier.telegram_bot, courier.pace, clock)
    await telegram.refuse(ada.id, code=500, description="Internal Server Error", times=2)

    # Before anybody can say it, and the one before is unknown to Telegram.
    await operators.tell("operator-another-copy")
    async with asyncio.TaskGroup() as tasks:
        telling = tasks.create_task(operators.keep_telling())
        await ada.next_message()
        telling.cancel()

    assert clock.slept == [timedelta(seconds=1), timedelta(seconds=2)]
    assert len(await ada.received()) == 1


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("more", [0, 7])
def test_what_operators_are_told_names_every_remark(language: str, more: int) -> None:
    said = phrase(language, "operator-remarks", remarks="a.md: too old\nb.md: too old", more=more)

    lines = said.splitlines()
    assert lines[1:3] == ["a.md: too old", "b.md: too old"]
    assert ("7" in lines[3]) is bool(more)
    assert phrase(language, "operator-another-copy")
