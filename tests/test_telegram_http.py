"""What becomes of a request on every good and bad way to Telegram; the servers are real, and badly behaved."""

import asyncio
import socket
import struct
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot, MessageEntity
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram_http import AiohttpRequest, MayHaveArrived, NeverArrived

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
SECRET = TOKEN.split(":")[1]
SHORTLY = timedelta(milliseconds=300)

Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def a_server(talk: Conversation) -> AsyncIterator[str]:
    """Serve raw TCP, for what no HTTP library would let itself be made to say."""
    tasks = asyncio.TaskGroup()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async with tasks:
        talks: list[asyncio.Task[None]] = []
        server = await asyncio.start_server(
            lambda reader, writer: talks.append(tasks.create_task(serve(reader, writer))), "127.0.0.1"
        )
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        for task in talks:
            task.cancel()


@asynccontextmanager
async def an_api(handle: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def a_bot(api: str, *, connections: int = 4, timeout: timedelta = SHORTLY) -> AsyncIterator[Bot]:
    request = AiohttpRequest(
        connections=connections, connect_timeout=timeout, read_timeout=timeout, write_timeout=timeout
    )
    async with request:
        yield Bot(
            TOKEN, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=request, get_updates_request=request
        )


def saying(answer: bytes, *, reset: bool = False) -> Conversation:
    """Hear a request out, answer these bytes, and hang up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.02)
        writer.write(answer)
        if reset:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.close()

    return talk


async def hold(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Hear a request out and say nothing until the other side hangs up."""
    with suppress(ConnectionError):
        await reader.read()


def http(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def failure_of(call: Awaitable[object]) -> TelegramError:
    """The error that *call* ends with; whatever it is, there is no token anywhere in it."""
    with pytest.raises(TelegramError) as caught:
        await call
    error: BaseException | None = caught.value
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    while error:
        shown = [str(error), repr(error), repr(error.args), repr(getattr(error, "__notes__", None))]
        assert SECRET not in "".join(shown)
        assert "/bot" not in "".join(shown)
        error = error.__cause__ or error.__context__
    return caught.value


async def test_a_message_arrives_with_its_text_and_entities_as_they_are() -> None:
    heard: dict[str, object] = {}

    async def handle(request: web.Request) -> web.Response:
        heard.update(await request.post(), path=request.path, type=request.content_type)
        message = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    async with an_api(handle) as api, a_bot(api) as telegram_bot:
        sent = await telegram_bot.send_message(7, "该模型 & <b>", entities=[MessageEntity("bold", 0, 3)])

    assert sent.message_id == 5
    assert heard == {
        "path": f"/bot{TOKEN}/sendMessage",
        "type": "application/x-www-form-urlencoded",
        "chat_id": "7",
        "text": "该模型 & <b>",
        "entities": '[{"length": 3, "offset": 0, "type": "bold"}]',
    }


async def test_a_file_is_uploaded_with_its_name_and_caption() -> None:
    heard: dict[str, object] = {}

    async def handle(request: web.Request) -> web.Response:
        for name, value in (await request.post()).items():
            heard[name] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        message = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    async with an_api(handle) as api, a_bot(api) as telegram_bot:
        await telegram_bot.send_document(7, b"# bees", filename="蜜蜂.md", caption="摘要")

    assert heard == {"chat_id": "7", "caption": "摘要", "document": ("蜜蜂.md", b"# bees")}


async def test_a_file_is_fetched_whatever_its_bytes_are() -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(body=b"\x00 no JSON")

    async with an_api(handle) as api, a_bot(api) as telegram_bot:
        content = await telegram_bot.request.retrieve(f"{api}/file/bot{TOKEN}/photo.jpg")

    assert content == b"\x00 no JSON"


async def nothing_listens() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


async def test_where_nothing_listens_a_request_never_arrives() -> None:
    async with a_bot(await nothing_listens()) as telegram_bot:
        failure = await failure_of(telegram_bot.get_me())

    assert isinstance(failure, NeverArrived)


async def test_a_server_without_an_address_is_never_reached() -> None:
    async with a_bot("http://no-such-host.invalid", timeout=timedelta(seconds=5)) as telegram_bot:
        failure = await failure_of(telegram_bot.get_me())

    assert isinstance(failure, NeverArrived)


async def test_a_connection_that_is_not_taken_in_time_never_was() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        # The queue of those who wait to be accepted is full; the kernel answers no one else.
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(server.getsockname())
        async with a_bot(f"http://127.0.0.1:{server.getsockname()[1]}") as telegram_bot:
            failure = await failure_of(telegram_bot.get_me())
        for one in waiting:
            one.close()

    assert isinstance(failure, NeverArrived)


async def test_a_server_that_speaks_no_tls_never_hears_the_request() -> None:
    async with a_server(saying(b"what?\r\n\r\n")) as api, a_bot(api.replace("http:", "https:")) as telegram_bot:
        failure = await failure_of(telegram_bot.get_me())

    assert isinstance(failure, NeverArrived)


async def test_a_request_that_finds_no_free_connection_never_leaves() -> None:
    async with a_server(hold) as api, a_bot(api, connections=1) as telegram_bot, asyncio.TaskGroup() as tasks:
        first = tasks.create_task(failure_of(telegram_bot.get_me(read_timeout=2)))
        await asyncio.sleep(0.05)
        second = await failure_of(telegram_bot.get_me(connect_timeout=0.1, pool_timeout=0.1))

    assert isinstance(second, NeverArrived)
    assert isinstance(first.result(), MayHaveArrived)


async def test_who_waits_for_a_connection_gets_the_next_free_one() -> None:
    at_once, most = 0, 0

    async def handle(_: web.Request) -> web.Response:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}})

    async with (
        an_api(handle) as api,
        a_bot(api, connections=2, timeout=timedelta(seconds=5)) as telegram_bot,
        asyncio.TaskGroup() as tasks,
    ):
        for _ in range(8):
            tasks.create_task(telegram_bot.get_me())

    assert most == 2


