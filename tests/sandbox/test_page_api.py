"""What the page is served: state, events, the publish button, and nobody else's pages."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram
from yarl import URL

from bot.sandbox.client import Person, Telegram, connect
from bot.sandbox.seen import SandboxError
from bot.sandbox.state import Sandbox
from tests.by_the_book import serve
from tests.sandbox.conftest import TOKEN


async def events(response: aiohttp.ClientResponse) -> AsyncIterator[tuple[int, str, dict[str, Any]]]:
    """Server-sent events: number, kind, data."""
    number, kind = 0, ""
    async for line in response.content:
        name, _, value = line.decode().strip().partition(": ")
        match name:
            case "id":
                number = int(value)
            case "event":
                kind = value
            case "data":
                yield number, kind, json.loads(value)
            case _:
                pass


async def test_the_stream_begins_with_everything_and_goes_on_with_what_changes(
    telegram_bot: telegram.Bot, ada: Person, address: str
) -> None:
    async with aiohttp.ClientSession(address) as session, session.get("/sandbox/events") as response:
        stream = events(response)
        _, kind, state = await anext(stream)
        assert kind == "state"
        assert [person["first_name"] for person in state["people"]] == ["Ada"]
        assert [message["text"] for message in state["messages"][str(ada.id)]] == ["/start"]

        sent = await telegram_bot.send_message(ada.id, "one")
        await telegram_bot.edit_message_text("two", ada.id, sent.message_id)
        await telegram_bot.delete_message(ada.id, sent.message_id)
        kinds = [await anext(stream) for _ in range(6)]

    assert [kind for _, kind, _ in kinds] == ["message", "call", "edited", "call", "deleted", "call"]
    assert kinds[4][2] == {"chat_id": ada.id, "message_id": sent.message_id}


async def test_who_comes_back_gets_what_was_missed(telegram_bot: telegram.Bot, ada: Person, address: str) -> None:
    async with aiohttp.ClientSession(address) as session:
        async with session.get("/sandbox/events") as response:
            seen, _, _ = await anext(events(response))
        await telegram_bot.send_message(ada.id, "missed")
        async with session.get("/sandbox/events", headers={"Last-Event-ID": str(seen)}) as response:
            number, kind, message = await anext(events(response))

    assert (number, kind, message["text"]) == (seen + 1, "message", "missed")


async def test_a_tap_and_its_answer_are_seen(telegram_bot: telegram.Bot, ada: Person, address: str) -> None:
    keyboard = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("On", callback_data="on"))
    await telegram_bot.send_message(ada.id, "Switch", reply_markup=keyboard)

    async with aiohttp.ClientSession(address) as session, session.get("/sandbox/events") as response:
        stream = events(response)
        await anext(stream)
        tap = await ada.tap("On")
        await telegram_bot.answer_callback_query(tap["query_id"], "Switched", show_alert=True)
        _, kind, answered = await anext(stream)

    assert kind == "answered"
    assert answered["answer"] == {"text": "Switched", "alert": True, "url": ""}


async def test_the_publish_button_does_what_was_handed_in() -> None:
    published = asyncio.Event()

    async def publish() -> str:
        published.set()
        return "The seventh digest"

    async with serve(Sandbox(TOKEN, publish=publish)) as address, connect(address) as sandbox:
        await sandbox.publish()
        state = await sandbox.state()

    assert published.is_set()
    assert state["can_publish"]


async def test_without_a_hook_there_is_nothing_to_publish(sandbox: Telegram) -> None:
    with pytest.raises(SandboxError, match="handed in nothing to publish"):
        await sandbox.publish()


async def test_a_person_sees_their_chats(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await telegram_bot.send_message(ada.id, "newest")

    [chat] = (await sandbox.ask("GET", f"/sandbox/people/{ada.id}/chats"))["chats"]

    assert (chat["id"], chat["bot_status"], chat["last_message"]["text"]) == (ada.id, "member", "newest")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example"},
        {"Host": "rebound.example:80"},
        {"Host": "[::1"},
        {"Host": "127.0.0.1.rebound.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize(("verb", "path"), [("GET", "/sandbox/state"), ("POST", "/sandbox/publish"), ("GET", "/")])
async def test_strangers_pages_are_refused(address: str, verb: str, path: str, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession(address) as session, session.request(verb, path, headers=headers) as response:
        assert response.status == 403


async def test_our_own_page_is_not(address: str) -> None:
    async with (
        aiohttp.ClientSession(address) as session,
        session.get("/sandbox/state", headers={"Origin": address}) as response,
    ):
        assert response.status == 200


@pytest.mark.parametrize("path", ["/page/..%2fstate.py", "/page/nothing.js", "/page/%2e%2e", "/page/../state.py"])
async def test_only_the_pages_own_files_are_served(address: str, path: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(URL(address + path, encoded=True)) as response:
        assert response.status == 404
