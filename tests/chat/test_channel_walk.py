"""All that can be pressed of a channel, in both languages, one after the other, and what is said to who does it."""

import re
from collections import Counter
from itertools import count

import pytest
from structlog.typing import EventDict

from bot.chat.channels import OpenChat
from bot.chat.posting import Preview, ShowChannels, StartPosting, StopPosting
from bot.chat.settings import ChangeSetting, ShowSettings
from bot.chat.standstill import Return
from bot.messages.phrases import phrase
from bot.messages.taps import Tap
from bot.sandbox.client import Group
from tests.chat.client import Client, press_what_is_new
from tests.chat.conftest import AnyApplication, Talk
from tests.chat.test_channels import daily

__all__ = ["daily"]

# How often one and the same kind of button is pressed.
ENOUGH = 2
OURS = {OpenChat, Preview, ShowChannels, StartPosting, StopPosting, Return, ShowSettings, ChangeSetting}


@pytest.fixture
async def talk(daily: Group, ada: Talk, mei: Talk, language: str) -> Talk:
    """Whoever reads the language; they may bring the bot to Ada's channel."""
    if language == "en":
        return ada
    await daily.adds(mei.person)
    await daily.promotes(mei.person)
    return mei


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
async def test_everything_about_a_channel_can_be_pressed(
    application: AnyApplication, logs: list[EventDict], daily: Group, talk: Talk, language: str
) -> None:
    hello = await talk.says("/start")
    await daily.promotes(by=talk.person)
    asked = await talk.person.next_message()
    assert asked.text == f"📢 Daily\n{phrase(language, 'channel-welcome')}"
    client = Client(application, talk, logs, hello.raw, count(10_000))
    pressed = Counter[type[Tap]]()

    # Else it would be begun and chosen for in any order.
    for button in (phrase(language, "button-everything"), phrase(language, "button-preview-first")):
        await talk.person.presses(button)
    await talk.person.sees("↑")
    await press_what_is_new(client, pressed, enough=ENOUGH)
    assert set(pressed) >= OURS
    await talk.person.says("/channels")
    await talk.person.sees(phrase(language, "channels-hint"))
    # The name of its kind is AddChat.
    await talk.person.presses(phrase(language, "button-add-chat"))
    await talk.person.sees(phrase(language, "pick-hint"))
    about = [each.text for each in await talk.person.received() if each.text.startswith("📢")]
    assert about
    chinese = re.compile("[\u4e00-\u9fff]")
    assert all(bool(chinese.search(text)) == (language != "en") for text in about)
    assert await daily.received() == []
