"""Every command of a group in every form, in both languages, with every button under it; and what cats would type."""

import asyncio
import json
from collections import Counter
from itertools import count
from typing import Any

import pytest

from bot.chat import COMMANDS
from bot.chat.admission import IN_GROUPS, level_of
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, read, whom
from bot.sandbox.client import Telegram
from bot.sandbox.seen import Call
from tests.chat.conftest import AnyApplication, Archive, a_digest, an_item
from tests.chat.standing import TITLE, Asked, Kind, Site, Who, a_site
from tests.chat.test_abuse import ARGUMENTS
from tests.chat.test_conversations import SAID
from tests.lean import lean

# How often one and the same kind of button is pressed.
ENOUGH = 2
SAYS = {"sendMessage", "editMessageText"}


async def read_digests(archive: Archive) -> None:
    """Enough for lists to have pages, and a digest too long for its messages."""
    for number in range(12):
        items = tuple(
            an_item(f"Bees dance 开源 {number}.{place}", f"https://example.org/{number}") for place in range(2)
        )
        await archive.add(a_digest(f"Day {number}", of=f"Bees,开源,Topic {number}", hour=number, items=items))
    long = tuple(an_item(f"Story {place} 故事", None, "words 文字 " * 300) for place in range(40))
    await archive.add(a_digest("Long 长", of="Bees,开源", hour=40, items=long))


def buttons(call: Call) -> list[dict[str, Any]]:
    markup = json.loads(call.parameters.get("reply_markup") or "{}")
    return [button for row in markup.get("inline_keyboard", []) for button in row]


def said(calls: list[Call]) -> list[Call]:
    """What was said there, all of which Telegram took, or found it said already."""
    spoken = [call for call in calls if call.method in SAYS]
    refused = [call.answer for call in spoken if call.outcome != "answered"]
    assert all("not modified" in str(answer) for answer in refused), refused
    return [call for call in spoken if call.outcome == "answered"]


async def presses_what_is_new(site: Site, who: Who, calls: list[Call], pressed: Counter[type[Tap]]) -> None:
    """Press each kind of button that is shown, and those that come of it; none is refused."""
    waiting = calls[:]
    while waiting:
        shown = waiting.pop(0)
        for button in buttons(shown):
            data = button.get("callback_data")
            if data is None:
                continue
            tap = read(data)
            assert tap is not None, data
            assert whom(data)[0] is None
            assert level_of(tap) != "private", data
            if pressed[type(tap)] >= ENOUGH:
                continue
            pressed[type(tap)] += 1
            answers = await site.asks(who, Asked(data=data, under=(shown.answer or {})["result"]))
            toasts = {call.parameters.get("text") for call in answers if call.method == "answerCallbackQuery"}
            assert phrase(site.language, "only-administrators", title=TITLE) not in toasts, data
            waiting += said(answers)


@pytest.mark.parametrize(
    ("kind", "language"),
    lean([("topic", "zh-Hans"), ("supergroup", "en"), ("topic", "en"), ("group", "zh-Hans")], most=1),
)
async def test_everything_can_be_said_and_pressed_in_a_group(
    application: AnyApplication, telegram: Telegram, archive: Archive, kind: Kind, language: str
) -> None:
    await read_digests(archive)
    async with a_site(application, telegram, archive, kind, language=language) as site:
        pressed = Counter[type[Tap]]()
        # Stopping comes last.
        for name in sorted(IN_GROUPS, key=list(SAID).index if IN_GROUPS.keys() <= SAID.keys() else None):
            english, chinese = SAID.get(name, ([""], [""]))
            for words in english if language == "en" else chinese:
                calls = said(await site.asks("administrator", Asked(f"/{name} {words}".strip())))
                assert calls, name
                assert all(int(call.parameters["chat_id"]) == site.chat.id for call in calls)
                await presses_what_is_new(site, "administrator", calls, pressed)

        assert len(pressed) > 30


async def test_what_everybody_may_ask_for_has_buttons_for_everybody(
    application: AnyApplication, telegram: Telegram, archive: Archive
) -> None:
    await read_digests(archive)
    async with a_site(application, telegram, archive) as site:
        pressed = Counter[type[Tap]]()
        for name, level in IN_GROUPS.items():
            for words in SAID[name][0] if level == "read" else ():
                calls = said(await site.asks("member", Asked(f"/{name} {words}".strip())))
                assert len(calls) <= 5
                await presses_what_is_new(site, "member", calls, pressed)

        assert {level_of(kind) for kind in [*map(_any, pressed)]} == {"read"}


async def test_what_is_personal_leads_to_the_chat_with_the_bot(
    application: AnyApplication, telegram: Telegram, archive: Archive
) -> None:
    async with a_site(application, telegram, archive) as site:
        for name in COMMANDS.keys() - IN_GROUPS.keys():
            [call] = said(await site.asks("member", Asked(f"/{name}")))
            assert call.parameters["text"] == phrase("en", "in-private-only"), name
            [button] = buttons(call)
            assert button["url"] == f"https://t.me/{application.bot.username}"


@pytest.mark.parametrize("name", lean(sorted(IN_GROUPS), most=2))
async def test_a_command_with_anything_after_it_is_answered_in_a_group(
    application: AnyApplication, telegram: Telegram, archive: Archive, name: str
) -> None:
    async with a_site(application, telegram, archive, "topic") as site:
        for what, argument in ARGUMENTS.items():
            calls = said(await site.asks("administrator", Asked(f"/{name} {argument}".strip())))
            # What a link brings along is nothing new where the bot has just come.
            assert calls or name == "start", what


def _any(kind: type[Tap]) -> Tap:
    numbers = count()
    return kind(*("" if field is str else next(numbers) for field in kind.__annotations__.values()))


async def test_where_the_bot_may_not_write_a_command_goes_unanswered_and_is_no_error(
    application: AnyApplication, telegram: Telegram, archive: Archive
) -> None:
    async with a_site(application, telegram, archive) as site:
        await site.chat.restricts()

        for name in IN_GROUPS:
            refused = await site.asks("administrator", Asked(f"/{name}"))
            assert {call.outcome for call in refused} == {"refused"}


async def test_to_a_command_in_a_closed_topic_it_is_said_in_private_that_nobody_would_hear_the_answer(
    application: AnyApplication, telegram: Telegram, archive: Archive
) -> None:
    async with a_site(application, telegram, archive, "topic") as site:
        assert site.topic is not None
        await site.topic.closes()
        async with asyncio.timeout(10):
            while await telegram.updates():
                await asyncio.sleep(0.01)

        for name in IN_GROUPS:
            [told] = await site.asks("administrator", Asked(f"/{name}"))
            assert (told.outcome, told.parameters["chat_id"]) == ("answered", str(site.people["administrator"].id))
