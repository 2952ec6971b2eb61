"""Webhooks: updates come to the bot by themselves, in order, and again when it fails."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import telegram
from aiohttp import web
from telegram.error import BadRequest

from bot.sandbox.client import Person, Telegram


@dataclass
class Hook:
    """A bot that listens; *answers* are statuses to give before 200s."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    came: "asyncio.Queue[tuple[dict[str, Any], str | None]]" = field(default_factory=asyncio.Queue)
    reply: dict[str, Any] | None = None
    pause: float = 0
    most_at_once: int = 0
    at_once: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.came.put((await request.json(), request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        await asyncio.sleep(self.pause)
        self.at_once -= 1
        return web.json_response(self.reply, status=self.answers.pop(0) if self.answers else 200)

    async def next(self) -> dict[str, Any]:
        return (await asyncio.wait_for(self.came.get(), 10))[0]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.add_routes([web.post("/hook", hook.answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def delivered(telegram_bot: telegram.Bot) -> telegram.WebhookInfo:
    """What is told of the webhook once nothing waits."""
    async with asyncio.timeout(10):
        while (info := await telegram_bot.get_webhook_info()).pending_update_count:
            await asyncio.sleep(0.01)
    return info


async def test_what_happens_is_posted_with_the_secret(telegram_bot: telegram.Bot, ada: Person, hook: Hook) -> None:
    await telegram_bot.set_webhook(hook.url, secret_token="pst-1")

    await ada.says("hello")

    waited, secret = await asyncio.wait_for(hook.came.get(), 10)
    said = await hook.next()
    assert secret == "pst-1"
    assert (waited["message"]["text"], said["message"]["text"]) == ("/start", "hello")
    info = await delivered(telegram_bot)
    assert (info.url, info.max_connections, info.last_error_message) == (hook.url, 40, None)


async def test_what_fails_comes_again(telegram_bot: telegram.Bot, ada: Person, hook: Hook) -> None:
    hook.answers = [500, 503]
    await telegram_bot.set_webhook(hook.url, drop_pending_updates=True)

    await ada.says("important")
    tries = [await hook.next() for _ in range(3)]

    assert [update["message"]["text"] for update in tries] == ["important"] * 3
    info = await delivered(telegram_bot)
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert info.last_error_date is not None


async def test_one_chats_updates_keep_their_order_while_others_pass(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person, hook: Hook
) -> None:
    hook.answers = [500]
    await telegram_bot.set_webhook(hook.url, drop_pending_updates=True)

    await ada.says("one")
    await ada.says("two")
    came = [(await hook.next())["message"]["text"] for _ in range(3)]

    assert came == ["one", "one", "two"]
    grace = await sandbox.person("Grace")
    await grace.says("three")
    assert (await hook.next())["message"]["text"] == "three"


@pytest.mark.parametrize("connections", [1, 3])
async def test_no_more_connections_than_wanted(
    telegram_bot: telegram.Bot, sandbox: Telegram, hook: Hook, connections: int
) -> None:
    hook.pause = 0.05
    people = [await sandbox.person(f"P{index}") for index in range(6)]
    await telegram_bot.set_webhook(hook.url, max_connections=connections)

    for person in people:
        await person.says("hi")
    await delivered(telegram_bot)

    assert hook.most_at_once == connections


async def test_nobody_listening_is_told(telegram_bot: telegram.Bot, ada: Person) -> None:
    await telegram_bot.set_webhook("http://127.0.0.1:9/hook")
    await ada.says("anybody?")

    async with asyncio.timeout(10):
        while not (info := await telegram_bot.get_webhook_info()).last_error_message:
            await asyncio.sleep(0.01)

    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 2)


async def test_the_answer_may_be_a_call(telegram_bot: telegram.Bot, ada: Person, hook: Hook) -> None:
    hook.reply = {"method": "sendMessage", "chat_id": ada.id, "text": "by the way"}
    await telegram_bot.set_webhook(hook.url, drop_pending_updates=True)

    await ada.says("hello")

    assert (await ada.sees("by the way")).from_bot


async def test_after_the_webhook_polling_goes_on(telegram_bot: telegram.Bot, ada: Person, hook: Hook) -> None:
    await telegram_bot.set_webhook(hook.url, drop_pending_updates=True)
    await telegram_bot.delete_webhook()

    await ada.says("polled")

    [update] = await telegram_bot.get_updates()
    assert update.message is not None
    assert update.message.text == "polled"
    assert hook.came.empty()


@pytest.mark.parametrize(
    ("secret", "words"),
    [("a b", "Secret token contains unallowed characters"), ("x" * 257, "Secret token is too long")],
)
async def test_a_bad_secret_is_refused(telegram_bot: telegram.Bot, hook: Hook, secret: str, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        await telegram_bot.set_webhook(hook.url, secret_token=secret)
