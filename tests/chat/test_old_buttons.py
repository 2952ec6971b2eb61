"""Buttons of the past, and data that we never wrote."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ExtBot

from bot.chat.tapped import HANDLERS, OPERATORS_HANDLERS
from bot.messages.taps import (
    Leave,
    ShowCategories,
    ShowLatest,
    TakeInstead,
    TakeOnly,
    Toggle,
    ToggleEverything,
    kinds,
    write,
)
from bot.sandbox.client import Telegram
from bot.sandbox.seen import Answer
from tests.chat.conftest import AnyApplication, Archive, Talk, a_digest, labels

FARTHEST = 10**18 - 1


async def press(telegram_bot: ExtBot[None], talk: Talk, data: str) -> Answer:
    """Let a person press a button with *data* under an old message."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("old", callback_data=data)]])
    message = await telegram_bot.send_message(talk.person.id, "From long ago", reply_markup=keyboard)
    return await talk.person.presses("old", message_id=message.message_id)


@pytest.mark.parametrize(
    "data",
    [
        "subscribe",
        "0:toggle:1:1:0",
        "1:toggle:1",
        "1:drop table",
        "9" * 64,
        write(Toggle(FARTHEST, on=True, page=0)),
        write(Toggle(FARTHEST, on=False, page=0)),
        write(TakeOnly(FARTHEST)),
        write(TakeInstead(FARTHEST, FARTHEST)),
        write(Leave(0)),
        write(ShowLatest(FARTHEST)),
    ],
)
async def test_a_button_that_means_nothing_is_answered_politely(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive, data: str
) -> None:
    await ada.says("/subscribe Bees")

    answer = await press(telegram_bot, ada, data)

    assert answer.text == "This button is out of date. /categories has new ones."
    assert await archive.preferences(ada) == (False, ["Bees"])
    assert (await ada.person.received())[-1].text == "From long ago"


async def test_a_button_that_means_nothing_is_answered_politely_in_chinese(
    telegram_bot: ExtBot[None], mei: Talk
) -> None:
    await mei.says("/start")

    assert (await press(telegram_bot, mei, "x")).text == "这个按钮已经过期，请用 /categories"


async def test_the_category_of_a_stranger_cannot_be_taken_by_its_number(
    telegram_bot: ExtBot[None], ada: Talk, mei: Talk, archive: Archive
) -> None:
    await mei.says("/subscribe 园艺")
    await ada.says("/start")

    answer = await press(telegram_bot, ada, write(TakeOnly(1)))

    assert answer.text.startswith("This button is out of date.")
    assert await archive.preferences(ada) == (False, [])


@pytest.mark.parametrize("page", [1, FARTHEST])
async def test_a_page_that_is_no_more_is_the_last_one(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive, page: int
) -> None:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/start")

    await press(telegram_bot, ada, write(ShowCategories(page)))

    assert labels(await ada.person.sees("You get nothing.")) == ["Everything", "Bees", "Done"]


async def test_a_tap_that_comes_twice_is_as_one(telegram_bot: ExtBot[None], ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))
    await ada.says("/subscribe")
    tap = write(Toggle(1, on=True, page=0))

    for _ in range(2):
        await press(telegram_bot, ada, tap)

    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_dropping_a_category_while_everything_is_on_leaves_everything_on(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))
    await ada.says("/subscribe Bees")
    await ada.says("/subscribe")

    await press(telegram_bot, ada, write(Toggle(1, on=False, page=0)))

    assert await archive.preferences(ada) == (True, [])


async def test_a_flag_may_be_any_number(telegram_bot: ExtBot[None], ada: Talk, archive: Archive) -> None:
    await ada.says("/start")

    await press(telegram_bot, ada, "1:everything:7")

    assert await archive.preferences(ada) == (True, [])


async def test_a_page_shown_again_changes_nothing_and_fails_nothing(ada: Talk, archive: Archive) -> None:
    await archive.add(*(a_digest(f"{n}", of=f"Topic {n}") for n in range(12)))
    shown = await ada.says("/categories")

    await ada.person.presses("1/2")

    assert (await ada.says("/help")).text.startswith("/latest")
    assert (await ada.person.received())[0] == shown


async def test_a_tap_answered_too_late_still_counts_and_nothing_is_said_of_it(
    telegram: Telegram, ada: Talk, archive: Archive
) -> None:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/categories")
    await telegram.refuse(
        code=400,
        method="answerCallbackQuery",
        times=1,
        description="Bad Request: query is too old and response timeout",
    )

    with capture_logs() as log:
        await ada.person.tap("Bees")
        answer = await ada.person.sees("You get Bees.")

    assert labels(answer) == ["Everything", "None", "✅ Bees", "Done"]
    assert [line for line in log if line["log_level"] in {"warning", "error"}] == []


async def test_a_tap_on_a_message_that_telegram_no_longer_shows_is_answered_anew(
    application: AnyApplication, ada: Talk
) -> None:
    await ada.says("/start")
    person = {"id": ada.person.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    message = {"message_id": 1, "date": 0, "chat": {"id": ada.person.id, "type": "private"}}
    query = {
        "id": "1",
        "from": person,
        "chat_instance": "1",
        "message": message,
        "data": write(ToggleEverything(True, 0)),
    }

    await application.process_update(Update.de_json({"update_id": 1, "callback_query": query}, application.bot))

    assert (await ada.person.next_message(within=timedelta(seconds=1))).text.startswith("You get everything.")


def test_every_kind_of_button_has_one_who_answers_it() -> None:
    assert {*HANDLERS, *OPERATORS_HANDLERS} == set(kinds())
    assert not HANDLERS.keys() & OPERATORS_HANDLERS.keys()
