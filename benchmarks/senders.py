"""The sides of `benchmarks.delivery`: each sends one digest to everybody, 30 at a time, in a process of its own.

`python -m benchmarks.senders SIDE ADDRESS SUBSCRIBERS [wishes] [profile]` prints its seconds, of the wall and of the
processor, as JSON; with `wishes` a third of our subscribers has words, quiet hours and stories told before, and with
`profile` it says on standard error where the time of its event loop went.
"""

import asyncio
import contextlib
import cProfile
import gc
import json
import pstats
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import aiogram
import aiogram.client.session.aiohttp
import aiogram.client.telegram
import telegram
import telegram.request

from benchmarks.digest_files import a_digest_file
from benchmarks.null_api import the_keyboard, the_part
from benchmarks.wishes import wish
from bot.alarm import Alarm
from bot.bell import Bell
from bot.bot_api import BotApi
from bot.clock import SystemClock
from bot.delivery.courier import Courier
from bot.delivery.deliver import deliver
from bot.delivery.fan_out import fan_out
from bot.delivery.pace import Pace
from bot.delivery.record import Recorder
from bot.delivery.views import Views
from bot.delivery.write_down import write_down
from bot.digests.read import read_digest
from bot.digests.site import Site
from bot.log import set_up_log
from bot.messages.entities import as_bot_api
from bot.telegram_http import AiohttpRequest
from storage.categories import ensure_category
from storage.database import Database, open_database
from storage.digests import store_digest
from storage.fan_outs import begin_fan_out
from storage.model import Address, Digest, Preferences, Subscriber, SubscriberState
from storage.sources import ensure_source
from storage.subscribers import import_subscribers

AT_ONCE = 30
_TOKEN = "1000:null-null-null-null-null-null-null"
# What DIGEST_BOT_RATE would say: more than any machine can do.
_NO_LIMIT = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Took:
    """What it took to send to everybody, in seconds."""

    # Of the wall.
    seconds: float
    # Of the processor; the server's are not included.
    processor: float


# Sends one message to a chat.
Send = Callable[[int], Awaitable[object]]


def chat_ids(subscribers: int) -> range:
    """Name as many private chats, by ids as long as Telegram's are."""
    return range(5_000_000_000, 5_000_000_000 + 37 * subscribers, 37)


async def stock(address: str, subscribers: int) -> Took:
    """Send by python-telegram-bot as it comes."""
    part = the_part()
    entities = [telegram.MessageEntity.de_json(entity, None) for entity in as_bot_api(part.text, part.entities)]
    request = telegram.request.HTTPXRequest(connection_pool_size=AT_ONCE)
    async with telegram.Bot(_TOKEN, base_url=f"{address}/bot", request=request) as telegram_bot:
        preview = telegram.LinkPreviewOptions(is_disabled=True)
        buttons = telegram.InlineKeyboardMarkup.de_json({"inline_keyboard": the_keyboard()}, telegram_bot)

        async def send(chat_id: int) -> None:
            await telegram_bot.send_message(
                chat_id, part.text, entities=entities, link_preview_options=preview, reply_markup=buttons
            )

        return await _send_all(send, subscribers)


async def aiograms(address: str, subscribers: int) -> Took:
    """Send by aiogram's Bot in a bare loop, with nothing written down."""
    part = the_part()
    entities = [aiogram.types.MessageEntity(**entity) for entity in as_bot_api(part.text, part.entities)]  # type: ignore[arg-type] # told by their names
    api = aiogram.client.telegram.TelegramAPIServer.from_base(address)
    session = aiogram.client.session.aiohttp.AiohttpSession(limit=AT_ONCE, api=api)
    async with aiogram.Bot(_TOKEN, session=session) as telegram_bot:
        preview = aiogram.types.LinkPreviewOptions(is_disabled=True)
        buttons = aiogram.types.InlineKeyboardMarkup.model_validate({"inline_keyboard": the_keyboard()})

        async def send(chat_id: int) -> None:
            await telegram_bot.send_message(
                chat_id, part.text, entities=entities, link_preview_options=preview, reply_markup=buttons
            )

        return await _send_all(send, subscribers)


async def ours(address: str, subscribers: int, *, wishes: bool = False) -> Took:
    """Owe the digest and deliver it as the bot does: fanned out, claimed, sent, recorded and logged."""
    with tempfile.TemporaryDirectory() as folder, _log_in(Path(folder)):
        path = Path(folder) / "digest-bot.db"
        async with open_database(path) as database:
            digest_id, told_id = await _prepare(database, subscribers)
            if wishes:
                wish(path, told=told_id)
            async with _courier(database, address) as courier:
                with contextlib.closing(sqlite3.connect(path)) as beside:
                    took = await _deliver_all(courier, digest_id, beside)
                    _check(beside, digest_id, subscribers)
    return took


