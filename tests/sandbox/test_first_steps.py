"""A person, the bot and the sandbox between them."""

import asyncio

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from bot.sandbox.client import Person, Telegram, connect
from tests.by_the_book import start
from tests.sandbox.conftest import TOKEN


async def test_the_bot_hears_a_start_with_its_command_marked(telegram_bot: telegram.Bot, ada: Person) -> None:
    [update] = await telegram_bot.get_updates(timeout=5)

    assert update.message is not None
    assert update.message.text == "/start"
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "en"
    assert [(entity.type, entity.offset, entity.length) for entity in update.message.entities] == [
        ("bot_command", 0, 6)
    ]
    assert update.message.chat.id == ada.id


async def test_a_person_reads_what_the_bot_sends(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "Good morning")

    message = await ada.next_message()
    assert (message.id, message.text, message.from_bot) == (sent.message_id, "Good morning", True)


async def test_a_message_can_be_waited_for(telegram_bot: telegram.Bot, ada: Person) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(ada.next_message())
        await telegram_bot.send_message(ada.id, "late")

    assert waiting.result().text == "late"


async def test_a_press_brings_the_answer_of_the_bot(telegram_bot: telegram.Bot, ada: Person) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="v1:done")]])
    await telegram_bot.send_message(ada.id, "Choose", reply_markup=keyboard)

    async def answer() -> None:
        updates = await telegram_bot.get_updates(timeout=5, offset=2)
        assert updates[0].callback_query is not None
        assert updates[0].callback_query.data == "v1:done"
        await telegram_bot.answer_callback_query(updates[0].callback_query.id, text="Saved")

    async with asyncio.TaskGroup() as group:
        answering = group.create_task(answer())
        pressed = group.create_task(ada.presses("Done"))

    assert answering.done()
    assert pressed.result().text == "Saved"


async def test_a_held_message_is_in_the_chat_before_the_bot_hears_of_it(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    await sandbox.hold("sendMessage")

    async with asyncio.TaskGroup() as group:
        sending = group.create_task(telegram_bot.send_message(ada.id, "held"))
        [held] = await sandbox.held("sendMessage")
        assert held.accepted
        assert (await ada.next_message()).text == "held"
        assert not sending.done()
        await sandbox.release()

    assert sending.result().text == "held"


async def test_who_blocked_the_bot_gets_nothing(telegram_bot: telegram.Bot, ada: Person) -> None:
    await ada.blocks()

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await telegram_bot.send_message(ada.id, "hello?")


async def test_a_stranger_is_no_chat(telegram_bot: telegram.Bot, ada: Person) -> None:
    assert ada.id != 7

    with pytest.raises(BadRequest, match="Chat not found"):
        await telegram_bot.send_message(7, "hello?")


async def test_it_runs_in_a_process_of_its_own() -> None:
    async with (
        start(token=TOKEN) as address,
        telegram.Bot(TOKEN, base_url=f"{address}/bot") as telegram_bot,
        connect(address) as sandbox,
    ):
        ada = await sandbox.person("Ada", language="zh-hans")
        await ada.says("/start")
        await telegram_bot.send_message(ada.id, "你好")

        assert (await ada.next_message()).text == "你好"
