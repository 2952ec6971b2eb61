"""`digest-bot publish`: sending one digest, whatever its age."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.problems import UsageProblem
from bot.cli.reading import content_of, named_files
from bot.clock import SystemClock
from bot.delivery.publish import publish_now
from bot.digests.read import LeftOut, read_digest
from bot.settings import Settings, load_settings
from storage import sources
from storage.database import open_database
from storage.model import Digest, SubscriberState
from storage.sources import MAIN
from storage.subscribers import count_by_state


def publish(path: Annotated[Path, typer.Argument(help="The digest file.", show_default=False)]) -> None:
    """Send one digest to whoever wants it and has not received it, whatever its age.

    The running bot sends it within seconds; if none runs, the next one to start does.
    """
    settings = load_settings(needed=())
    source, digest = _digest(path, settings)
    active = asyncio.run(_publish(settings, source, digest))
    typer.echo(f"{digest.title}: to be sent by the running bot, or the next to start; {active} subscribers are active")


def _digest(path: Path, settings: Settings) -> tuple[str, Digest]:
    files = list(named_files([path], settings))
    if len(files) != 1:
        raise UsageProblem(f"{path}: name one digest file")
    reading = read_digest(content_of(files[0]), files[0].path, site=files[0].site, now=SystemClock().now())
    if isinstance(reading, LeftOut):
        raise UsageProblem(f"{path}: not sent, as it is {reading.reason}; mend that first")
    return files[0].source or MAIN, reading


async def _publish(settings: Settings, name: str, digest: Digest) -> int:
    async with open_database(settings.database) as database, database.transaction() as tx:
        source = await sources.ensure_source(tx, name)
        await publish_now(tx, source, digest, now=SystemClock().now())
        return (await count_by_state(tx)).get(SubscriberState.ACTIVE, 0)
