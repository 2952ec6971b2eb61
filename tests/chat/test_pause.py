"""Operators pause all that is sent unasked, and say at the end what becomes of what waited."""

from datetime import timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.chat.pause import how_long
from bot.messages.taps import EndPause, write
from storage.database import Database
from storage.pauses import Pause, begin_pause, decide_pause, end_pause, present_pause
from storage.time import to_millis
from tests.chat.conftest import MONDAY, Talk


@pytest.fixture
def operators(ada: Talk, mei: Talk) -> frozenset[int]:
    return frozenset({ada.person.id, mei.person.id})


async def owe(database: Database, *, digests: int, chats: int) -> None:
    """Let each of so many chats wait for each of so many digests."""
    async with database.transaction() as tx:
        await tx.run("INSERT INTO sources (name) VALUES ('main') ON CONFLICT DO NOTHING")
        for digest in range(1, digests + 1):
            await tx.run(
                """
                INSERT INTO digests (id, source_id, path, title, day_only, archived_at, first_seen_at)
                VALUES (:id, 1, :id || '.md', 'News', 0, 0, 0)
                """,
                {"id": digest},
            )
        for chat in range(1, chats + 1):
            await tx.run(
                "INSERT INTO subscribers (id, chat_id, type, created_at) VALUES (:id, 100000 + :id, 'private', 0)",
                {"id": 1000 + chat},
            )
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
            SELECT 'digest', digests.id, subscribers.id, 0, 0 FROM digests, subscribers WHERE subscribers.id > 1000
            """
        )


async def present(database: Database) -> Pause | None:
    async with database.snapshot() as tx:
        return await present_pause(tx)


async def test_a_pause_is_begun_and_ended_at_once_where_nothing_waits(ada: Talk, database: Database) -> None:
    paused = await ada.says("/pause")
    again = await ada.says("/pause")
    resumed = await ada.says("/resume")

    assert paused.text == "Paused: no digest goes out until /resume. I still answer everybody."
    assert again.text == "Paused for 1 minute already. To go on: /resume"
    assert (resumed.text, resumed.buttons) == ("Going on. Nothing was waiting.", ())
    now = await present(database)
    assert now is not None
    assert now.decision is not None
    assert now.decision.ending == "send"


async def test_without_a_pause_there_is_nothing_to_resume(ada: Talk, database: Database) -> None:
    answer = await ada.says("/resume")

    assert answer.text == "Nothing is paused."
    assert await present(database) is None


@pytest.mark.parametrize(
    ("button", "ending", "said"),
    [
        ("Send it", "send", "Going on. What waited is sent now."),
        ("Skip it", "skip", "Going on with what comes next. What waited is skipped; /latest still shows it."),
    ],
)
async def test_an_operator_decides_what_becomes_of_what_waited(
    ada: Talk, database: Database, button: str, ending: str, said: str
) -> None:
    await ada.says("/pause")
    await owe(database, digests=2, chats=3)

    question = await ada.says("/resume")
    changed = await ada.presses(button)
    again = await ada.says("/resume")

    assert question.text == (
        "Paused for 1 minute. 2 digests wait for 3 chats, 6 to send in all. Send what waited, or skip it?"
    )
    assert question.buttons == (("Send it", "Skip it"),)
    assert (changed.text, changed.buttons) == (said, ())
    assert again.text == said
    now = await present(database)
    assert now is not None
    assert now.decision is not None
    assert (now.decision.ending, now.decision.last_id) == (ending, 6)


async def test_one_digest_for_one_chat_is_not_spoken_of_in_the_plural(ada: Talk, database: Database) -> None:
    await ada.says("/pause")
    await owe(database, digests=1, chats=1)

    question = await ada.says("/resume")

    assert question.text == "Paused for 1 minute. One digest waits for one chat. Send what waited, or skip it?"


async def test_an_operator_is_asked_in_their_language(mei: Talk, database: Database) -> None:
    paused = await mei.says("/pause")
    await owe(database, digests=1, chats=1)
    question = await mei.says("/resume")
    skipped = await mei.presses("跳过")

    assert paused.text == "已暂停：在 /resume 之前不再发出任何简报，提问照常回答。"
    assert question.text == "已暂停1分钟，有 1 期简报在等待，涉及 1 个聊天。要发送，还是跳过？"
    assert skipped.text == "已恢复，等待的简报不再发送，用 /latest 仍可查看。"


async def test_of_two_operators_the_first_decides(ada: Talk, mei: Talk, database: Database) -> None:
    await ada.says("/pause")
    await owe(database, digests=1, chats=1)
    await ada.says("/resume")
    await mei.says("/resume")

    await ada.presses("Skip it")
    toast = await mei.person.presses("发送")

    assert toast.text == "这件事已经处理过了。"
    now = await present(database)
    assert now is not None
    assert now.decision is not None
    assert now.decision.ending == "skip"


async def test_the_button_of_a_pause_that_is_over_skips_nothing_of_the_next(ada: Talk, database: Database) -> None:
    await ada.says("/pause")
    await owe(database, digests=1, chats=1)
    await ada.says("/resume")
    async with database.transaction() as tx:
        await decide_pause(tx, "send", now=MONDAY)
        pause = await present_pause(tx)
        assert pause is not None
        assert pause.decision is not None
        await end_pause(tx, pause.decision)
        await begin_pause(tx, now=MONDAY)

    toast = await ada.person.presses("Skip it")

    assert toast.text == "That was decided already."
    assert await present(database) == Pause(MONDAY)


async def test_a_pause_that_ends_can_be_held_on_to(ada: Talk, database: Database) -> None:
    await ada.says("/pause")
    await owe(database, digests=1, chats=1)
    await ada.says("/resume")
    await ada.presses("Skip it")

    held = await ada.says("/pause")

    assert held.text.startswith("Paused: ")
    now = await present(database)
    assert now is not None
    assert now.decision is None


async def test_to_anybody_else_these_are_no_commands(bob: Talk, ada: Talk, database: Database) -> None:
    await bob.says("/start")

    answers = [(await bob.says(command)).text for command in ("/pause", "/resume")]

    assert answers == [f"I do not know {command}. All I know: /help" for command in ("/pause", "/resume")]
    assert "/pause" not in (await bob.says("/help")).text
    assert "/pause" in (await ada.says("/help")).text
    assert await present(database) is None


async def test_nobody_else_can_press_the_buttons(bob: Talk, telegram_bot: ExtBot[None], database: Database) -> None:
    await bob.says("/start")
    async with database.transaction() as tx:
        await begin_pause(tx, now=MONDAY)
    data = write(EndPause(to_millis(MONDAY), skip=True))
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("forged", callback_data=data)]])
    await telegram_bot.send_message(bob.person.id, "From somewhere", reply_markup=keyboard)

    await bob.person.presses("forged")

    assert await present(database) == Pause(MONDAY)


@pytest.mark.parametrize(
    ("passed", "english", "chinese"),
    [
        (timedelta(seconds=5), "1 minute", "1分钟"),
        (timedelta(minutes=50), "50 minutes", "50分钟"),
        (timedelta(hours=2, minutes=10), "2 hours", "2小时"),
        (timedelta(days=3), "3 days", "3天"),
    ],
)
def test_how_long_it_has_been_is_said_in_one_unit(passed: timedelta, english: str, chinese: str) -> None:
    assert how_long("en", MONDAY, now=MONDAY + passed) == english
    assert how_long("zh-Hans", MONDAY, now=MONDAY + passed) == chinese
