"""What goes wrong on request, as the bot's libraries see it."""

import asyncio
import time
from datetime import timedelta

import aiohttp
import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.sandbox.client import Person, Telegram
from bot.sandbox.seen import SandboxError
from tests.sandbox.conftest import TOKEN, Api


@pytest.fixture
def _modern(monkeypatch: pytest.MonkeyPatch) -> None:
    """RetryAfter without python-telegram-bot's warning that it will once be a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.mark.usefixtures("_modern")
async def test_a_flood_limit_says_how_long_to_wait(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await sandbox.refuse(ada.id, code=429, retry_after=60, times=1)

    with pytest.raises(RetryAfter) as caught:
        await telegram_bot.send_message(ada.id, "hi")
    await telegram_bot.send_message(ada.id, "again")

    assert caught.value.retry_after == timedelta(seconds=60)
    assert [message.text for message in await ada.received()] == ["again"]


async def test_a_flood_limit_looks_as_the_servers(api: Api, sandbox: Telegram, ada: Person) -> None:
    await sandbox.refuse(ada.id, code=429, retry_after=7)

    status, answer = await api("sendMessage", chat_id=ada.id, text="hi")

    assert (status, answer) == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        },
    )


async def test_a_refusal_is_for_one_chat(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    grace = await sandbox.person("Grace")
    await grace.says("/start")
    await sandbox.refuse(ada.id, code=403)

    with pytest.raises(Forbidden):
        await telegram_bot.send_message(ada.id, "hi")
    await telegram_bot.send_message(grace.id, "hi")


async def test_a_moved_group_names_its_new_id(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await sandbox.refuse(ada.id, code=400, migrate_to_chat_id=-1001)

    with pytest.raises(ChatMigrated) as caught:
        await telegram_bot.send_message(ada.id, "hi")

    assert caught.value.new_chat_id == -1001


async def test_any_words_can_be_asked_for(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    fault = await sandbox.refuse(ada.id, code=400, description="Bad Request: TOPIC_CLOSED")

    with pytest.raises(BadRequest, match="Topic_closed"):
        await telegram_bot.send_message(ada.id, "hi")
    await sandbox.lift(fault)

    await telegram_bot.send_message(ada.id, "hi")


@pytest.mark.parametrize(("accepted", "arrived"), [(False, []), (True, ["hi"])])
async def test_a_connection_closes_before_or_after_the_message_is_taken(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person, *, accepted: bool, arrived: list[str]
) -> None:
    await sandbox.drop("sendMessage", accepted=accepted, times=1)

    with pytest.raises(NetworkError):
        await telegram_bot.send_message(ada.id, "hi")

    assert [message.text for message in await ada.received()] == arrived
    [call] = await sandbox.calls("sendMessage")
    assert (call.outcome, call.answer) == ("dropped", None)


@pytest.mark.parametrize(("accepted", "arrived"), [(False, []), (True, ["hi"])])
async def test_a_broken_proxy_answers_html(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person, *, accepted: bool, arrived: list[str]
) -> None:
    await sandbox.garble("sendMessage", "html", accepted=accepted)

    with pytest.raises(NetworkError, match="Bad Gateway"):
        await telegram_bot.send_message(ada.id, "hi")

    assert [message.text for message in await ada.received()] == arrived


async def test_an_answer_may_be_no_json(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await sandbox.garble("sendMessage", "text", accepted=True)

    with pytest.raises(telegram.error.TelegramError, match="Invalid server response"):
        await telegram_bot.send_message(ada.id, "hi")

    assert [message.text for message in await ada.received()] == ["hi"]


async def test_an_answer_may_be_slow(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await sandbox.delay("sendMessage", timedelta(milliseconds=200))
    began = time.monotonic()

    await telegram_bot.send_message(ada.id, "hi")

    assert time.monotonic() - began > 0.19


async def test_who_hangs_up_while_held_is_known(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await sandbox.hold("sendMessage", accepted=False)

    with pytest.raises(TimedOut):
        await telegram_bot.send_message(ada.id, "hi", read_timeout=0.1)

    [call] = await sandbox.called("sendMessage", outcome="hung up")
    assert call.answer is None
    assert await ada.received() == []
    with pytest.raises(SandboxError, match="no 1 calls of sendMessage were held"):
        await sandbox.held("sendMessage", within=timedelta(0))


async def test_a_hold_before_taking_lets_the_message_through_when_released(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    await sandbox.hold("sendMessage", accepted=False)

    async with asyncio.TaskGroup() as group:
        group.create_task(telegram_bot.send_message(ada.id, "later"))
        await sandbox.held()
        before = await ada.received()
        await sandbox.release()

    assert before == []
    assert [message.text for message in await ada.received()] == ["later"]


async def test_an_update_handed_out_can_be_held(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await sandbox.hold("getUpdates")

    async with asyncio.TaskGroup() as group:
        poll = group.create_task(telegram_bot.get_updates(timeout=1))
        [held] = await sandbox.held("getUpdates")
        assert held.accepted
        assert len(await sandbox.updates()) == 1
        await sandbox.release("getUpdates")

    assert len(poll.result()) == 1
    assert ada.id


async def test_only_one_held_call_goes_on(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await sandbox.hold("sendMessage")

    async with asyncio.TaskGroup() as group:
        group.create_task(telegram_bot.send_message(ada.id, "one"))
        group.create_task(telegram_bot.send_message(ada.id, "two"))
        first, second = await sandbox.held(count=2)
        assert await sandbox.release(number=first.number) == 1
        [answered] = await sandbox.called("sendMessage", outcome="answered")
        assert answered.number == first.number
        [waiting] = await sandbox.held()
        assert waiting.number == second.number
        await sandbox.release()


async def test_chance_decides_when_asked_to(api: Api, sandbox: Telegram) -> None:
    await sandbox.fault("refuse", "getMe", code=500, probability=0.5)

    statuses = {(await api("getMe"))[0] for _ in range(60)}

    assert statuses == {200, 500}


async def test_the_log_has_every_call_and_no_token(api: Api, sandbox: Telegram, ada: Person, address: str) -> None:
    await api("getMe")
    await api("sendMessage", chat_id=ada.id, text="hi")
    await api("sendMessage", chat_id=7, text="hi")

    calls = await sandbox.calls()
    assert [(call.method, call.outcome) for call in calls] == [
        ("getMe", "answered"),
        ("sendMessage", "answered"),
        ("sendMessage", "refused"),
    ]
    assert calls[1].parameters == {"chat_id": ada.id, "text": "hi"}
    assert calls[2].answer == {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    async with aiohttp.ClientSession(address) as session:
        for path in ("/sandbox/calls", "/sandbox/state"):
            async with session.get(path) as response:
                assert TOKEN not in await response.text()


async def test_a_fault_of_no_kind_is_explained(sandbox: Telegram) -> None:
    with pytest.raises(SandboxError, match="kind must be refuse, delay, hold, drop, html or text, not 'frogs'"):
        await sandbox.fault("frogs", "getMe")


async def test_the_faults_in_force_are_listed_as_they_were_asked_for(sandbox: Telegram) -> None:
    await sandbox.garble("sendMessage", "html", times=2)
    await sandbox.delay("getMe", timedelta(seconds=3))
    await sandbox.refuse(7, code=403)

    faults = (await sandbox.ask("GET", "/sandbox/faults"))["faults"]
    await sandbox.lift()

    assert [(fault["kind"], fault["method"], fault["chat_id"], fault["times"]) for fault in faults] == [
        ("html", "sendmessage", None, 2),
        ("delay", "getme", None, None),
        ("refuse", "sendmessage", 7, None),
    ]
    assert faults[2]["answer"]["description"] == "Forbidden: bot was blocked by the user"
    assert (await sandbox.state())["faults"] == []
