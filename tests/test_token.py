"""Whatever goes wrong, nobody gets to read the token."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.lean import lean
from tests.running import TOKEN, Place, a_file, subscribed

SECRET = TOKEN.partition(":")[2]
REFUSALS: list[dict[str, Any]] = [
    {"code": 400, "description": "Bad Request: chat not found"},
    {"code": 400, "description": "Bad Request: message is too long"},
    {"code": 403, "description": "Forbidden: bot was blocked by the user"},
    {"code": 409, "description": "Conflict: terminated by other getUpdates request"},
    {"code": 429, "description": "Too Many Requests: retry after 1", "retry_after": 1},
    {"code": 500, "description": "Internal Server Error"},
]


@pytest.mark.long
async def test_no_fault_brings_the_token_into_a_log(place: Place) -> None:
    async with place.running() as process:
        for number, refusal in enumerate(REFUSALS):
            reader = await subscribed(place.telegram, f"Reader {number}", "/subscribe")
            await place.telegram.refuse(reader.id, **refusal, times=2)
        await _garbled_and_dropped(place)
        place.publish("new.md", a_file("New"))
        await place.until("SELECT count(*) > 5 FROM deliveries WHERE attempts > 0")
        await place.telegram.refuse(method="getUpdates", code=502, description="Bad Gateway", times=1)
        await place.telegram.garble("getUpdates", "html", times=1)
        await place.telegram.drop("getUpdates", accepted=True, times=1)
        last = await place.telegram.person("Last")
        await last.says("/start")
        await last.next_message(within=timedelta(seconds=20))
        arguments = Path(f"/proc/{process.pid}/cmdline")
        shown = arguments.read_bytes().decode() if arguments.exists() else ""

    assert len(place.log.splitlines()) > 10
    assert SECRET not in place.log
    assert SECRET not in shown


async def _garbled_and_dropped(place: Place) -> None:
    for number, (kind, accepted) in enumerate([("html", False), ("text", True), ("drop", True), ("drop", False)]):
        reader = await subscribed(place.telegram, f"Garbled {number}", "/subscribe")
        await place.telegram.fault(kind, "sendMessage", chat_id=reader.id, accepted=accepted, times=1)


@pytest.mark.long
async def test_a_telegram_that_hangs_brings_the_token_into_no_log(place: Place) -> None:
    async with place.running():
        await subscribed(place.telegram, "Ada", "/subscribe")
        await place.telegram.hold("sendMessage", accepted=True)
        await place.telegram.hold("getUpdates", accepted=True)
        place.publish("new.md", a_file("New"))
        # The bot gives a call up after half a minute.
        await place.until("SELECT doubts FROM deliveries", within=timedelta(seconds=45))
        await place.telegram.release()

    assert "postponed" in place.log
    assert SECRET not in place.log


async def test_a_refused_token_is_told_without_showing_it(place: Place) -> None:
    place.settings["DIGEST_BOT_TOKEN"] = TOKEN + "x"

    status, output = await place.command("run")

    assert status == 1
    assert "DIGEST_BOT_TOKEN: Telegram refuses this token" in output
    assert SECRET not in output
    assert "Traceback" not in output


@pytest.mark.long
async def test_a_token_refused_later_ends_the_bot_with_a_sentence(place: Place) -> None:
    async with place.running() as process:
        await place.telegram.refuse(method="getUpdates", code=401, description="Unauthorized")
        reader = await place.telegram.person("Ada")
        await reader.says("/start")
        async with asyncio.timeout(20):
            await process.wait()

    assert process.returncode == 1
    assert "Telegram refuses this token" in place.log
    assert SECRET not in place.log
    assert "Traceback" not in place.log


@pytest.mark.parametrize(
    "command", lean([["status"], ["search", "bees"], ["import"], ["preview", "."], ["publish", "x.md"]], most=2)
)
async def test_no_command_shows_the_token(place: Place, command: list[str]) -> None:
    place.publish("new.md", a_file("New"))

    _, output = await place.command(*command)

    assert output
    assert SECRET not in output


@pytest.mark.long
async def test_the_token_in_the_wrong_place_is_not_repeated(place: Place) -> None:
    place.settings["DIGEST_BOT_ADMINS"] = TOKEN
    place.settings["DIGEST_BOT_TOKN"] = TOKEN

    status, output = await place.command("run")

    assert status == 1
    assert "DIGEST_BOT_TOKN" in output
    assert SECRET not in output
