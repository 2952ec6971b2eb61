"""What an answer of Telegram means: the table of that name, row by row, with what it leaves behind.

Each row says what Telegram answers in which kind of chat, and then what the delivery is, what the subscriber, and what
the log says. Those that a delivery never meets are shown elsewhere:

- no answer at all: tests/delivery/test_lost_answers.py
- a message that is edited: tests/delivery/test_edit.py
- 400 `query is too old`: tests/chat/test_old_buttons.py
- 409, a second copy or a webhook: tests/test_poller.py
- 401, as an operator sees it: tests/test_token.py
"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.delivery.courier import Courier
from bot.delivery.deliver import deliver
from bot.endings import TokenRefused
from bot.sandbox.client import Group, Telegram
from storage.database import Database
from tests.builders import a_subscriber, subscribed
from tests.delivery.answering import (
    Kind,
    Left,
    a_chat,
    after_one_try,
    answering,
    check,
    delivering,
    of_delivery,
    of_subscriber,
    owe,
)

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


GONE = Left("skipped", ..., "gone", "gone", logged=("info skipped",))
CLOSED = Left("skipped", ..., "paused", "paused", told="chat-closed", logged=("info skipped",))
TOPIC_CLOSED = Left("skipped", ..., "paused", told="topic-closed", logged=("info skipped",))
TOPIC_DELETED = Left("skipped", ..., "paused", told="topic-deleted", logged=("info skipped",))
ASKED_AGAIN = Left("waiting", ..., wait=MINUTE, logged=("info postponed",))
OUR_FAULT = Left("failed", "Telegram refuses the text: {}", logged=("error refused", "error failed"))
# A part that is in its chat is no line of the log: of these there are millions.
SENT_PLAIN = Left("sent", None, logged=("error refused",), facts={"remedy": "sent plain"})

PEOPLE: tuple[Kind, ...] = ("private",)
GROUPS: tuple[Kind, ...] = ("group", "supergroup")
OF_MANY: tuple[Kind, ...] = (*GROUPS, "channel", "topic")
FORUMS: tuple[Kind, ...] = ("topic",)
ALL: tuple[Kind, ...] = (*PEOPLE, *OF_MANY)


def rows(answers: dict[str, tuple[Kind, ...]], left: Left) -> list[Any]:
    """One row for each answer and each kind of chat that it comes in."""
    return [
        pytest.param(kind, answer, left, id=f"{answer} in a {kind}")
        for answer, kinds in answers.items()
        for kind in kinds
    ]


@pytest.mark.parametrize(
    ("kind", "answer", "left"),
    [
        *rows(
            {
                "403 Forbidden: bot was blocked by the user": PEOPLE,
                "403 Forbidden: user is deactivated": PEOPLE,
                "403 Forbidden: bot can't initiate conversation with a user": PEOPLE,
                "403 Forbidden: bot was kicked from the group chat": ("group",),
                "403 Forbidden: bot was kicked from the supergroup chat": ("supergroup", "topic"),
                "403 Forbidden: bot was kicked from the channel chat": ("channel",),
                "403 Forbidden: bot is not a member of the group chat": ("group",),
                "403 Forbidden: bot is not a member of the supergroup chat": ("supergroup", "topic"),
                "403 Forbidden: bot is not a member of the channel chat": ("channel",),
                "403 Forbidden: the group chat was deleted": ("group",),
            },
            GONE,
        ),
        *rows(
            {
                "400 Bad Request: not enough rights to send text messages to the chat": OF_MANY,
                "400 Bad Request: need administrator rights in the channel chat": ("channel",),
                "400 Bad Request: have no write access to the chat": OF_MANY,
                "400 Bad Request: CHAT_WRITE_FORBIDDEN": OF_MANY,
            },
            CLOSED,
        ),
        *rows({"400 Bad Request: TOPIC_CLOSED": FORUMS}, TOPIC_CLOSED),
        *rows(
            {
                "400 Bad Request: message thread not found": FORUMS,
                "400 Bad Request: TOPIC_DELETED": FORUMS,
            },
            TOPIC_DELETED,
        ),
        *rows(
            {
                "400 Bad Request: chat not found": ALL,
                "400 Bad Request: private chat not found": PEOPLE,
            },
            ASKED_AGAIN,
        ),
    ],
)
async def test_an_answer_that_is_about_the_chat(
    kind: Kind, answer: str, left: Left, courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, kind)
    await answering(telegram, chat, answer, times=1)

    log = await after_one_try(courier, left)

    await check(courier.database, chat, answer, left, log)


@pytest.mark.parametrize("kind", ALL)
async def test_a_chat_that_is_unknown_again_and_again_is_gone(kind: Kind, courier: Courier, telegram: Telegram) -> None:
    chat = await a_chat(telegram, courier.database, kind)
    answer = "400 Bad Request: chat not found"
    await answering(telegram, chat, answer)
    await owe(courier)
    async with courier.database.transaction() as tx:
        await tx.run("UPDATE deliveries SET attempts = 2 WHERE id = 1")

    log = await after_one_try(courier, GONE, owed=True)

    await check(courier.database, chat, answer, GONE, log)


@pytest.mark.parametrize(
    ("kind", "answer", "left"),
    rows(
        {
            "400 Bad Request: can't parse entities: Unsupported start tag": ALL,
            "400 Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 3": ("private",),
            "400 Bad Request: entity URL 'x' is invalid: Wrong HTTP URL": ("private",),
            "400 Bad Request: message is too long": ALL,
            "400 Bad Request: text is too long": ("private",),
            "400 Bad Request: message text is empty": ("private",),
            "400 Bad Request: text must be non-empty": ("private",),
            "400 Bad Request: ENTITIES_TOO_LONG": ("private", "channel"),
            "400 Bad Request: BUTTON_DATA_INVALID": ("private",),
            "400 Bad Request: words that nobody has read yet": ALL,
            "403 Forbidden: words that nobody has read yet": ("private",),
        },
        OUR_FAULT,
    ),
)
async def test_an_answer_that_is_about_the_text_is_our_fault(
    kind: Kind, answer: str, left: Left, courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, kind)
    fault = await answering(telegram, chat, answer)

    log = await after_one_try(courier, left)

    await check(courier.database, chat, answer, left, log)
    styled, plain = [call.parameters for call in await telegram.calls("sendMessage", chat_id=chat.id)][:2]
    assert ("entities" in styled, "entities" in plain, "reply_markup" in plain) == (True, False, False)
    await telegram.lift(fault)


@pytest.mark.parametrize("kind", ALL)
async def test_a_text_that_is_taken_plain_is_sent_and_its_refusal_loud(
    kind: Kind, courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, kind)
    answer = "400 Bad Request: ENTITIES_TOO_LONG"
    await answering(telegram, chat, answer, times=1)

    log = await after_one_try(courier, SENT_PLAIN)

    await check(courier.database, chat, answer, SENT_PLAIN, log)
    assert [line["reason"] for line in log if line["event"] == "refused"] == ["Bad Request: ENTITIES_TOO_LONG"]


FLOOD = Left("waiting", "Telegram asks to wait for 3600 s", wait=HOUR, logged=("info postponed",))
NOT_WELL = Left("waiting", ..., wait=SECOND, logged=("info postponed",))


@pytest.mark.parametrize("kind", ALL)
async def test_a_flood_is_waited_out_by_the_chat_and_kept_over_restarts(
    kind: Kind, courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, kind)
    await telegram.refuse(chat.id, code=429, retry_after=3600)

    log = await after_one_try(courier, FLOOD)

    await check(courier.database, chat, "", FLOOD, log)
    async with courier.database.snapshot() as tx:
        kept = await tx.rows("SELECT chat_id, until / 60000 - unixepoch() / 60 AS minutes FROM rests")
    assert [(row["chat_id"], row["minutes"] in {59, 60}) for row in kept] == [(chat.id, True)]


@pytest.mark.parametrize("kind", ALL)
async def test_when_telegram_is_not_well_it_is_asked_again_later(
    kind: Kind, courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, kind)
    answer = "500 Internal Server Error"
    await answering(telegram, chat, answer, times=1)

    log = await after_one_try(courier, NOT_WELL)

    await check(courier.database, chat, answer, NOT_WELL, log)
    await after_one_try(courier, Left("sent", None), owed=True)


async def test_a_wrong_token_ends_the_worker_and_leaves_what_it_asked_for_to_the_next_start(
    courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, "private")
    await telegram.refuse(code=401)
    await owe(courier)

    with capture_logs() as log, pytest.raises(TokenRefused):
        async with asyncio.timeout(5):
            await deliver(courier, asyncio.Event())

    left = Left("waiting", "Telegram does not know the token", logged=("info postponed",))
    await check(courier.database, chat, "", left, [line for line in log if line.get("delivery") == 1])
    assert await of_delivery(courier.database, "doubts, unsure, parts_sent") == (0, 0, 0)


async def test_a_group_that_became_a_supergroup_gets_it_there(courier: Courier, telegram: Telegram) -> None:
    chat = await a_chat(telegram, courier.database, "group")
    assert chat.group is not None
    new = replace(chat, id=await becomes_supergroup(chat.group))
    left = Left("sent", None, logged=("info moved",), facts={"to": new.id})

    log = await after_one_try(courier, left)

    await check(courier.database, new, "", left, log, logged_chat=chat.id)
    assert len(await chat.group.received()) == 1
    async with courier.database.snapshot() as tx:
        assert [tuple(row) for row in await tx.rows("SELECT chat_id, type FROM subscribers")] == [
            (new.id, "supergroup")
        ]


async def test_a_group_whose_supergroup_subscribed_too_gets_it_there_once(courier: Courier, telegram: Telegram) -> None:
    chat = await a_chat(telegram, courier.database, "group")
    assert chat.group is not None
    new_id = await becomes_supergroup(chat.group)
    await subscribed(courier.database, a_subscriber(new_id, type_="supergroup", everything=True))

    async with delivering(courier):
        await owe(courier)
        async with asyncio.timeout(5):
            while await states(courier.database) != ["skipped", "sent"]:
                await asyncio.sleep(0.01)

    assert await of_delivery(courier.database, "reason") == (f"the chat is now {new_id}",)
    assert await of_subscriber(courier.database, chat) == ("gone", f"the chat is now {new_id}")
    assert len(await chat.group.received()) == 1


async def test_the_first_topic_of_a_forum_is_written_to_by_naming_none(courier: Courier, telegram: Telegram) -> None:
    chat = await a_chat(telegram, courier.database, "topic", topic_id=1)
    left = Left("sent", None)

    log = await after_one_try(courier, left)

    await check(courier.database, chat, "", left, log)
    [call, *_] = await telegram.calls("sendMessage", chat_id=chat.id)
    assert "message_thread_id" not in call.parameters


async def becomes_supergroup(group: Group) -> int:
    await group.becomes_supergroup()
    return group.id


async def states(database: Database) -> list[str]:
    async with database.snapshot() as tx:
        return [row["state"] for row in await tx.rows("SELECT state FROM deliveries ORDER BY id")]
