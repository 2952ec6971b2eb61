"""Every command in every form, every question and every kind of button, in both languages, one after the other.

What is a rule of one command is told in that command's own tests; here nothing is forgotten, for the lists are the
bot's own.
"""

import re
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from structlog.typing import EventDict

from bot.access import Access
from bot.chat import COMMANDS, OPERATORS_COMMANDS
from bot.chat.typed import PROMPTS
from bot.messages.phrases import phrase
from bot.messages.taps import Save, Tap, kinds, write
from tests.chat.client import Client, answers, press_what_is_new
from tests.chat.conftest import AnyApplication, Archive, Talk, a_digest, an_item
from tests.lean import lean

TESTS = Path(__file__).parents[1]
# How often one and the same kind of button is pressed.
ENOUGH = 3

# In the order in which they are said: what ends things stands last.
SAID = {
    "start": (["cat_Bees", "", "cat_x", "item_1-1"], ["cat_2", "", "cat_x"]),
    "subscribe": (["", "Bees", "Bees, Wasps", "bess", '"Open Source"'], ["", "开源", "开源，芯片", "开园"]),
    "categories": ([""], [""]),
    "follow": (
        ["", "Qwen", 'Qwen "world model"', "open source", "robots", ""],
        ["", "具身智能", "模型 “世界模型”", "open source", "机器人", ""],
    ),
    "mute": (["", "crypto"], ["", "马斯克"]),
    "unfollow": (["", "Qwen", "nothing"], ["", "具身智能"]),
    "unmute": (["", "crypto"], ["", "马斯克"]),
    "latest": (["", "2", "Bees", "2 Bees", "99"], ["", "2", "开源", "2 开源"]),
    "search": (
        [
            "",
            "bees",
            '"bees dance"',
            "bees -wasps",
            "category:Bees bees",
            "since:2025-06 bees",
            "from:example.org",
            "qxz",
        ],
        ["", "模型", "“开源模型”", "模型 -芯片", "category:开源 模型", "since:2025-06 模型", "龘靐"],
    ),
    "saved": ([""], [""]),
    "schedule": (
        ["", "daily 8:00", "weekdays 7:30 Berlin", "fri 18:00", "quiet 22-8", "Mars", "at once"],
        ["", "每天早上八点", "工作日 7:30 上海", "周五 18:00", "免打扰 22-8", "火星", "立即"],
    ),
    "snooze": (["", "3 days", "off", "maybe"], ["", "3天", "取消"]),
    "settings": ([""], [""]),
    "route": ([""], [""]),
    "why": (["", "1", "99", "https://example.org/nothing"], ["", "1"]),
    "channels": ([""], [""]),
    "help": ([""], [""]),
    "announce": ([""], [""]),
    "pause": ([""], [""]),
    "resume": ([""], [""]),
    "allow": (["", "12345", "Ada"], ["", "12345", "小梅"]),
    "disallow": (["", "12345", "Ada"], ["", "12345", "小梅"]),
    "unsubscribe": (["Bees", "", "nothing"], ["开源", ""]),
    "mydata": ([""], [""]),
    "stop": ([""], [""]),
    "forget": ([""], [""]),
}


@pytest.fixture
def operators(ada: Talk, mei: Talk) -> frozenset[int]:
    return frozenset({ada.person.id, mei.person.id})


@pytest.fixture
def access() -> Access:
    return Access("invited", "operators")


@pytest.fixture
async def read_digests(archive: Archive) -> None:
    """Enough in both languages for every list to have pages, and a digest too long for its messages."""
    for number in range(12):
        english = tuple(
            an_item(f"Bees dance {number}.{place}", f"https://example.org/{number}/{place}") for place in range(2)
        )
        await archive.add(a_digest(f"Day {number}", of=f"Bees,Topic {number}", hour=number, items=english))
        chinese = tuple(
            an_item(f"开源模型发布 {number}.{place}", f"https://example.cn/{number}/{place}") for place in range(2)
        )
        await archive.add(a_digest(f"第 {number} 期", of=f"开源,话题{number}", hour=20 + number, items=chinese))
    long = tuple(an_item(f"Story {place} 故事", None, "words 文字 " * 300) for place in range(40))
    await archive.add(a_digest("Long 长", of="Bees,开源", hour=40, items=long))


@pytest.mark.usefixtures("read_digests")
@pytest.mark.parametrize("language", lean(["zh-Hans", "en"], most=1))
async def test_everything_can_be_said_and_pressed(
    application: AnyApplication, logs: list[EventDict], ada: Talk, mei: Talk, language: str
) -> None:
    talk = ada if language == "en" else mei
    hello = await talk.says("/start")
    client = Client(application, talk, logs, hello.raw, count(10_000))
    pressed = Counter[type[Tap]]()

    for name, (english, chinese) in SAID.items():
        # What was pressed until now may have taken all of it away again.
        await client.taps(write(Save(1, 0, on=True)))
        for words in english if language == "en" else chinese:
            assert answers(await client.says(f"/{name} {words}".strip())), name
            await press_what_is_new(client, pressed, enough=ENOUGH)
    for question in PROMPTS:
        ours = {"id": application.bot.id, "is_bot": True, "first_name": "Digests"}
        asked = {"message_id": 1, "date": 1, "chat": client.chat, "from": ours, "text": phrase(language, question)}
        assert answers(await client.says("Bees", reply_to_message=asked)), question

    forgotten = {kind.__name__ for kind in kinds() if kind not in pressed}
    unwalked = sorted(name for name in forgotten if not is_told_elsewhere(name))
    assert not unwalked, unwalked


def test_no_command_is_forgotten() -> None:
    assert set(SAID) == {*COMMANDS, *OPERATORS_COMMANDS}


def is_told_elsewhere(kind: str) -> bool:
    """Whether another file walks it: what stands under a delivery, say, which nobody sends here."""
    others = (each for each in TESTS.rglob("test_*.py") if each.name not in {"test_conversations.py", "test_abuse.py"})
    return any(re.search(rf"\b{kind}\b", each.read_text(encoding="utf-8")) for each in others)
