"""`digest-bot publish`: sending one digest, whatever its age."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.counted import counted
from bot.cli.problems import UsageProblem
from bot.cli.reading import content_of, named_files
from bot.clock import SystemClock
from bot.delivery.publish import owe_now, publish_now
from bot.digests.read import LeftOut, read_digest
from bot.load_settings import load_settings
from bot.settings import Settings
from storage import digests, sources
from storage.database import Transaction, open_database
from storage.model import Digest, StoredDigest, SubscriberState
from storage.sources import MAIN
from storage.subscribers import count_by_state
from storage.tallies import tallied


def publish(
    path: Annotated[
        str, typer.Argument(help="The digest file, or the path by which `status` names the digest.", show_default=False)
    ],
    *,
    source: Annotated[
        str | None, typer.Option(help="Of this source, by its path there.", show_default="whichever has the path")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Even if it went out so long ago that nobody knows to whom.")
    ] = False,
) -> None:
    """Send one digest to whoever wants it and has not received it, whatever its age.

    The running bot sends it within seconds; if none runs, the next one to start does.
    """
    settings = load_settings(needed=())
    # What came from git or a feed is no file here.
    read = _read(Path(path), settings) if source is None and Path(path).exists() else None
    title, active = asyncio.run(_publish(settings, read, path, source, again=again))
    readers = f"{counted(active, 'subscriber')} {'is' if active == 1 else 'are'} active"
    typer.echo(f"{title}: to be sent by the running bot, or the next to start; {readers}")


async def _publish(
    settings: Settings, read: tuple[str, Digest] | None, path: str, source: str | None, *, again: bool
) -> tuple[str, int]:
    now = SystemClock().now()
    async with open_database(settings.database) as database, database.transaction() as tx:
        if read is not None:
            name, digest = read
            its = await sources.ensure_source(tx, name)
            await _refuse_what_went_out(tx, await digests.digest_at(tx, its.id, digest.path), again=again)
            await publish_now(tx, its, digest, now=now, operators=settings.admins)
        else:
            stored = await _archived(tx, path, source, now=now)
            digest = stored.digest
            await _refuse_what_went_out(tx, stored, again=again)
            await owe_now(tx, stored, now=now, operators=settings.admins)
        return digest.title, (await count_by_state(tx)).get(SubscriberState.ACTIVE, 0)


async def _refuse_what_went_out(tx: Transaction, stored: StoredDigest | None, *, again: bool) -> None:
    gone = {} if stored is None or again else await tallied(tx, stored.edition_of or stored.id)
    if sent := gone.get(("digest", "sent"), 0):
        raise UsageProblem(
            f"it was sent to {counted(sent, 'chat')}, so long ago that it is not known any more which they are; "
            "--again sends it to everybody who wants it, those included"
        )


def _read(path: Path, settings: Settings) -> tuple[str, Digest]:
    files = list(named_files([path], settings))
    if len(files) != 1:
        raise UsageProblem(f"{path}: name one digest file")
    reading = read_digest(content_of(files[0]), files[0].path, site=files[0].site, now=SystemClock().now())
    if isinstance(reading, LeftOut):
        raise UsageProblem(f"{path}: not sent, as it is {reading.reason}; mend that first")
    return files[0].source or MAIN, reading


async def _archived(tx: Transaction, path: str, source: str | None, *, now: datetime) -> StoredDigest:
    found: dict[str, StoredDigest] = {}
    for each in await sources.all_sources(tx):
        stored = await digests.digest_at(tx, each.id, path) if source in (None, each.name) else None
        # What is gone is owed to nobody until it comes back.
        if stored is not None and await digests.editions_of(tx, stored.edition_of or stored.id, now=now):
            found[each.name] = stored
    if not found:
        raise UsageProblem(f"{path}: no such file, and no digest of {source or 'any source'} has this path; correct it")
    if len(found) > 1:
        raise UsageProblem(f"{path}: in several sources; say which: --source {' or '.join(found)}")
    return next(iter(found.values()))
