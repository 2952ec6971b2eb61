"""How updates come in, from a sandbox over HTTP: none lost, none blocked, and no loop that runs hot."""

import asyncio
import signal
import sys
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import structlog
from aiohttp import web
from telegram import Bot, Update

from bot.clock import SystemClock
from bot.endings import AnotherCopyRuns, TokenRefused
from bot.poller import Poller, until_reachable
from bot.sandbox.client import Person, Telegram, connect
from bot.sandbox.state import Sandbox
from bot.telegram_http import AiohttpRequest
from tests.by_the_book import serve

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
SECRET = TOKEN.split(":")[1]
KINDS = ("message", "callback_query", "telepathy")


@dataclass
class QuickClock(SystemClock):
    """A clock whose waits are a hundredth as long, and that may be ahead; it keeps the waits it was asked for."""

    ahead: timedelta = timedelta(0)
    waits: list[timedelta] = field(default_factory=list)

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead.total_seconds()

    async def sleep(self, wait: timedelta) -> None:
        self.waits.append(wait)
        await asyncio.sleep(wait.total_seconds() / 100)


@dataclass
class Reader:
    """Handles updates as slowly as a test wants, and remembers them."""

    texts: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    holding: set[str] = field(default_factory=set)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle(self, update: Update) -> None:
        text = update.effective_message.text if update.effective_message else None
        self.begun.append(text or "?")
        await self._notify()
        if text in self.holding:
            await self.go_on.wait()
        if text == "fail":
            raise ValueError(f"at https://example.org/bot{TOKEN}/x")
        self.texts.append(text or "?")
        await self._notify()

    async def _notify(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def has(self, *texts: str, within: float = 5) -> None:
        async with asyncio.timeout(within), self.changed:
            await self.changed.wait_for(lambda: set(texts) <= set(self.texts))

    async def has_begun(self, text: str) -> None:
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: text in self.begun)


@pytest.fixture
def state() -> Sandbox:
    return Sandbox(TOKEN)


@pytest.fixture
async def address(state: Sandbox) -> AsyncIterator[str]:
    async with serve(state) as address:
        yield address


@pytest.fixture
async def telegram(address: str) -> AsyncIterator[Telegram]:
    async with connect(address) as telegram:
        yield telegram


@pytest.fixture
async def ada(telegram: Telegram) -> Person:
    return await telegram.person("Ada")


@pytest.fixture
async def bob(telegram: Telegram) -> Person:
    return await telegram.person("Bob")


@asynccontextmanager
async def a_poller(
    address: str,
    reader: Reader,
    *,
    clock: SystemClock | None = None,
    token: str = TOKEN,
    on_conflict: Callable[[], Awaitable[None]] | None = None,
    on_conflict_over: Callable[[], Awaitable[None]] | None = None,
) -> AsyncIterator[Poller]:
    async with AiohttpRequest() as request:
        telegram_bot = Bot(token, base_url=f"{address}/bot", request=request, get_updates_request=request)
        yield Poller(
            telegram_bot,
            request,
            reader.handle,
            allowed_updates=KINDS,
            clock=clock or QuickClock(),
            on_conflict=on_conflict,
            on_conflict_over=on_conflict_over,
        )


@asynccontextmanager
async def polling(
    address: str,
    reader: Reader,
    *,
    clock: SystemClock | None = None,
    on_conflict: Callable[[], Awaitable[None]] | None = None,
    on_conflict_over: Callable[[], Awaitable[None]] | None = None,
) -> AsyncIterator[asyncio.Event]:
    """Poll in the background until the block ends or the event is set; then stop politely."""
    stopping = asyncio.Event()
    async with (
        a_poller(address, reader, clock=clock, on_conflict=on_conflict, on_conflict_over=on_conflict_over) as poller,
        asyncio.TaskGroup() as tasks,
    ):
        running = tasks.create_task(poller.run(stopping))
        try:
            yield stopping
        finally:
            stopping.set()
            reader.go_on.set()
            await asyncio.wait([running])


async def unconfirmed(telegram: Telegram) -> list[str]:
    return [update["message"]["text"] for update in await telegram.updates()]


async def test_what_a_person_writes_is_handled_and_confirmed(address: str, telegram: Telegram, ada: Person) -> None:
    reader = Reader()
    async with polling(address, reader):
        await ada.says("one")
        await ada.says("two")
        await reader.has("two")
        after = (await telegram.calls("getUpdates"))[-1].number
        await telegram.called("getUpdates", after=after)

        assert await unconfirmed(telegram) == []

    assert reader.texts == ["one", "two"]


