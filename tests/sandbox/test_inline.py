"""Inline mode: `@bot words` in any chat."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import telegram
from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.error import BadRequest

from bot.sandbox.client import Person, Telegram
from bot.sandbox.seen import Results, SandboxError


def article(id_: str, text: str, **more: Any) -> InlineQueryResultArticle:  # noqa: ANN401 what the library takes
    return InlineQueryResultArticle(id_, f"Title of {id_}", InputTextMessageContent(text), **more)


async def asked(telegram_bot: telegram.Bot, person: Person, *articles: InlineQueryResultArticle, chat: int) -> Results:
    """What *person* is offered when the bot answers their query with *articles*."""

    async def answer() -> None:
        update = (await telegram_bot.get_updates(offset=-1, timeout=5))[-1]
        while update.inline_query is None:
            [update] = await telegram_bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert update.inline_query.query == "bees"
        await telegram_bot.answer_inline_query(update.inline_query.id, articles, next_offset="2")

    async with asyncio.TaskGroup() as group:
        group.create_task(answer())
        results = group.create_task(person.asks("bees", chat_id=chat))
    return results.result()


async def test_a_chosen_result_becomes_a_message_via_the_bot(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    group = await sandbox.group("Friends", creator=ada)

    results = await asked(telegram_bot, ada, article("1", "On bees"), article("2", "Of bees"), chat=group.id)
    said = await ada.chooses(results, "2")

    assert ([result["id"] for result in results.results], results.next_offset) == (["1", "2"], "2")
    assert (said.text, said.from_bot, said.raw["via_bot"]["id"]) == ("Of bees", False, telegram_bot.id)
    [message] = [message for message in await group.messages() if message.text]
    assert message.id == said.id
    chosen = (await telegram_bot.get_updates())[-1].chosen_inline_result
    assert chosen is not None
    assert (chosen.result_id, chosen.query, chosen.from_user.id) == ("2", "bees", ada.id)


async def test_buttons_of_a_result_work_though_the_bot_is_not_there(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    group = await sandbox.group("Friends", creator=ada)
    more = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("More", callback_data="more"))

    results = await asked(telegram_bot, ada, article("1", "On bees", reply_markup=more), chat=group.id)
    await ada.chooses(results, "1")
    await ada.tap("More", chat_id=group.id)

    query = (await telegram_bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.message is None
    assert query.inline_message_id
    assert await telegram_bot.edit_message_text("More on bees", inline_message_id=query.inline_message_id)
    assert [message.text for message in await group.messages()][-1] == "More on bees"


async def test_an_answer_after_half_a_minute_is_too_late(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    with pytest.raises(SandboxError, match="nobody answered the inline query 'bees'"):
        await ada.asks("bees", within=timedelta(0))
    query = (await telegram_bot.get_updates())[-1].inline_query
    assert query is not None

    await sandbox.pass_time(timedelta(seconds=31))

    assert [update for update in await telegram_bot.get_updates() if update.inline_query] == []
    with pytest.raises(BadRequest, match="Query is too old"):
        await telegram_bot.answer_inline_query(query.id, [])


@pytest.mark.parametrize(
    ("results", "next_offset", "words"),
    [
        ([article("1", "a"), article("1", "b")], "", "Result_id_duplicate"),
        ([article("1", " ")], "", "Text must be non-empty"),
        ([article(str(index), "a") for index in range(51)], "", "Results_too_much"),
        ([], "x" * 65, "Next_offset_invalid"),
    ],
)
async def test_bad_results_are_refused(
    telegram_bot: telegram.Bot, results: list[InlineQueryResultArticle], next_offset: str, words: str
) -> None:
    with pytest.raises(BadRequest, match=words):
        await telegram_bot.answer_inline_query("1", results, next_offset=next_offset, current_offset=None)
