"""Operators decide what becomes of a digest that Telegram refused when it was tried out."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.messages.taps import DecideRefused, write
from storage.database import Database
from storage.fan_outs import begin_fan_out
from tests.builders import MONDAY, a_digest, stored
from tests.chat.conftest import Talk


@pytest.fixture
def operators(ada: Talk, mei: Talk) -> frozenset[int]:
    return frozenset({ada.person.id, mei.person.id})


async def shown(telegram_bot: ExtBot[None], talk: Talk, digest_id: int) -> None:
    """Show a person the buttons as the notice has them."""
    buttons = [
        InlineKeyboardButton(label, callback_data=write(DecideRefused(digest_id, send=send)))
        for label, send in (("Send", True), ("Drop", False))
    ]
    await telegram_bot.send_message(talk.person.id, "Refused", reply_markup=InlineKeyboardMarkup([buttons]))


async def refused(database: Database) -> int:
    kept = await stored(database, a_digest(title="Bees"))
    async with database.transaction() as tx:
        await begin_fan_out(tx, kept.id, due_at=MONDAY, hold="refused")
    return kept.id


async def held(database: Database) -> list[tuple[str | None, str | None]]:
    async with database.snapshot() as tx:
        rows = await tx.rows(
            "SELECT coalesce(hold, 'nothing') AS hold, not_sent FROM digests LEFT JOIN fan_outs ON digest_id = id"
        )
        due = await tx.rows("SELECT 1 FROM fan_outs")
    return [(row["hold"] if due else None, row["not_sent"]) for row in rows]


async def test_what_was_refused_can_be_sent_all_the_same(
    ada: Talk, telegram_bot: ExtBot[None], database: Database
) -> None:
    await ada.says("/start")
    await shown(telegram_bot, ada, await refused(database))

    said = await ada.presses("Send")

    assert said.text == "“Bees” is sent now. What Telegram refuses of it goes as plain text."
    assert await held(database) == [("nothing", None)]


async def test_what_was_refused_can_be_left_unsent(ada: Talk, telegram_bot: ExtBot[None], database: Database) -> None:
    await ada.says("/start")
    await shown(telegram_bot, ada, await refused(database))

    said = await ada.presses("Drop")

    assert said.text == "“Bees” is not sent. To send it after all: digest-bot publish monday.md"
    assert await held(database) == [(None, "Telegram refuses its text, and an operator did not send it")]


async def test_what_was_decided_stays_decided(
    ada: Talk, mei: Talk, telegram_bot: ExtBot[None], database: Database
) -> None:
    id_ = await refused(database)
    for talk in (ada, mei):
        await talk.says("/start")
        await shown(telegram_bot, talk, id_)

    await ada.presses("Send")
    toast = await mei.person.presses("Drop")

    assert toast.text == "这件事已经处理过了。"
    assert await held(database) == [("nothing", None)]


async def test_nobody_else_can_decide(bob: Talk, telegram_bot: ExtBot[None], database: Database) -> None:
    await bob.says("/start")
    await shown(telegram_bot, bob, await refused(database))

    toast = await bob.person.presses("Send")

    assert toast.text == "This button is out of date. /categories has new ones."
    assert await held(database) == [("refused", None)]
