"""A bot that dies while the sandbox holds its answer: what crash tests stand on."""

import asyncio
import sys

from bot.sandbox.client import connect
from tests.by_the_book import start
from tests.sandbox.conftest import TOKEN

SENDER = """
import asyncio, sys, telegram
async def main():
    async with telegram.Bot(sys.argv[2], base_url=sys.argv[1] + "/bot") as telegram_bot:
        await telegram_bot.send_message(int(sys.argv[3]), "last words")
asyncio.run(main())
"""


async def test_a_bot_killed_between_a_message_and_its_answer_leaves_the_message() -> None:
    async with start(token=TOKEN) as address, connect(address) as sandbox:
        ada = await sandbox.person("Ada")
        await ada.says("/start")
        await sandbox.hold("sendMessage")

        sender = await asyncio.create_subprocess_exec(sys.executable, "-c", SENDER, address, TOKEN, str(ada.id))
        [held] = await sandbox.held("sendMessage")
        sender.kill()
        await sender.wait()

        [call] = await sandbox.called("sendMessage", outcome="hung up")
        assert call.number == held.number
        assert [message.text for message in await ada.received()] == ["last words"]


async def test_it_stops_when_told_to_though_a_poll_waits() -> None:
    async with start(token=TOKEN) as address:
        host, port = address.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET /bot{TOKEN}/getUpdates?timeout=50 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        await writer.drain()

    writer.close()