async def test_a_server_that_says_nothing_may_have_heard() -> None:
    async with a_server(hold) as api, a_bot(api) as telegram_bot:
        failure = await failure_of(telegram_bot.get_me())

    assert isinstance(failure, MayHaveArrived)


async def test_a_server_that_stops_listening_may_have_heard() -> None:
    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(5)

    large = bytes(20_000_000)
    async with a_server(talk) as api, a_bot(api, timeout=timedelta(milliseconds=200)) as telegram_bot:
        failure = await failure_of(telegram_bot.send_document(7, large, filename="large"))

    assert isinstance(failure, MayHaveArrived)


async def test_a_call_may_have_a_patience_of_its_own() -> None:
    async def handle(_: web.Request) -> web.Response:
        await asyncio.sleep(0.6)
        return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}})

    async with an_api(handle) as api, a_bot(api) as telegram_bot:
        me = await telegram_bot.get_me(read_timeout=5)
        unhurried = await telegram_bot.get_me(read_timeout=None)
        failure = await failure_of(telegram_bot.get_me())

    assert me == unhurried
    assert isinstance(failure, MayHaveArrived)


JSON = b'{"ok":true,"result":true}'
PAGE = f"<html>Blocked: /bot{TOKEN}/sendMessage</html>".encode()


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        pytest.param(saying(b""), MayHaveArrived, id="closed without an answer"),
        pytest.param(saying(b"", reset=True), MayHaveArrived, id="reset"),
        pytest.param(saying(b"HTTP/1.1 200 OK\r\nContent-"), MayHaveArrived, id="closed inside the headers"),
        pytest.param(saying(http("200 OK", JSON)[:-5]), MayHaveArrived, id="closed inside the body"),
        pytest.param(saying(b"220 mail.example.org ESMTP\r\n\r\n"), MayHaveArrived, id="another protocol"),
        pytest.param(saying(http("200 OK", b"")), MayHaveArrived, id="200 with nothing"),
        pytest.param(saying(http("200 OK", PAGE)), MayHaveArrived, id="200 with a page"),
        pytest.param(saying(http("200 OK", b"\xff\xfe\x00")), MayHaveArrived, id="200 with bytes"),
        pytest.param(saying(http("200 OK", b"[1]")), MayHaveArrived, id="200 with a list"),
        pytest.param(saying(http("200 OK", b'{"ok":true}')), MayHaveArrived, id="200 without a result"),
        pytest.param(saying(http("502 Bad Gateway", PAGE)), MayHaveArrived, id="502 with a page"),
        pytest.param(saying(http("502 Bad Gateway", b'{"ok":false}')), MayHaveArrived, id="502 with JSON"),
        pytest.param(saying(http("504 Gateway Timeout", PAGE)), MayHaveArrived, id="504"),
        pytest.param(saying(http("500 Oh", PAGE)), MayHaveArrived, id="500 with a page"),
        pytest.param(saying(http("302 Found", PAGE)), NeverArrived, id="a redirect"),
        pytest.param(saying(http("403 Forbidden", PAGE)), NeverArrived, id="403 with a page"),
        pytest.param(saying(http("404 Not Found", b"")), NeverArrived, id="404 with nothing"),
        pytest.param(saying(http("407 Proxy", PAGE)), NeverArrived, id="407 with a page"),
    ],
)
async def test_a_broken_answer_says_whether_the_request_may_have_arrived(
    way: Conversation, kind: type[TelegramError], caplog: pytest.LogCaptureFixture
) -> None:
    async with a_server(way) as api, a_bot(api) as telegram_bot:
        failure = await failure_of(telegram_bot.send_message(7, "hello"))

    assert type(failure) is kind
    assert SECRET not in caplog.text


