"""What an answer means that never came: the message may be in the chat, or surely is not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.bot_api import BotApi
from bot.delivery.courier import Courier
from bot.sandbox.client import Telegram
from bot.telegram_http import AiohttpRequest
from tests.delivery.answering import Left, a_chat, after_one_try, check, delivering, of_delivery, owe, until
from tests.delivery.conftest import TOKEN

IN_DOUBT = Left("waiting", ..., wait=timedelta(minutes=1), logged=("info postponed",))
NEVER_ARRIVED = Left("waiting", ..., wait=timedelta(seconds=1), logged=("info postponed",))


@dataclass(frozen=True)
class Doubt:
    """A way in which an answer is lost, what the log says of it, and whether the message is in the chat."""

    fault: str
    reason: str
    accepted: bool
    code: int = 0


DOUBTS = [
    pytest.param(Doubt(fault, reason, accepted, code), id=f"{name}, {'in the chat' if accepted else 'not in the chat'}")
    for name, fault, reason, code in [
        (
            "closed without an answer",
            "drop",
            "the connection broke before Telegram's answer (ServerDisconnectedError)",
            0,
        ),
        ("502 from a proxy", "html", "the way to Telegram broke (HTTP 502)", 0),
        ("502", "refuse", "the way to Telegram broke (HTTP 502)", 502),
        ("504", "refuse", "the way to Telegram broke (HTTP 504)", 504),
        ("200 with something else than JSON", "text", "the answer was not the Bot API's (HTTP 200)", 0),
        ("no answer in time", "hold", "no answer from Telegram in time", 0),
    ]
    for accepted in (True, False)
]


@pytest.mark.parametrize("doubt", DOUBTS)
async def test_a_lost_answer_leaves_a_doubt_that_is_counted_and_the_part_is_sent_again_minutes_later(
    doubt: Doubt, courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, "private")
    await losing(telegram, doubt)

    async with impatient(courier) as hasty:
        log = await after_one_try(hasty, IN_DOUBT)

    await check(courier.database, chat, f"0 {doubt.reason}", IN_DOUBT, log)
    assert await of_delivery(courier.database, "doubts, unsure, given_up, parts_sent") == (1, 1, 0, 0)
    assert len(await telegram.wait_for_messages(chat.id, {"from_bot": 1}, within=timedelta(0))) == doubt.accepted


GIVEN_UP = Left(
    "skipped",
    "1 of 1 parts may have arrived, and are not sent again",
    logged=("warning part_given_up",),
    facts={"part": 1},
)


@pytest.mark.parametrize("doubt", DOUBTS)
async def test_a_lost_answer_gives_the_part_up_where_the_setting_says_so(
    doubt: Doubt, courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, "private")
    await losing(telegram, doubt)

    async with impatient(replace(courier, resend=False)) as hasty:
        log = await after_one_try(hasty, GIVEN_UP)

    await check(courier.database, chat, f"0 {doubt.reason}", GIVEN_UP, log)
    assert await of_delivery(courier.database, "doubts, unsure, given_up, parts_sent") == (0, 1, 1, 1)


@pytest.mark.parametrize(
    ("base_url", "reason"),
    [
        pytest.param("http://127.0.0.1:9", "no connection to Telegram: Connect call failed", id="connection refused"),
        pytest.param("http://digest-bot.invalid", "no connection to Telegram: ", id="no such name"),
    ],
)
async def test_what_never_arrived_is_asked_again_soon_and_leaves_no_doubt(
    base_url: str, reason: str, courier: Courier, telegram: Telegram
) -> None:
    chat = await a_chat(telegram, courier.database, "private")

    away = replace(courier, bot_api=BotApi(courier.bot_api.request, f"{base_url}/bot{TOKEN}"))
    log = await after_one_try(away, NEVER_ARRIVED)

    said = await of_delivery(courier.database, "reason")
    assert said[0].startswith(reason)
    await check(courier.database, chat, f"0 {said[0]}", NEVER_ARRIVED, log)
    assert await of_delivery(courier.database, "doubts, unsure") == (0, 0)
    # And when Telegram is there again, it is sent.
    await after_one_try(courier, Left("sent", None), owed=True)


async def test_a_call_that_finds_no_free_connection_never_arrived(courier: Courier, telegram: Telegram) -> None:
    busy, chat = (
        await a_chat(telegram, courier.database, "private"),
        await a_chat(telegram, courier.database, "private"),
    )
    await telegram.hold("sendMessage", chat_id=busy.id)
    async with AiohttpRequest(connections=1, connect_timeout=timedelta(seconds=0.2)) as request:
        narrow = replace(courier, bot_api=BotApi(request, courier.bot_api.base_url))
        with capture_logs() as log:
            async with delivering(narrow):
                await owe(narrow)
                await telegram.held("sendMessage")
                await until(narrow.database, NEVER_ARRIVED, id_=2)
                await telegram.lift()
                await telegram.release()

    assert await of_delivery(courier.database, "doubts, unsure", id_=2) == (0, 0)
    assert next(line["event"] for line in log if line.get("chat") == chat.id) == "postponed"


async def losing(telegram: Telegram, doubt: Doubt) -> None:
    more = {"code": doubt.code} if doubt.code else {}
    await telegram.fault(doubt.fault, "sendMessage", accepted=doubt.accepted, times=1, **more)


@asynccontextmanager
async def impatient(courier: Courier) -> AsyncIterator[Courier]:
    """A courier that waits for an answer as long as a test can."""
    async with AiohttpRequest(read_timeout=timedelta(seconds=0.3)) as request:
        yield replace(courier, bot_api=BotApi(request, courier.bot_api.base_url))
