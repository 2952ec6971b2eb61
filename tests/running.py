"""The bot as an operator runs it: a process of its own, that can be told to stop or be killed."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from bot.sandbox import process
from bot.sandbox.client import Person, Telegram, connect
from bot.sandbox.state import Sandbox
from tests.by_the_book import serve

TOKEN = "424242:a-token-that-no-one-may-ever-see-in-a-log"
SHARED = Path(__file__).parents[2] / "shared"
SOON = timedelta(seconds=15)

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the digests of others are not beside this clone")


@dataclass
class Place:
    """Where a bot lives: its folder of digests, its database, its Telegram."""

    folder: Path
    telegram: Telegram
    address: str
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def source(self) -> Path:
        return self.folder / "digests"

    @property
    def database(self) -> Path:
        return Path(self.settings.get("DIGEST_BOT_DATABASE", self.folder / "digest-bot.db"))

    @property
    def log(self) -> str:
        """All that every run so far has put out, standard output and error alike."""
        return (self.folder / "log").read_text(encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_BOT_")}
        return inherited | {
            "DIGEST_BOT_TOKEN": TOKEN,
            "DIGEST_BOT_SOURCE": str(self.source),
            "DIGEST_BOT_DATABASE": str(self.database),
            "DIGEST_BOT_API_URL": self.address,
            "DIGEST_BOT_CATCH_UP_HOURS": "0",
            "DIGEST_BOT_POLL_SECONDS": "1",
            **self.settings,
        }

    def publish(self, name: str, text: str | bytes) -> None:
        """Put a digest file into the source, whole at once."""
        part = self.source / f".{Path(name).name}.part"
        part.write_bytes(text if isinstance(text, bytes) else text.encode())
        (self.source / name).parent.mkdir(parents=True, exist_ok=True)
        part.rename(self.source / name)

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database from outside, as nobody in the bot would notice."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as reader:
            return reader.execute(sql, values).fetchall()

    async def until(self, sql: str, *values: object, within: timedelta = SOON) -> None:
        """Wait until the statement's first column is true, looking as often as a millisecond allows."""
        async with asyncio.timeout(within.total_seconds()):
            with contextlib.closing(await self._reader()) as reader:
                while True:
                    with contextlib.suppress(sqlite3.OperationalError):
                        row = reader.execute(sql, values).fetchone()
                        if row and row[0]:
                            return
                    await asyncio.sleep(0.0005)

    async def says(self, words: str, *, within: timedelta = SOON) -> None:
        """Wait until the log has *words* in it."""
        async with asyncio.timeout(within.total_seconds()):
            while words not in self.log:
                await asyncio.sleep(0.02)

    async def _reader(self) -> sqlite3.Connection:
        """A connection that writes nothing, kept open: to open one for each look keeps a core busy."""
        while True:
            with contextlib.suppress(sqlite3.OperationalError):
                return sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)
            await asyncio.sleep(0.0005)

    @asynccontextmanager
    async def letting_doubts_pass(self) -> AsyncIterator[None]:
        """Let the minutes that a part in doubt waits, at worst seven and more, be a second."""
        passing = asyncio.create_task(self._let_doubts_pass())
        try:
            yield
        finally:
            passing.cancel()

    async def _let_doubts_pass(self) -> None:
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as writer:
            while True:
                with contextlib.suppress(sqlite3.OperationalError), writer:
                    writer.execute("UPDATE deliveries SET try_at = due_at WHERE state = 'waiting' AND doubts > 0")
                await asyncio.sleep(1)

    @contextmanager
    def holding_the_pen(self) -> Iterator[None]:
        """Let nobody else write into the database."""
        with contextlib.closing(sqlite3.connect(self.database, isolation_level=None, timeout=10)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
            writer.execute("ROLLBACK")

    async def command(self, *words: str) -> tuple[int, str]:
        """Run another command of digest-bot to its end: its status, and all it printed."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            env=self.environment,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return await process.wait(), output.decode()

    async def subscribe(self, chat_ids: Iterable[int]) -> None:
        """Let people and groups have everything, as if they came over from another bot."""
        people = self.folder / "people.jsonl"
        told = [
            {
                "chat_id": chat_id,
                "type": "private" if chat_id > 0 else "group",
                "language": "en",
                "everything": True,
            }
            for chat_id in chat_ids
        ]
        people.write_text("".join(json.dumps(line) + "\n" for line in told))
        status, output = await self.command("subscribers", "import", str(people))
        assert status == 0, output

    async def status(self) -> dict[str, Any]:
        """What `digest-bot status --json` says."""
        _, output = await self.command("status", "--json")
        told: dict[str, Any] = json.loads(output)
        return told

    @asynccontextmanager
    async def running(self, *, ready: bool = True) -> AsyncIterator[asyncio.subprocess.Process]:
        """Run the bot until the block ends, then stop it politely if it still runs; *ready*: once its look is done."""
        with (self.folder / "log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"), env=self.environment, cwd=self.folder, stdout=log, stderr=log
            )
        try:
            if ready:
                polls = len(await self.telegram.calls("getUpdates"))
                await self.telegram.called("getUpdates", count=polls + 1, within=SOON)
                await self.until("SELECT first_look_completed_at FROM sources")
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                async with asyncio.timeout(15):
                    await process.wait()

    async def kill(self, process: asyncio.subprocess.Process) -> None:
        """End the process as a power cut would."""
        process.kill()
        await process.wait()


def a_file(title: str, *, items: int = 1, words: int = 1) -> str:
    """A digest file without a date, its items numbered and linked, each with so many *words* of summary.

    Other titles have other links: nobody was told these stories before.
    """
    site = f"https://example.org/{crc32(title.encode()):x}"
    lines = [f"---\ntitle: {title}\n---"]
    lines += [f"{n}. [{title} story {n}]({site}/{n})\n\n   {'word ' * words}" for n in range(1, items + 1)]
    return "\n".join(lines) + "\n"


def part_numbers(texts: Mapping[int, list[str]]) -> dict[int, list[int]]:
    """Which parts of a digest made by `a_file` stand in each chat, by the story that each begins with."""
    parts = sorted({text for chat in texts.values() for text in chat}, key=_first_story)
    return {chat_id: [parts.index(text) for text in chat] for chat_id, chat in texts.items()}


def _first_story(text: str) -> int:
    found = re.search(r" story (\d+)", text)
    assert found, text
    return int(found[1])


async def subscribed(telegram: Telegram, name: str, command: str, *, language: str = "en") -> Person:
    """Somebody who typed *command* and was answered; what the bot said until then counts as seen."""
    person = await telegram.person(name, language=language)
    await person.says("/start")
    await person.next_message()
    await person.says(command)
    await person.next_message()
    return person


async def settled(count: Callable[[], int], *, quiet: timedelta = timedelta(seconds=2)) -> int:
    """Give *count* once it has not changed for a while."""
    last = count()
    while True:
        await asyncio.sleep(quiet.total_seconds())
        now = count()
        if now == last:
            return now
        last = now


@asynccontextmanager
async def a_place(folder: Path, **settings: str) -> AsyncIterator[Place]:
    """A place with an empty source and a Telegram in this process."""
    (folder / "digests").mkdir()
    async with serve(Sandbox(TOKEN)) as address, connect(address) as telegram:
        yield Place(folder, telegram, address, settings)


@asynccontextmanager
async def a_place_apart(folder: Path, **settings: str) -> AsyncIterator[Place]:
    """A place whose Telegram is a process of its own, so that the test and the broadcast do not slow each other down.

    Its log of calls is not held against a second opinion: that of ten thousand messages takes longer than they did.
    """
    (folder / "digests").mkdir()
    async with process.start(token=TOKEN) as address, connect(address) as telegram:
        yield Place(folder, telegram, address, settings)