async def test_what_was_written_while_the_bot_was_away_comes_first(address: str, ada: Person) -> None:
    reader = Reader()
    await ada.says("yesterday")

    async with polling(address, reader):
        await ada.says("today")
        await reader.has("today")

    assert reader.texts == ["yesterday", "today"]


async def test_one_who_waits_does_not_keep_another_waiting(address: str, ada: Person, bob: Person) -> None:
    reader = Reader(holding={"slow"})
    async with polling(address, reader):
        await ada.says("slow")
        await ada.says("ada's next")
        await reader.has_begun("slow")
        for number in range(30):
            await bob.says(f"quick {number}")
        await reader.has(*(f"quick {number}" for number in range(30)), within=3)
        assert reader.begun.count("ada's next") == 0
        reader.go_on.set()
        await reader.has("ada's next")

    assert reader.texts == [f"quick {number}" for number in range(30)] + ["slow", "ada's next"]
    assert sorted(reader.begun) == sorted(reader.texts)


async def test_while_an_update_is_in_progress_telegram_is_asked_now_and_then(
    address: str, telegram: Telegram, ada: Person
) -> None:
    reader = Reader(holding={"slow"})
    async with polling(address, reader):
        await ada.says("slow")
        await reader.has_begun("slow")
        before = len(await telegram.calls("getUpdates"))
        await asyncio.sleep(2)
        asked = len(await telegram.calls("getUpdates")) - before

        assert 2 <= asked <= 4
        assert await unconfirmed(telegram) == ["slow"]


POLL_AND_HANG = """
import asyncio, sys
from telegram import Bot
from bot.clock import SystemClock
from bot.poller import Poller
from bot.telegram_http import AiohttpRequest

async def handle(update):
    print(update.effective_message.text, flush=True)
    await asyncio.sleep(60)

async def main(address, token):
    async with AiohttpRequest() as request:
        telegram_bot = Bot(token, base_url=f"{address}/bot", request=request, get_updates_request=request)
        poller = Poller(telegram_bot, request, handle, allowed_updates=["message"], clock=SystemClock())
        await poller.run(asyncio.Event())

asyncio.run(main(*sys.argv[1:]))
"""


async def test_an_update_in_progress_when_the_process_is_killed_comes_again(address: str, ada: Person) -> None:
    reader = Reader()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", POLL_AND_HANG, address, TOKEN, stdout=asyncio.subprocess.PIPE
    )
    await ada.says("/subscribe")
    assert process.stdout
    async with asyncio.timeout(20):
        assert await process.stdout.readline() == b"/subscribe\n"
    process.send_signal(signal.SIGKILL)
    await process.wait()

    async with polling(address, reader):
        await reader.has("/subscribe")

    assert reader.texts == ["/subscribe"]


async def test_told_to_stop_it_finishes_what_is_in_progress_and_leaves_the_rest(
    address: str, telegram: Telegram, ada: Person, bob: Person
) -> None:
    first, second = Reader(holding={"slow"}), Reader()
    async with polling(address, first) as stopping:
        await ada.says("slow")
        await ada.says("ada's next")
        await bob.says("quick")
        await first.has("quick")
        stopping.set()
        await asyncio.sleep(0.1)
        first.go_on.set()

    assert first.texts == ["quick", "slow"]
    assert await unconfirmed(telegram) == ["ada's next", "quick"]

    async with polling(address, second):
        await second.has("ada's next")


async def test_told_to_stop_it_confirms_what_it_handled(address: str, telegram: Telegram, ada: Person) -> None:
    reader = Reader(holding={"slow"})
    async with polling(address, reader) as stopping:
        await ada.says("slow")
        await reader.has_begun("slow")
        stopping.set()
        await asyncio.sleep(0.05)
        reader.go_on.set()

    assert await unconfirmed(telegram) == []


async def test_an_idle_bot_stops_at_once(address: str, telegram: Telegram) -> None:
    async with polling(address, Reader()) as stopping:
        await telegram.called("getUpdates")
        began = time.monotonic()
        stopping.set()

    assert time.monotonic() - began < 0.5


async def test_an_update_that_cannot_be_read_is_named_and_skipped(address: str, state: Sandbox, ada: Person) -> None:
    reader = Reader()
    broken = [
        state.updates.add(kind, payload, now=time.time())
        for kind, payload in [("message", {"text": "no chat"}), ("telepathy", {"thought": "?"}), ("callback_query", {})]
    ]
    await ada.says("sound")

    with structlog.testing.capture_logs() as told:
        async with polling(address, reader):
            await reader.has("sound")

    assert reader.begun == ["sound"]
    assert [line["event"] for line in told] == [
        "skipped an update that cannot be read",
        "skipped an update of an unknown kind",
        "skipped an update that cannot be read",
    ]
    assert [line["update"] for line in told] == [update.id for update in broken if update]
    assert not state.updates.waiting


