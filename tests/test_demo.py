"""`digest-bot demo`, as somebody without a token meets it."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.client import Person, Telegram, connect
from tests.by_the_book import check_log

SOON = timedelta(seconds=20)


@asynccontextmanager
async def a_demo(folder: Path, **settings: str) -> AsyncIterator[Telegram]:
    """The demo in a process of its own, with a hand on its sandbox."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_BOT_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0", "--every", "3600"),
        env=environment | settings,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with connect(await _address(process)) as telegram:
            await telegram.called("getUpdates", within=SOON)
            yield telegram
            await check_log(telegram)
    finally:
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(15):
            await process.wait()
    assert process.returncode == 0


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(SOON.total_seconds()):
        while True:
            line = (await process.stdout.readline()).decode()
            # At the end of it nothing is waited for, and no timeout would be heard of.
            assert line, "the demo ended before it said where it is"
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                return found[0]


async def somebody(telegram: Telegram, name: str) -> Person:
    """One of the people of the demo."""
    people = (await telegram.state())["people"]
    return Person(telegram, next(person["id"] for person in people if person["first_name"] == name), name)


async def test_a_digest_arrives_for_who_presses_start_and_chooses(tmp_path: Path) -> None:
    async with a_demo(tmp_path) as telegram:
        ada = await somebody(telegram, "Ada")
        await ada.says("/start")
        welcome = await ada.next_message()
        await ada.presses(welcome.buttons[0][0])
        said = len(await ada.received())

        await telegram.publish()
        async with asyncio.timeout(SOON.total_seconds()):
            while len(await ada.received()) == said:
                await asyncio.sleep(0.1)
        digest = (await ada.received())[said]

    assert any(entity["type"] == "text_link" for entity in digest.entities)
    assert any(entity["type"] == "expandable_blockquote" for entity in digest.entities)


@pytest.mark.long
async def test_the_archive_answers_in_chinese(tmp_path: Path) -> None:
    async with a_demo(tmp_path) as telegram:
        ming = await somebody(telegram, "小明")
        await ming.says("/start")
        welcome = await ming.next_message()
        await ming.says("/search 模型 推理")
        found = await ming.next_message()

    assert re.search("[一-鿿]", welcome.text)
    assert any(entity["type"] == "text_link" for entity in found.entities)
    assert list(tmp_path.iterdir()) == []
