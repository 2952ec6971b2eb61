"""A Bot API that answers at once, whatever it is asked, and counts what came: a bare asyncio Protocol.

Run by benchmarks in a process of its own: `python -m benchmarks.null_api` prints its address and serves until it is
terminated. sendMessage is answered with the message that a real one would show, escaped as Telegram escapes it;
`/counts` tells how many messages came, of how many chats.
"""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

from benchmarks.digest_files import a_digest_file
from bot.delivery.buttons import keyboard_for
from bot.digests.read import read_digest
from bot.digests.site import Site
from bot.messages.entities import as_bot_api
from bot.messages.view import MessagePart, render
from storage.model import Digest, MadeOf

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
# In a query string or a form, in JSON, or in a multipart body.
_CHAT = re.compile(rb'(?:(?:[?&]|\A)chat_id=|"chat_id": ?"?|name="chat_id"\r\n\r\n)(-?\d+)')
_METHOD = re.compile(rb"[A-Z]+ /bot[^/]+/(\w+)")
_HEAD = b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\nConnection: keep-alive\r\n"
_ME = b'{"ok":true,"result":{"id":1000,"is_bot":true,"first_name":"Null","username":"null_bot"}}'
_DONE = b'{"ok":true,"result":true}'


class Counts:
    """What came since it was last asked for."""

    def __init__(self) -> None:
        self.messages = 0
        self.chats: set[bytes] = set()

    def taken(self) -> bytes:
        """Tell as JSON what came, and begin anew."""
        told = json.dumps({"messages": self.messages, "chats": len(self.chats)}).encode()
        self.messages = 0
        self.chats.clear()
        return told


class NullApi(asyncio.Protocol):
    """One connection, kept open; requests may come in pieces."""

    def __init__(self, counts: Counts, message: tuple[bytes, bytes]) -> None:
        """Answer with *message*, what comes before and after the id of the chat."""
        self._counts = counts
        self._message = message
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where to answer."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError(transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is whole."""
        buffer = self._buffer + data if self._buffer else data
        while (body := buffer.find(b"\r\n\r\n") + 4) > 3:
            head = buffer[: body - 2]
            length = _LENGTH.search(head)
            end = body + int(length[1]) if length else body
            if len(buffer) < end:
                break
            answer = self._answer(head, buffer[body:end])
            self._transport.write(b"%bContent-Length: %d\r\n\r\n%b" % (_HEAD, len(answer), answer))
            buffer = buffer[end:]
        self._buffer = buffer

    def _answer(self, head: bytes, body: bytes) -> bytes:
        method = _METHOD.match(head)
        match method and method[1]:
            case b"sendMessage":
                return self._sent(head, body)
            case b"getMe":
                return _ME
            case None:
                return self._counts.taken()
            case _:
                return _DONE

    def _sent(self, head: bytes, body: bytes) -> bytes:
        chat = _CHAT.search(head, 0, head.index(b"\r\n")) or _CHAT.search(body)
        if chat is None:
            return b'{"ok":false,"error_code":400,"description":"Bad Request: chat_id is empty"}'
        self._counts.messages += 1
        self._counts.chats.add(chat[1])
        before, after = self._message
        return b'{"ok":true,"result":{"message_id":%d,%b%b%b' % (self._counts.messages, before, chat[1], after)


def the_part() -> MessagePart:
    """Lay out the digest that everybody sends: one part."""
    digest = read_digest(a_digest_file().encode(), "a.md", site=Site(), now=datetime(2026, 11, 22, tzinfo=UTC))
    if not isinstance(digest, Digest):
        raise TypeError(digest)
    (part,) = render(digest, layout="full", language="zh-Hans")
    return part


def the_keyboard() -> list[list[Mapping[str, str]]]:
    """Give the buttons that stand below it."""
    return keyboard_for(the_part(), MadeOf(1, 1, "full", "zh-Hans"), private=True, last=True)


@asynccontextmanager
async def started() -> AsyncIterator[str]:
    """Run it in a process of its own until the block ends; its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.null_api"), stdout=asyncio.subprocess.PIPE
    )
    try:
        if process.stdout is None or not (line := await process.stdout.readline()):
            raise RuntimeError("the null Bot API did not start")
        yield line.decode().strip()
    finally:
        process.terminate()
        await process.wait()


def _shown(part: MessagePart) -> tuple[bytes, bytes]:
    sender = {"id": 1000, "is_bot": True, "first_name": "Null", "username": "null_bot"}
    about = {"from": sender, "date": 1_790_000_000, "chat": {"first_name": "Reader", "type": "private", "id": 0}}
    said = {"text": part.text, "entities": as_bot_api(part.text, part.entities)}
    before, after = json.dumps(about | said, separators=(",", ":")).encode()[1:].split(b'"id":0', 1)
    return before + b'"id":', after + b"}"


async def _serve() -> None:
    counts, message = Counts(), _shown(the_part())
    server = await asyncio.get_running_loop().create_server(partial(NullApi, counts, message), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
