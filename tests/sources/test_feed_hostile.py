"""Whatever a stranger's feed does, the bot hears of it in bounded time and memory."""

import asyncio
import gzip
import resource
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from aiohttp import web

from bot.sources.feed import Feed
from bot.sources.fetch import MOST_BYTES, Limits
from bot.sources.files import SourceUnreachable
from bot.sources.inflate import Inflater
from tests.sources.feeds import an_item, rss
from tests.sources.web import Web, serve

MEGABYTE = 1024 * 1024
HURRIED = Limits(arriving=timedelta(seconds=2), silence=timedelta(seconds=0.5), understanding=timedelta(seconds=60))
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def site() -> AsyncIterator[Web]:
    async with serve() as site:
        yield site


@pytest.fixture(autouse=True)
def modest() -> Iterator[None]:
    """No test takes more memory or time than a small machine has."""
    begin, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.monotonic() - begin < 300
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024


async def problem_of(address: str, limits: Limits = HURRIED) -> str:
    with pytest.raises(SourceUnreachable) as caught:
        await Feed(address, limits=limits).listing()
    return str(caught.value).removeprefix(f"{address} ")


def forever(
    chunk: bytes, *, pause: float = 0, **headers: str
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={name.replace("_", "-"): value for name, value in headers.items()})
        await response.prepare(request)
        while True:
            await response.write(chunk)
            await asyncio.sleep(pause)

    return answer


@asynccontextmanager
async def talking(handler: Handler) -> AsyncIterator[str]:
    """A server that need not speak HTTP."""
    talks: list[asyncio.Task[None] | None] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(asyncio.current_task())
        with suppress(ConnectionError, asyncio.CancelledError):
            await handler(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}/feed.xml"
    for task in filter(None, talks):
        task.cancel()
        await asyncio.wait([task])


async def test_a_feed_that_never_ends_is_left_at_20_megabytes(site: Web) -> None:
    address = site.do("/feed.xml", forever(an_item().encode() * 1000))

    assert await problem_of(address, Limits()) == "is larger than 20 MB; no feed needs to be: choose another"


async def test_a_feed_that_says_how_large_it_is_may_lie(site: Web) -> None:
    address = site.put("/feed.xml", rss() + " " * MOST_BYTES)

    assert "is larger than 20 MB" in await problem_of(address, Limits())


@pytest.mark.parametrize("pause", [0.05, 3], ids=["drop by drop", "not at all after a drop"])
async def test_a_feed_that_drips_is_left_after_a_while(site: Web, pause: float) -> None:
    address = site.do("/feed.xml", forever(b"<", pause=pause))

    assert await problem_of(address) == "does not come to an end in time; it is tried again"


@pytest.mark.long
async def test_a_bomb_of_gzip_is_left_at_20_megabytes(site: Web) -> None:
    bomb = zlib.compressobj(9, wbits=31)
    packed = b"".join(bomb.compress(bytes(MEGABYTE)) for _ in range(300)) + bomb.flush()
    assert len(packed) < MEGABYTE

    assert "is larger than 20 MB" in await problem_of(site.put("/feed.xml", packed, Content_Encoding="gzip"), Limits())


@pytest.mark.long
async def test_gzip_that_holds_nothing_for_ever_is_left(site: Web) -> None:
    address = site.do("/feed.xml", forever(gzip.compress(b"") * 1000, Content_Encoding="gzip"))

    assert await problem_of(address) in (
        "does not come to an end in time; it is tried again",
        "is larger than 20 MB; no feed needs to be: choose another",
    )


def test_what_is_unpacked_is_bounded_at_each_call() -> None:
    inflater = Inflater(1000)

    assert len(inflater.take(gzip.compress(bytes(MEGABYTE)))) == 1001
    assert inflater.full
    assert inflater.take(gzip.compress(b"more")) == b""


async def garbage(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-bees\r\n\r\n")


async def silence(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def endless_headers(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1_000_000):
        writer.write(b"X-Bee-%d: yes\r\n" % number)
        await writer.drain()


async def half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")


@pytest.mark.parametrize("handler", [garbage, silence, endless_headers, half])
async def test_a_server_that_speaks_no_http_is_left(handler: Handler) -> None:
    async with talking(handler) as address:
        assert (await problem_of(address)).endswith("it is tried again")


async def test_a_server_that_is_not_there_is_said() -> None:
    async with talking(garbage) as address:
        pass

    assert (await problem_of(address)).startswith("cannot be reached")


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "head",
    [
        f"<!DOCTYPE rss [{LAUGHS}]>",
        # With a tag in front, feedparser's own guard finds no DOCTYPE.
        f"<!-- <a> --><!DOCTYPE rss [{LAUGHS}]>",
        f'<!DOCTYPE rss [<!ENTITY i "{"ha" * 1_000_000}">]>',
        '<!DOCTYPE rss [<!ENTITY i SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
    ids=["a billion laughs", "behind a comment", "one long laugh", "a file of ours", "a place of theirs"],
)
async def test_entities_of_a_feed_are_nothing(site: Web, head: str) -> None:
    feed = Feed(
        site.put("/feed.xml", rss(an_item(1, more="<category>&i;</category>" * 1000), head=head)), limits=HURRIED
    )

    found = await feed.listing()

    assert list(found) == ["bee-1"]
    assert found["bee-1"].size < 1000


@pytest.mark.long
async def test_a_feed_that_takes_feedparser_hours_is_left(site: Web) -> None:
    address = site.put("/feed.xml", rss(an_item(1, more="".join(f"<category>{n}</category>" for n in range(300_000)))))
    limits = Limits(understanding=timedelta(seconds=3))

    assert await problem_of(address, limits) == "takes too long to be read; no feed should, so tell whoever runs it"


@pytest.mark.long
async def test_a_feed_that_takes_too_much_memory_is_left(site: Web) -> None:
    problem = await problem_of(site.put("/feed.xml", rss("<b>" * 6_900_000)), Limits())

    # A machine that is slow enough runs out of time first.
    assert problem.startswith(("takes too much memory to be read", "takes too long to be read"))


async def test_the_bot_goes_on_while_a_feed_is_read_and_may_stop(site: Web) -> None:
    feed = Feed(site.put("/feed.xml", rss(an_item(1, more="<category>x</category>" * 300_000))))

    async with asyncio.timeout(60):
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(feed.listing())
            pauses: list[float] = []
            while len(pauses) < 20:
                begin = time.monotonic()
                await asyncio.sleep(0.05)
                pauses.append(time.monotonic() - begin)
            reading.cancel()

    assert sorted(pauses)[10] < 1


@pytest.mark.parametrize(
    "entries", [pytest.param(100_000, marks=pytest.mark.long), pytest.param(2_000)], ids=["100,000", "2,000"]
)
async def test_a_feed_of_very_many_entries_is_read(site: Web, entries: int) -> None:
    feed = rss(
        *(f"<item><guid>{n}</guid><title>T{n}</title><description>Bees</description></item>" for n in range(entries))
    )

    found = await Feed(site.put("/feed.xml", feed), limits=Limits(understanding=timedelta(minutes=5))).listing()

    assert len(found) == entries
    assert next(iter(found)) == str(entries - 1)
