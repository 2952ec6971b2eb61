"""The second opinion itself: it sees what is wrong, takes what is right, and no test gets past it."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.sandbox.client import connect
from bot.sandbox.state import Sandbox
from tests.by_the_book import check, complaints, serve

TOKEN = "1:sandbox"
MARKUP = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
BOLD = {"type": "bold", "offset": 0, "length": 2}


@pytest.mark.parametrize("written", [deepcopy, json.dumps], ids=["as JSON", "as text"])
def test_what_is_right_is_taken_however_it_is_written(written: Callable[[Any], object]) -> None:
    preview, entities = written({"is_disabled": True}), written([BOLD])

    check(
        [
            ("sendMessage", {"chat_id": 7, "text": "hi", "reply_markup": written(MARKUP), "entities": entities}),
            ("sendMessage", {"chat_id": "7", "text": "hi", "link_preview_options": preview}),
            ("getUpdates", {"timeout": "5", "allowed_updates": json.dumps(["message"])}),
            ("sendDocument", {"chat_id": 7, "document": {"file": "a.txt", "size": 3}}),
            ("sendDocument", {"chat_id": 7, "document": "attach://a", "a": {"file": "a.txt", "size": 3}}),
        ]
    )


@pytest.mark.parametrize(
    ("method", "asked", "complaint"),
    [
        ("sendMessage", {"chat_id": 7, "text": "hi", "silent": True}, "no parameter silent"),
        ("sendMessage", {"chat_id": 7}, "1 validation error for SendMessage"),
        ("sendMessage", {"chat_id": 7, "text": "hi", "entities": [{"type": "bold"}]}, "2 validation errors"),
        (
            "sendMessage",
            {"chat_id": 7, "text": "hi", "reply_markup": {"inline_keyboard": [[{"text": "Go", "data": "go"}]]}},
            "InlineKeyboardButton has no field data",
        ),
        ("sendPigeon", {"chat_id": 7}, "no such method"),
    ],
)
def test_what_is_wrong_is_seen(method: str, asked: dict[str, Any], complaint: str) -> None:
    [found] = complaints(method, asked)

    assert found.startswith(complaint)


async def test_a_test_fails_in_which_a_bot_asks_for_what_cannot_be() -> None:
    async def ask() -> None:
        async with serve(Sandbox(TOKEN)) as address, connect(address) as telegram, Bot(TOKEN, f"{address}/bot") as bot:
            ada = await telegram.person("Ada")
            await ada.says("/start")
            await bot.send_message(ada.id, "hi", api_kwargs={"silent": True})

    with pytest.raises(AssertionError, match="sendMessage: no parameter silent"):
        await ask()


def test_no_other_test_gets_a_sandbox_elsewhere() -> None:
    elsewhere = re.compile(r"^from bot\.sandbox(\.server import| import .*\b(server|process)\b)", re.MULTILINE)

    # Of `running.a_place_apart` there are ten thousand calls, each like those that other tests hold against the book.
    allowed = {"by_the_book.py", "running.py"}
    sources = [path for path in Path(__file__).parent.rglob("*.py") if path.name not in allowed]

    assert [path.name for path in sources if elsewhere.search(path.read_text(encoding="utf-8"))] == []
