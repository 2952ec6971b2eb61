"""`digest-bot demo`: the bot, unchanged, on a Telegram of our own, with digests of our own."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Annotated

import structlog
import typer

from bot.app import run
from bot.cli.problems import UsageProblem
from bot.clock import Clock, SystemClock
from bot.digests.site import Site
from bot.import_ import Belongs, import_files
from bot.load_settings import load_settings
from bot.log import set_up_log
from bot.sandbox.people import User
from bot.sandbox.server import serve
from bot.sandbox.state import Sandbox
from bot.source_settings import SourceSettings
from bot.sources.folder import Folder
from bot.sources.places import NamedPlace
from storage.database import open_database
from storage.sources import MAIN

log = structlog.get_logger()

# Shaped like a token, and known to no Telegram but the demo's own.
_TOKEN = "1000:demo-demo-demo-demo-demo-demo-demo-demo"  # noqa: S105
# How many of the samples fill the archive; the others are published live, and then all over again.
_ARCHIVED = 12
_BETWEEN = timedelta(hours=4)


def demo(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the page; 0: any free one.")] = 8090,
    every: Annotated[float, typer.Option(min=1, help="Seconds between two new digests.")] = 60,
) -> None:
    """Try the bot in a browser: no token, no network, nothing kept.

    Opens a Telegram of its own on 127.0.0.1 and fills the archive with samples; more come as --every says.
    """
    set_up_log(token=_TOKEN)
    with tempfile.TemporaryDirectory(prefix="digest-bot-demo-", ignore_cleanup_errors=True) as folder:
        asyncio.run(_demo(Path(folder), port=port, every=timedelta(seconds=every)))


async def _demo(folder: Path, *, port: int, every: timedelta) -> None:
    clock = SystemClock()
    source = folder / "digests"
    source.mkdir()
    database = folder / "digest-bot.db"
    samples = _Samples(source, clock)
    samples.write_archive()
    await _fill_archive(database, source, clock)
    sandbox = Sandbox(_TOKEN, publish=samples.write_next)
    sandbox.add_person(User(0, "Ada", language="en"))
    sandbox.add_person(User(0, "小明", language="zh-hans"))
    async with _page(sandbox, port) as address:
        settings = load_settings(
            overrides={
                "token": _TOKEN,
                "source": (NamedPlace(MAIN, source),),
                "database": database,
                "api_url": address,
            }
        )
        typer.echo(f"\n  digest-bot demo: open {address} in a browser, press Start, choose, and see digests arrive.\n")
        async with asyncio.TaskGroup() as tasks:
            publishing = tasks.create_task(_keep_publishing(samples, every, clock))
            await run(settings, clock=clock)
            publishing.cancel()


async def _keep_publishing(samples: "_Samples", every: timedelta, clock: Clock) -> None:
    while True:
        await clock.sleep(every)
        await samples.write_next()


async def _fill_archive(database: Path, source: Path, clock: Clock) -> None:
    async with open_database(database) as opened:
        await import_files(
            opened,
            Folder(source),
            source=SourceSettings(MAIN, source, Site(), timedelta(seconds=60)),
            clock=clock,
            catch_up=None,
            belongs=Belongs.WHOLE,
            progressed=lambda _done, _of: None,
        )


@asynccontextmanager
async def _page(sandbox: Sandbox, port: int) -> AsyncIterator[str]:
    try:
        async with serve(sandbox, port=port) as address:
            yield address
    except OSError as error:
        raise UsageProblem(
            f"port {port} cannot be used ({error.strerror}): digest-bot demo --port 0 takes a free one"
        ) from error


class _Samples:
    """The sample digests, as a site that publishes them would."""

    def __init__(self, source: Path, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        folder = resources.files("bot.cli") / "demo_digests"
        self._texts = [
            file.read_text(encoding="utf-8")
            for file in sorted(folder.iterdir(), key=lambda file: file.name)
            if file.name.endswith(".md")
        ]
        self._next: Iterator[int] = count(_ARCHIVED)

    def write_archive(self) -> None:
        """Write those of the last days, one every four hours."""
        for number in range(_ARCHIVED):
            self._write(number, age=_BETWEEN * (_ARCHIVED - number))

    async def write_next(self) -> None:
        """Publish one more."""
        self._write(next(self._next), age=timedelta())

    def _write(self, number: int, *, age: timedelta) -> None:
        at = self._clock.now() - age
        text = self._texts[number % len(self._texts)]
        text = text.replace("{date}", at.isoformat(timespec="seconds")).replace("{stamp}", f"{at:%Y.%m.%d.%H}")
        # Under another name first, so that nobody reads half a file.
        written = self._source / f".{number:04}.part"
        written.write_text(text, encoding="utf-8")
        written.rename(self._source / f"{number:04}.md")