async def test_an_update_whose_handling_fails_is_not_tried_for_ever(
    address: str, telegram: Telegram, ada: Person
) -> None:
    reader = Reader()
    async with polling(address, reader):
        await ada.says("fail")
        await ada.says("next")
        await reader.has("next")

    assert reader.begun == ["fail", "next"]
    assert await unconfirmed(telegram) == []


FAULTS: dict[str, Callable[[Telegram], Awaitable[object]]] = {
    "drop": lambda telegram: telegram.drop("getUpdates", accepted=False, times=3),
    "drop the answer": lambda telegram: telegram.drop("getUpdates", accepted=True, times=3),
    "502": lambda telegram: telegram.garble("getUpdates", "html", times=3),
    "no JSON": lambda telegram: telegram.garble("getUpdates", "text", accepted=True, times=3),
    "500": lambda telegram: telegram.refuse(code=500, method="getUpdates", times=3),
    "400": lambda telegram: telegram.refuse(code=400, method="getUpdates", times=3),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_costs_no_update_and_is_told_once_with_its_end(
    fault: str, address: str, telegram: Telegram, ada: Person
) -> None:
    reader, clock = Reader(), QuickClock()
    await FAULTS[fault](telegram)
    await ada.says("one")

    with structlog.testing.capture_logs() as told:
        async with polling(address, reader, clock=clock):
            await reader.has("one")

    assert reader.texts == ["one"]
    assert [line["event"] for line in told] == ["lost Telegram, keep trying", "reached Telegram again"]
    assert clock.waits[:3] == [timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4)]
    assert SECRET not in str(told)


async def test_a_flood_limit_is_waited_out(address: str, telegram: Telegram, ada: Person) -> None:
    reader, clock = Reader(), QuickClock()
    await telegram.refuse(code=429, retry_after=17, method="getUpdates", times=1)

    async with polling(address, reader, clock=clock):
        await ada.says("one")
        await reader.has("one")

    assert clock.waits == [timedelta(seconds=17)]


