"""However a message comes - as JSON, form, multipart or query, nested or written as text - it is the same message."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, assume, given, settings
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.sandbox.cleaning import is_utf8
from bot.sandbox.parameters import Parameters, read_parameters
from bot.sandbox.plain import PlainJudge
from tests.sandbox.messages_at_random import Message, messages
from tests.sandbox.verdicts import verdict

# What aiohttp takes in the first line of a request, with room to spare.
LONGEST_QUERY = 4_000


@asynccontextmanager
async def a_reader() -> AsyncIterator[str]:
    """A server that answers with what the sandbox reads in a request and makes of it."""

    async def answer(request: web.Request) -> web.Response:
        asked = await read_parameters(request)
        shown = [verdict(PlainJudge(), asked), asked.structure("link_preview_options", unreadable="no JSON")]
        return web.json_response(shown)

    app = web.Application()
    app.router.add_route("*", "/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


def as_text(message: Message) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in message.items()}


def as_python_telegram_bot(message: Message) -> dict[str, str]:
    return RequestData([RequestParameter.from_input(*each) for each in message.items()]).json_parameters


def multipart(message: Message) -> aiohttp.MultipartWriter:
    writer = aiohttp.MultipartWriter("form-data")
    for name, value in as_text(message).items():
        writer.append(value).set_content_disposition("form-data", name=name)
    return writer


WAYS: dict[str, Callable[[Message], dict[str, Any]]] = {
    "JSON": lambda message: {"json": message},
    "JSON with texts in it": lambda message: {"json": as_text(message)},
    "form": lambda message: {"data": as_text(message)},
    "python-telegram-bot's form": lambda message: {"data": as_python_telegram_bot(message)},
    "multipart": lambda message: {"data": multipart(message)},
    "query": lambda message: {"params": as_text(message)},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_message_is_the_same_however_it_comes(way: str) -> None:
    with asyncio.Runner() as runner:

        @settings(
            max_examples=40,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(messages())
        def each(message: Message) -> None:
            assume(is_utf8(message["text"]))
            assume(way != "query" or len(json.dumps(message)) < LONGEST_QUERY)
            message = message | {"link_preview_options": {"is_disabled": True, "url": message["text"]}}

            read = runner.run(_read(WAYS[way](message)))

            meant = [verdict(PlainJudge(), Parameters(message)), message["link_preview_options"]]
            assert read == json.loads(json.dumps(meant))

        each()


async def _read(body: dict[str, Any]) -> object:
    async with a_reader() as address, aiohttp.ClientSession() as session, session.post(address, **body) as response:
        return await response.json()
