"""Real digests of others, as they reach real readers: a bot sends them, and the sandbox, which is TDLib, takes all."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby, product
from pathlib import Path

import pytest

from bot.sandbox.client import Person
from bot.sandbox.seen import Message
from storage.database import Database, open_database
from storage.digests import digest_by_id
from storage.model import Digest, Layout
from tests.builders import a_subscriber, subscribed
from tests.messages.reading import unread, whole_text
from tests.running import SHARED, Place, a_place, needs_shared

pytestmark = needs_shared

SEEDS = sorted((SHARED / "seeds").glob("*.md"))
CORPUS = sorted(path for path in (SHARED / "corpus").glob("*/**/*") if path.suffix in (".md", ".markdown", ".mdx"))
LAYOUTS: tuple[Layout, ...] = ("full", "headlines")
LANGUAGES = ("en", "zh-Hans")
# Where a digest may be read on the web, for those that have no address of their own.
SITE = "https://news.example.org/"
A_WHILE = timedelta(minutes=5)
Reader = tuple[Person, int, Layout]

as_many_as_there_are = pytest.mark.parametrize(
    "whole", [False, pytest.param(True, marks=pytest.mark.long)], ids=["some", "all"]
)


def files(*, whole: bool, over: int = 2_000) -> list[Path]:
    """The seeds and the corpus; of that, unless *whole*, of a dozen sites the shortest file of *over* so many bytes."""
    sites = groupby(CORPUS, lambda file: file.relative_to(SHARED / "corpus").parts[0])
    enough = ([file for file in each if _size(file) > over] for _, each in sites)
    shortest = sorted((min(each, key=_size) for each in enough if each), key=_size)
    return SEEDS + (CORPUS if whole else shortest[:12])


@as_many_as_there_are
async def test_all_of_real_digests_reaches_all_kinds_of_readers(tmp_path: Path, *, whole: bool) -> None:
    async with publishing(tmp_path, files(whole=whole), most_parts=50) as (place, database, digests):
        readers = await readers_of(place, product(digests, LAYOUTS, LANGUAGES), database)

        await place.until("SELECT count(*) = 0 FROM deliveries WHERE state IN ('waiting', 'sending')", within=A_WHILE)

        assert place.ask("SELECT state, count(*) FROM deliveries GROUP BY state") == [("sent", len(readers))]
        assert await place.telegram.calls("sendMessage", outcome="refused") == []
        for person, id_, layout in readers:
            assert list(unread(whole_text(digests[id_], layout), bodies(await received(person)))) == []


@pytest.mark.long
@pytest.mark.parametrize("whole", [True], ids=["all"])
async def test_the_buttons_under_real_digests_bring_each_rest_once(tmp_path: Path, *, whole: bool) -> None:
    async with publishing(tmp_path, files(whole=whole, over=8_000), most_parts=1) as (place, database, digests):
        tapped = [id_ for id_, digest in digests.items() if digest.permalink is None and not is_of_the_future(digest)]
        readers = await readers_of(place, product(tapped, LAYOUTS, LANGUAGES[:1]), database)
        await place.until("SELECT count(*) = 0 FROM deliveries WHERE state IN ('waiting', 'sending')", within=A_WHILE)

        presses = [await press_until_nothing_is_left(person) for person, _, _ in readers]

        assert sum(presses) >= 10
        assert await place.telegram.calls("sendMessage", outcome="refused") == []
        for person, id_, layout in readers:
            assert list(unread(whole_text(digests[id_], layout), bodies(await received(person)))) == []


@asynccontextmanager
async def publishing(
    folder: Path, files: list[Path], *, most_parts: int
) -> AsyncIterator[tuple[Place, Database, dict[int, Digest]]]:
    """A bot that found two empty sources, and then *files* in both, of which one has an address on the web.

    Nobody has subscribed yet. A translation is here a digest like any other.
    """
    linked = folder / "linked"
    linked.mkdir()
    (folder / "digest-bot.toml").write_text(
        f"[[sources]]\nname = 'linked'\nplace = '{linked}'\nbase_url = '{SITE}'\n", encoding="utf-8"
    )
    settings = {"DIGEST_BOT_RATE": "1000", "DIGEST_BOT_MAX_PARTS": str(most_parts)}
    async with a_place(folder, **settings) as place, place.running():
        await place.until("SELECT count(*) = 2 FROM sources WHERE first_look_completed_at IS NOT NULL")
        for source in (place.source, linked):
            await asyncio.to_thread(_copy, files, folder / "copied", source / "posts")
        await place.until("SELECT count(*) = ? FROM files", 2 * len(files), within=A_WHILE)
        # Those of the future stay.
        await place.until("SELECT count(*) = 0 FROM fan_outs WHERE due_at < (unixepoch() + 60) * 1000")
        async with open_database(place.database) as database:
            async with database.transaction() as tx:
                await tx.run("UPDATE digests SET edition_of = NULL", {})
                ids = [row["id"] for row in await tx.rows("SELECT id FROM digests ORDER BY id")]
                digests = {id_: (await digest_by_id(tx, id_, revision=1)).digest for id_ in ids}
            yield place, database, digests


def _copy(files: list[Path], aside: Path, to: Path) -> None:
    for file in files:
        copy = aside / file.relative_to(SHARED)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    # Whole at once, as a site is built.
    aside.rename(to)


async def readers_of(place: Place, kinds: Iterable[tuple[int, Layout, str]], database: Database) -> list[Reader]:
    """For each digest, layout and language somebody who is owed that digest alone.

    In one chat a thousand messages would take a thousand seconds.
    """
    readers: list[Reader] = []
    subscribers = []
    for number, (id_, layout, language) in enumerate(kinds, 1):
        person = await place.telegram.person(f"Reader {number}", language=language)
        await person.says("/start")
        readers.append((person, id_, layout))
        subscribers.append(a_subscriber(person.id, everything=True, layout=layout, language=language))
    await place.telegram.called("sendMessage", count=len(readers), outcome="answered", within=A_WHILE)
    await subscribed(database, *subscribers)
    now = int(datetime.now(UTC).timestamp() * 1000)
    async with database.transaction() as tx:
        await tx.run_many(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
            SELECT 'digest', :digest_id, id, :now, :now FROM subscribers WHERE chat_id = :chat_id
            """,
            [{"digest_id": id_, "chat_id": person.id, "now": now} for person, id_, _ in readers],
        )
    return readers


async def received(person: Person) -> list[Message]:
    """What came after the answer to `/start`."""
    return (await person.received())[1:]


def bodies(messages: list[Message]) -> list[str]:
    return [message.text.partition("\n\n")[2] for message in messages]


async def press_until_nothing_is_left(person: Person) -> int:
    """Press the button for the rest under the last message, then under the last that came, and so on; how often."""
    presses = 0
    while label := _for_the_rest(last := (await received(person))[-1]):
        await person.presses(label, message_id=last.id)
        presses += 1
        async with asyncio.timeout(10):
            while (await received(person))[-1].id == last.id:
                await asyncio.sleep(0.01)
    return presses


def _for_the_rest(message: Message) -> str:
    """The button that brings more of the digest, not those about it; empty: there is none."""
    labels = [label for row in message.buttons for label in row if not label.startswith(("🔖", "Why"))]
    assert len(labels) <= 1
    return "".join(labels)


def is_of_the_future(digest: Digest) -> bool:
    return digest.published_at is not None and digest.published_at > datetime.now(UTC)


def _size(file: Path) -> int:
    return file.stat().st_size
