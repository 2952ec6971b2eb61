"""What a message asks the apps to show: answers begun and keyboards, which the bot itself never sees again."""

import pytest
import telegram
from telegram import ForceReply, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.sandbox.client import Person, Telegram

SHARE = ReplyKeyboardMarkup([[KeyboardButton("Here", request_location=True)], ["", "Not now"]], one_time_keyboard=True)


async def test_the_apps_are_shown_what_the_bot_is_not_told_again(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "Where?", reply_markup=SHARE)
    await telegram_bot.send_message(ada.id, "Which?", reply_markup=ForceReply(input_field_placeholder="Berlin"))
    await telegram_bot.send_message(ada.id, "Thanks", reply_markup=ReplyKeyboardRemove())

    assert sent.reply_markup is None
    prompts = [message.raw.get("prompt") for message in await ada.received()]
    assert prompts == [
        {"keyboard": [[{"text": "Here", "request_location": True}], [{"text": "Not now"}]], "one_time_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "Berlin"},
        {"remove_keyboard": True},
    ]


async def test_a_message_that_asks_for_something_cannot_be_edited(telegram_bot: telegram.Bot, ada: Person) -> None:
    sent = await telegram_bot.send_message(ada.id, "Which?", reply_markup=ForceReply())

    with pytest.raises(telegram.error.BadRequest, match="Message can't be edited"):
        await telegram_bot.edit_message_reply_markup(ada.id, sent.message_id, reply_markup=InlineKeyboardMarkup([]))


async def test_nobody_is_asked_where_they_are_before_others(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    group = await sandbox.group("Bees", creator=ada)
    await group.adds()

    with pytest.raises(telegram.error.BadRequest, match="Location can be requested in private chats only"):
        await telegram_bot.send_message(group.id, "Where?", reply_markup=SHARE)