async def test_a_server_that_does_not_wait_is_not_asked_in_a_hot_loop() -> None:
    asked = 0

    async def handle(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.json_response({"ok": True, "result": []})

    app = web.Application()
    app.router.add_post("/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with polling(f"http://127.0.0.1:{runner.addresses[0][1]}", Reader(), clock=SystemClock()):
        await asyncio.sleep(1.5)
    await runner.cleanup()

    assert asked == 2


async def test_a_wrong_token_ends_it_with_a_sentence_that_does_not_repeat_it(address: str) -> None:
    wrong = TOKEN.replace("AAbb", "WRONG")
    async with a_poller(address, Reader(), token=wrong) as poller:
        with pytest.raises(TokenRefused) as caught:
            await poller.run(asyncio.Event())

    assert "DIGEST_BOT_TOKEN" in str(caught.value)
    assert "WRONG" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


async def test_of_two_copies_the_newcomer_goes_and_the_older_goes_on(
    address: str, telegram: Telegram, ada: Person
) -> None:
    told: list[str] = []

    async def tell_operators() -> None:
        told.append("another copy")
        raise OSError("they cannot be told")

    older, newcomer, clock = Reader(), Reader(), QuickClock()
    async with polling(address, older, clock=clock, on_conflict=tell_operators):
        await telegram.called("getUpdates")
        await ada.says("one")
        await older.has("one")
        clock.ahead = timedelta(seconds=31)
        async with a_poller(address, newcomer) as poller:
            with pytest.raises(AnotherCopyRuns) as caught:
                async with asyncio.timeout(10):
                    await poller.run(asyncio.Event())
        await ada.says("two")
        await older.has("two")

    assert older.texts == ["one", "two"]
    assert newcomer.texts == []
    assert told == ["another copy"]
    assert "DIGEST_BOT_TOKEN" in str(caught.value)
    assert caught.value.__context__ is None


async def test_operators_are_told_of_a_conflict_once_an_hour(address: str, telegram: Telegram, ada: Person) -> None:
    told: list[float] = []
    reader, clock = Reader(), QuickClock()

    async def tell_operators() -> None:
        told.append(clock.monotonic())

    async with polling(address, reader, clock=clock, on_conflict=tell_operators):
        await ada.says("one")
        await reader.has("one")
        for minutes in (1, 2, 70):
            clock.ahead = timedelta(minutes=minutes)
            after = (await telegram.calls("getUpdates"))[-1].number
            await telegram.refuse(code=409, method="getUpdates", times=2)
            await ada.says(f"after {minutes}")
            await reader.has(f"after {minutes}")
            await telegram.called("getUpdates", outcome="refused", after=after, count=2)

    assert len(told) == 2


async def test_operators_are_told_once_when_a_conflict_is_over(address: str, telegram: Telegram, ada: Person) -> None:
    told: list[str] = []
    reader, clock = Reader(), QuickClock()

    async def over() -> None:
        told.append("over")

    async with polling(address, reader, clock=clock, on_conflict_over=over):
        await ada.says("one")
        await reader.has("one")
        clock.ahead = timedelta(minutes=1)
        await telegram.refuse(code=409, method="getUpdates", times=2)
        await ada.says("two")
        await telegram.called("getUpdates", outcome="refused", count=2)
        for minutes in (2, 9, 20):
            before = list(told)
            clock.ahead = timedelta(minutes=minutes)
            await ada.says(f"after {minutes}")
            await reader.has(f"after {minutes}")
            await ada.says(f"again after {minutes}")
            await reader.has(f"again after {minutes}")
            assert told == (["over"] if minutes > 2 else before)


async def test_a_webhook_is_deleted_and_said_so(address: str, telegram: Telegram, state: Sandbox, ada: Person) -> None:
    reader = Reader()
    state.webhook.url = "https://example.org/hook"
    await telegram.refuse(code=500, method="deleteWebhook", times=1)

    with structlog.testing.capture_logs() as told:
        async with polling(address, reader):
            await ada.says("one")
            await reader.has("one")

    assert state.webhook.url == ""
    assert "deleted the webhook of this bot, as updates are polled for" in [line["event"] for line in told]


async def test_who_sets_a_webhook_again_was_there_first(address: str, telegram: Telegram, state: Sandbox) -> None:
    state.webhook.url = "https://example.org/hook"

    async def set_it_again() -> None:
        await telegram.called("deleteWebhook", outcome="answered")
        state.webhook.url = "https://example.org/hook"
        state.poll.abort("Conflict: terminated by setWebhook request")

    async with a_poller(address, Reader()) as poller, asyncio.TaskGroup() as tasks:
        tasks.create_task(set_it_again())
        with pytest.raises(AnotherCopyRuns):
            await poller.run(asyncio.Event())


@asynccontextmanager
async def a_bot(address: str, token: str = TOKEN) -> AsyncIterator[Bot]:
    request = AiohttpRequest(connect_timeout=timedelta(seconds=1), read_timeout=timedelta(seconds=1))
    telegram_bot = Bot(token, base_url=f"{address}/bot", request=request, get_updates_request=request)
    try:
        yield telegram_bot
    finally:
        await telegram_bot.shutdown()


async def test_a_start_without_telegram_keeps_trying_and_says_so_once() -> None:
    async with serve(Sandbox(TOKEN)) as address:
        port = int(address.rpartition(":")[2])
    clock = QuickClock()

    with structlog.testing.capture_logs() as told:
        async with a_bot(address) as telegram_bot, asyncio.TaskGroup() as tasks:
            reaching = tasks.create_task(until_reachable(telegram_bot, clock=clock, stopping=asyncio.Event()))
            await asyncio.sleep(0.2)
            async with serve(Sandbox(TOKEN), port=port):
                reached = await reaching

    assert reached
    assert [line["event"] for line in told] == ["lost Telegram, keep trying", "reached Telegram again"]
    assert clock.waits[:6] == [timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 16, 30)][: len(clock.waits)]
    assert SECRET not in str(told)


async def test_a_start_without_telegram_can_be_stopped() -> None:
    stopping = asyncio.Event()
    async with a_bot("http://127.0.0.1:1") as telegram_bot, asyncio.TaskGroup() as tasks:
        reaching = tasks.create_task(until_reachable(telegram_bot, clock=SystemClock(), stopping=stopping))
        await asyncio.sleep(0.05)
        stopping.set()

    assert reaching.result() is False


async def test_a_start_with_a_wrong_token_ends_with_a_sentence(address: str) -> None:
    wrong = TOKEN.replace("AAbb", "WRONG")
    async with a_bot(address, wrong) as telegram_bot:
        with pytest.raises(TokenRefused) as caught:
            await until_reachable(telegram_bot, clock=QuickClock(), stopping=asyncio.Event())

    assert "WRONG" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