def refusing(status: int, description: str, **parameters: int) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(_: web.Request) -> web.Response:
        answer = {"ok": False, "error_code": status, "description": description}
        return web.json_response(answer | ({"parameters": parameters} if parameters else {}), status=status)

    return handle


@pytest.mark.parametrize(
    ("status", "description", "parameters", "expected"),
    [
        (400, "Bad Request: chat not found", {}, BadRequest("Chat not found")),
        (400, "Bad Request: upgraded", {"migrate_to_chat_id": -1005}, ChatMigrated(-1005)),
        (401, "Unauthorized", {}, InvalidToken("Unauthorized")),
        (403, "Forbidden: bot was blocked by the user", {}, Forbidden("Forbidden: bot was blocked by the user")),
        (500, "Internal Server Error", {}, NetworkError("Internal Server Error")),
        (400, f"Bad Request: at /bot{TOKEN}/x", {}, BadRequest("At /bot[token]/x")),
        (400, f"Bad Request: {SECRET}", {}, BadRequest("[token]")),
    ],
)
async def test_what_telegram_says_is_told_as_python_telegram_bot_tells_it(
    status: int, description: str, parameters: dict[str, int], expected: TelegramError
) -> None:
    async with an_api(refusing(status, description, **parameters)) as api, a_bot(api) as telegram_bot:
        with pytest.raises(TelegramError) as caught:
            await telegram_bot.send_message(7, "hello")

    assert repr(caught.value) == repr(expected)


async def test_a_flood_limit_tells_its_wait_without_a_warning() -> None:
    async with an_api(refusing(429, "Too Many Requests", retry_after=17)) as api, a_bot(api) as telegram_bot:
        failure = await failure_of(telegram_bot.send_message(7, "hello"))

    assert isinstance(failure, RetryAfter)
    assert failure.retry_after == timedelta(seconds=17)


async def test_a_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode())
        await saying(http("200 OK", JSON))(reader, writer)

    async with a_server(talk) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        async with a_bot("http://telegram.example") as telegram_bot:
            await telegram_bot.log_out()

    assert asked == [f"POST http://telegram.example/bot{TOKEN}/logOut HTTP/1.1\r\n"]


async def test_a_proxy_that_refuses_lets_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_server(saying(http("403 Forbidden", PAGE))) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        async with a_bot("https://telegram.example") as telegram_bot:
            failure = await failure_of(telegram_bot.get_me())

    assert isinstance(failure, NeverArrived)
    assert str(failure) == "the proxy does not connect us to Telegram (HTTP 403)"


async def test_a_proxy_that_is_away_lets_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", await nothing_listens())
    async with a_bot("https://telegram.example") as telegram_bot:
        failure = await failure_of(telegram_bot.get_me())

    assert isinstance(failure, NeverArrived)


async def test_a_proxy_that_we_cannot_use_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:1080")
    async with a_bot("https://telegram.example") as telegram_bot:
        failure = await failure_of(telegram_bot.get_me())

    assert isinstance(failure, NeverArrived)
    assert "HTTPS_PROXY" in str(failure)


async def test_no_proxy_is_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", await nothing_listens())
    async with a_server(saying(http("200 OK", JSON))) as api, a_bot(api) as telegram_bot:
        assert await telegram_bot.log_out()
    async with (
        a_server(saying(http("200 OK", JSON))) as api,
        a_bot(api.replace("127.0.0.1", "localhost")) as telegram_bot,
    ):
        assert await telegram_bot.log_out()


async def test_before_it_is_open_and_after_it_was_closed_nothing_is_asked() -> None:
    request = AiohttpRequest()
    telegram_bot = Bot(TOKEN, base_url="http://127.0.0.1:1/bot", request=request, get_updates_request=request)

    before = await failure_of(telegram_bot.get_me())
    async with request:
        pass
    after = await failure_of(telegram_bot.get_me())

    assert "not initialized" in str(before)
    assert "not initialized" in str(after)


async def test_it_can_be_opened_again() -> None:
    request = AiohttpRequest()
    async with a_server(saying(http("200 OK", JSON))) as api:
        telegram_bot = Bot(TOKEN, base_url=f"{api}/bot", request=request, get_updates_request=request)
        for _ in range(2):
            async with request:
                assert await telegram_bot.log_out()