async def _send_all(send: Send, subscribers: int) -> Took:
    chats = iter(chat_ids(subscribers))

    async def send_on() -> None:
        for chat_id in chats:
            await send(chat_id)

    began = _now()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(AT_ONCE):
            tasks.create_task(send_on())
    return _since(began)


@contextlib.contextmanager
def _log_in(folder: Path) -> Iterator[None]:
    """Log as the bot does, into a file; what breaks off the benchmark is said on standard error all the same."""
    with (folder / "log").open("w", encoding="utf-8") as log:
        with contextlib.redirect_stderr(log):
            set_up_log(token=_TOKEN)
        sys.excepthook = sys.__excepthook__
        yield


async def _prepare(database: Database, subscribers: int) -> tuple[int, int]:
    """Store subscribers, the digest that they are to get, and one of before with two of its stories; give their ids."""
    clock = SystemClock()
    digest = read_digest(a_digest_file().encode(), "a.md", site=Site(), now=clock.now())
    if not isinstance(digest, Digest):
        raise TypeError(digest)
    before = replace(digest, path="before.md", items=digest.items[:2])
    async with database.transaction() as tx:
        source = await ensure_source(tx, "main")
        told, _ = await store_digest(tx, source.id, before, now=clock.now() - timedelta(hours=4))
        stored, _ = await store_digest(tx, source.id, digest, now=clock.now())
        chosen = [await ensure_category(tx, category) for category in digest.categories]
        arrivals = [
            (
                Subscriber(0, Address(chat_id), "private", SubscriberState.ACTIVE, Preferences(language="zh-Hans")),
                chosen[:1],
            )
            for chat_id in chat_ids(subscribers)
        ]
        await import_subscribers(tx, arrivals, now=clock.now())
    return stored.id, told.id


async def _tell_nobody(*_: object, **__: object) -> None:
    pass


@asynccontextmanager
async def _courier(database: Database, address: str) -> AsyncIterator[Courier]:
    clock = SystemClock()
    async with AiohttpRequest(connections=AT_ONCE) as request:
        # Nobody is to be told of anything.
        quiet = Alarm(_tell_nobody, clock, "wrong", "well")
        yield Courier(
            database=database,
            bot_api=BotApi(request, f"{address}/bot{_TOKEN}"),
            pace=Pace(_NO_LIMIT, clock),
            clock=clock,
            views=Views(database),
            recorder=Recorder(database, clock, write_down, disk=quiet),
            bell=Bell(),
            disk=quiet,
            flood=quiet,
            in_flight=64,
            lateness=timedelta(hours=24),
        )


async def _deliver_all(courier: Courier, digest_id: int, beside: sqlite3.Connection) -> Took:
    stopping = asyncio.Event()
    # As the bot has it: what is loaded by now stays.
    gc.collect()
    gc.freeze()
    began = _now()
    async with courier.database.transaction() as tx:
        await begin_fan_out(tx, digest_id, due_at=courier.clock.now())
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(deliver(courier, stopping))
        while await fan_out(courier.database, now=courier.clock.now()):
            courier.bell.ring()
        # What is awaited is in the database.
        while _something_is_owed(beside):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        took = _since(began)
        stopping.set()
        courier.bell.ring()
    return took


def _something_is_owed(beside: sqlite3.Connection) -> bool:
    # By the small indexes of what waits and what is under way, so that looking costs next to nothing.
    row = beside.execute(
        "SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'waiting')"
        " OR EXISTS (SELECT 1 FROM deliveries WHERE state = 'sending')"
    ).fetchone()
    return bool(row[0])


def _check(beside: sqlite3.Connection, digest_id: int, subscribers: int) -> None:
    states = beside.execute(
        "SELECT state, count(*) FROM deliveries WHERE digest_id = ? GROUP BY state", (digest_id,)
    ).fetchall()
    messages = beside.execute("SELECT count(DISTINCT delivery_id) FROM messages").fetchone()[0]
    if states != [("sent", subscribers)] or messages != subscribers:
        raise AssertionError(f"{states} and {messages} messages instead of {subscribers} sent")


def _now() -> Took:
    return Took(time.perf_counter(), time.process_time())


def _since(began: Took) -> Took:
    now = _now()
    return Took(now.seconds - began.seconds, now.processor - began.processor)


SIDES = {"ours": ours, "aiogram": aiograms, "python-telegram-bot": stock}


def main(side: str, address: str, subscribers: int, *, wishes: bool, profiled: bool) -> None:
    """Send, and print what it took."""
    profile = cProfile.Profile() if profiled else contextlib.nullcontext()
    work = partial(ours, wishes=True) if wishes and side == "ours" else SIDES[side]
    with profile:
        took = asyncio.run(work(address, subscribers))
    print(json.dumps(asdict(took)))
    if isinstance(profile, cProfile.Profile):
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main(
        sys.argv[1],
        sys.argv[2],
        int(sys.argv[3]),
        wishes="wishes" in sys.argv[4:],
        profiled="profile" in sys.argv[4:],
    )
