"""One call, four ways to write it."""

import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.client import Person
from tests.sandbox.conftest import TOKEN

MARKUP = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


def multipart(fields: dict[str, str]) -> aiohttp.MultipartWriter:
    writer = aiohttp.MultipartWriter("form-data")
    for name, value in fields.items():
        writer.append(value).set_content_disposition("form-data", name=name)
    return writer


@pytest.mark.parametrize("form", ["json", "form", "multipart", "query", "mixed", "get"])
async def test_parameters_are_read_wherever_they_stand(address: str, ada: Person, form: str) -> None:
    fields = {"chat_id": str(ada.id), "text": "a & b", "reply_markup": json.dumps(MARKUP)}
    bodies: dict[str, dict[str, Any]] = {
        "json": {"json": {"chat_id": ada.id, "text": "a & b", "reply_markup": MARKUP}},
        "form": {"data": fields},
        "multipart": {"data": multipart(fields)},
        "query": {"params": fields},
        "mixed": {"params": {"chat_id": str(ada.id)}, "json": {"text": "a & b", "reply_markup": MARKUP}},
        "get": {"params": fields},
    }

    verb = "GET" if form == "get" else "POST"
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, f"{address}/bot{TOKEN}/SENDMESSAGE", **bodies[form]) as response,
    ):
        answer = await response.json()

    assert answer["ok"]
    assert (answer["result"]["text"], answer["result"]["reply_markup"]) == ("a & b", MARKUP)


async def test_a_body_that_is_no_json_is_refused(address: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{address}/bot{TOKEN}/getMe", data=b"{", headers={"Content-Type": "application/json"}
        ) as response,
    ):
        assert response.status == 400
