"""`digest-bot status`: what is there, what is owed, and whether the bot is well."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.status_access import access_told
from bot.cli.status_delivery import delivery_told
from bot.clock import SystemClock
from bot.load_settings import load_settings
from bot.settings import Settings
from bot.sources.opening import open_files
from storage import digests, subscribers
from storage.database import Transaction, open_database
from storage.heartbeats import heartbeat_of, heartbeats
from storage.sources import MAIN, Source, all_sources, problem_files

# What was not sent is told of for so long.
_MEMORY = timedelta(days=7)
# A worker that has been silent for so long is not well; a look may take its interval thrice.
_SILENCE = timedelta(seconds=60)
# With less room than this, in bytes, the database is about to be in trouble.
_LITTLE_ROOM = 16 * 2**20


def status(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, with all there is.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Print nothing if a bot runs and is well, else exit with 1: a health check.")
    ] = False,
) -> None:
    """Show whether the bot is well, what is owed, and how each source fares.

    Of a source that is: within reach or since when not, the last look and change, digests, and every problem.
    """
    settings = load_settings(needed=())
    now = SystemClock().now()
    told = asyncio.run(_status(settings, now, health_only=check and not as_json))
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not check:
        # Not loaded for a health check, which comes every half a minute.
        from bot.cli.status_shown import lines  # noqa: PLC0415

        typer.echo("\n".join(lines(told, now=now)))
    if check and told["unwell"]:
        for reason in told["unwell"]:
            typer.echo(f"digest-bot: {reason}", err=True)
        raise typer.Exit(1)


async def _status(settings: Settings, now: datetime, *, health_only: bool) -> dict[str, Any]:
    async with open_database(settings.database) as database, database.snapshot() as tx:
        unwell = _unwell(await heartbeats(tx), now, settings)
        # Of the rest some is counted, and a health check comes every half a minute.
        if health_only:
            return {"unwell": unwell}
        places = _places(settings)
        seen = await all_sources(tx)
        unseen = [_never_looked_at(name, places) for name in places if name not in {source.name for source in seen}]
        return {
            "unwell": unwell,
            "digests": await digests.count_digests(tx),
            "subscribers": await subscribers.count_by_state(tx),
            "access": await access_told(tx, settings, now=now),
            **await delivery_told(tx, settings, now=now, memory=_MEMORY),
            "sources": [await _source(tx, source, places) for source in seen] + unseen,
            "not_sent": [
                {"source": source, "path": path, "reason": reason}
                for source, path, reason in await digests.digests_not_sent(tx, since=now - _MEMORY)
            ],
        }


def _places(settings: Settings) -> dict[str, str]:
    beside = settings.database.parent
    return {source.name: open_files(source.name, source.place, beside=beside).place for source in settings.sources}


async def _source(tx: Transaction, source: Source, places: dict[str, str]) -> dict[str, Any]:
    was_asked = source.last_look is not None or source.unreachable_since is not None
    return {
        "name": source.name,
        # None: the settings that `status` was given name it no more, or not here.
        "place": places.get(source.name),
        "reachable": source.unreachable_since is None if was_asked else None,
        "unreachable_since": _written(source.unreachable_since),
        "first_look_complete": source.first_look_complete,
        "last_look": _written(source.last_look),
        "last_change": _written(source.last_change),
        "digests": await digests.count_digests(tx, source_id=source.id),
        "problem": source.problem,
        "unreadable": [file.problem for file in await problem_files(tx, source.id)],
    }


def _never_looked_at(name: str, places: dict[str, str]) -> dict[str, Any]:
    nothing = ("reachable", "unreachable_since", "last_look", "last_change", "problem")
    told = {"name": name, "place": places[name], "first_look_complete": False, "digests": 0, "unreadable": []}
    return told | dict.fromkeys(nothing)


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _unwell(beats: dict[str, datetime], now: datetime, settings: Settings) -> list[str]:
    # A health check that was told of no source goes by the one that a bot has without being told.
    sources = {source.name: source.poll_interval for source in settings.sources} or {MAIN: settings.poll_interval}
    patience = {"deliver": _SILENCE}
    patience |= {heartbeat_of(name): max(_SILENCE, 3 * interval) for name, interval in sources.items()}
    reasons = [*_disk(settings.database)]
    for worker, longest in patience.items():
        if worker not in beats:
            reasons.append(f"the worker `{worker}` has never run: start the bot with `digest-bot run`")
        elif now - beats[worker] > longest:
            silence = (now - beats[worker]).total_seconds()
            reasons.append(f"the worker `{worker}` has been silent for {silence:.0f} s: see the bot's log, restart it")
    return reasons


def _disk(database: Path) -> Iterator[str]:
    free = shutil.disk_usage(database.parent).free
    if free < _LITTLE_ROOM:
        told = f"{free // 2**20} MiB are left on the disk of {database}"
        yield f"{told}: make room; the bot sends nothing that it cannot write down, and goes on by itself"
