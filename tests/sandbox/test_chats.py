"""Messages, buttons, files and people, as both sides see them."""

from datetime import timedelta

import aiohttp
import pytest
import telegram
from telegram import ChatMember, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.client import Person, Telegram
from bot.sandbox.seen import SandboxError

NOTHING = timedelta(0)


def keyboard(*texts: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=f"v1:{text}")] for text in texts])


async def test_a_message_has_its_buttons(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "Choose", reply_markup=keyboard("One", "Two"))

    assert sent.reply_markup == keyboard("One", "Two")
    assert (await ada.next_message()).buttons == (("One",), ("Two",))


async def test_an_edit_changes_the_message_in_place(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "before", reply_markup=keyboard("Gone"))

    edited = await telegram_bot.edit_message_text("after", ada.id, sent.message_id)

    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup) == ("after", None)
    seen = await ada.sees("after")
    assert (seen.id, seen.edited, seen.buttons) == (sent.message_id, True, ())


async def test_buttons_change_alone(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "Choose", reply_markup=keyboard("Off"))

    await telegram_bot.edit_message_reply_markup(ada.id, sent.message_id, reply_markup=keyboard("On"))

    assert (await ada.sees("Choose")).buttons == (("On",),)


async def test_a_deleted_message_is_gone(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "oops")

    assert await telegram_bot.delete_message(ada.id, sent.message_id)

    assert await ada.received() == []


async def test_an_answer_shows_what_it_answers(telegram_bot: telegram.Bot, ada: Person) -> None:
    said = await ada.says("question")

    sent = await telegram_bot.send_message(ada.id, "answer", reply_to_message_id=said.id)

    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "question"


async def test_a_file_arrives_whole(telegram_bot: telegram.Bot, ada: Person, address: str) -> None:
    sent = await telegram_bot.send_document(ada.id, b"bees,1\n", filename="bees.csv", caption="All of them #bees")

    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("bees.csv", 7)
    assert [entity.type for entity in sent.caption_entities] == ["hashtag"]
    async with aiohttp.ClientSession(address) as session:
        path = f"/sandbox/chats/{ada.id}/messages/{sent.message_id}/document"
        async with session.get(path) as response:
            assert await response.read() == b"bees,1\n"
            assert response.headers["Content-Disposition"] == 'attachment; filename="bees.csv"'


async def test_a_press_that_nobody_answers_is_told(telegram_bot: telegram.Bot, ada: Person) -> None:
    await telegram_bot.send_message(ada.id, "Choose", reply_markup=keyboard("Done"))

    with pytest.raises(SandboxError, match="nobody answered the press of 'Done'"):
        await ada.presses("Done", within=NOTHING)


async def test_a_button_that_is_not_there_cannot_be_pressed(ada: Person) -> None:
    with pytest.raises(SandboxError, match="no message there has a button 'Done'"):
        await ada.presses("Done", within=NOTHING)


async def test_a_press_answered_too_late_is_refused(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await telegram_bot.send_message(ada.id, "Choose", reply_markup=keyboard("Done"))
    tap = await ada.tap("Done")

    await sandbox.pass_time(timedelta(seconds=151))

    with pytest.raises(telegram.error.BadRequest, match="Query is too old"):
        await telegram_bot.answer_callback_query(tap["query_id"])


async def test_blocking_and_coming_back_is_told_to_the_bot(telegram_bot: telegram.Bot, ada: Person) -> None:
    await ada.blocks()
    await ada.says("/start")

    _, blocked, back, start = await telegram_bot.get_updates()
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == ChatMember.BANNED
    assert back.my_chat_member is not None
    assert back.my_chat_member.old_chat_member.status == ChatMember.BANNED
    assert start.message is not None
    assert (await telegram_bot.send_message(ada.id, "welcome back")).text == "welcome back"


async def test_a_crowd_is_met_already_and_nothing_tells_of_it(telegram_bot: telegram.Bot, sandbox: Telegram) -> None:
    readers = await sandbox.crowd(3, name="Reader", language="zh")

    for reader in readers:
        await telegram_bot.send_message(reader.id, "News")

    assert [reader.name for reader in readers] == ["Reader 1", "Reader 2", "Reader 3"]
    assert [[message.text for message in await reader.received()] for reader in readers] == [["News"]] * 3
    assert await sandbox.updates() == []


async def test_a_chat_is_known_by_its_id(telegram_bot: telegram.Bot, ada: Person) -> None:
    chat = await telegram_bot.get_chat(ada.id)
    member = await telegram_bot.get_chat_member(ada.id, ada.id)

    assert (chat.type, chat.first_name) == ("private", "Ada")
    assert member.status == ChatMember.MEMBER


async def test_the_bot_knows_itself(telegram_bot: telegram.Bot) -> None:
    me = await telegram_bot.get_me()

    assert (me.id, me.username, me.is_bot) == (4242, "digest_sandbox_bot", True)


async def test_the_bot_describes_itself_in_each_language(telegram_bot: telegram.Bot) -> None:
    await telegram_bot.set_my_commands([("latest", "The newest digest")])
    await telegram_bot.set_my_commands([("latest", "最新一期")], language_code="zh")
    await telegram_bot.set_my_description("Digests")
    await telegram_bot.set_my_short_description("短", language_code="zh")

    assert [command.description for command in await telegram_bot.get_my_commands()] == ["The newest digest"]
    assert [command.description for command in await telegram_bot.get_my_commands(language_code="zh")] == ["最新一期"]
    assert (await telegram_bot.get_my_description("zh")).description == "Digests"
    assert (await telegram_bot.get_my_short_description("zh")).short_description == "短"
    assert (await telegram_bot.get_my_name()).name == "Digest"


async def test_the_name_and_the_commands_go_back_to_what_they_were(telegram_bot: telegram.Bot) -> None:
    await telegram_bot.set_my_name("Digests", language_code="en")
    await telegram_bot.set_my_commands([("latest", "最新一期")], language_code="zh")

    named = (await telegram_bot.get_my_name("en")).name
    await telegram_bot.set_my_name("", language_code="en")
    await telegram_bot.delete_my_commands(language_code="zh")

    assert named == "Digests"
    assert (await telegram_bot.get_my_name("en")).name == "Digest"
    assert await telegram_bot.get_my_commands(language_code="zh") == ()


async def test_typing_is_shown(telegram_bot: telegram.Bot, ada: Person) -> None:
    assert await telegram_bot.send_chat_action(ada.id, "typing")
