"""`digest-bot status`: what is there, what is owed, and whether the bot is well."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock
from bot.settings import Settings, load_settings
from storage import deliveries, digests, subscribers
from storage.database import Transaction, open_database
from storage.heartbeats import heartbeat_of, heartbeats
from storage.sources import MAIN, Source, all_sources, problem_files

# What was not sent is told of for so long.
_MEMORY = timedelta(days=7)
# A worker that has been silent for so long is not well; a look may take its interval thrice.
_SILENCE = timedelta(seconds=60)


def status(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 if no running bot is well: for a health check.")
    ] = False,
) -> None:
    """Show how many digests and subscribers there are, what is owed, and each source's last look and problems."""
    settings = load_settings(needed=())
    told = asyncio.run(_status(settings, SystemClock().now()))
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not check:
        _print(told)
    if check and told["unwell"]:
        for reason in told["unwell"]:
            typer.echo(f"digest-bot: {reason}", err=True)
        raise typer.Exit(1)


async def _status(settings: Settings, now: datetime) -> dict[str, Any]:
    async with open_database(settings.database) as database, database.snapshot() as tx:
        return {
            "digests": await digests.count_digests(tx),
            "subscribers": await subscribers.count_by_state(tx),
            "outbox": await deliveries.count_by_state(tx),
            "sources": [await _source(tx, source) for source in await all_sources(tx)],
            "not_sent": [
                {"path": path, "reason": reason}
                for path, reason in await digests.digests_not_sent(tx, since=now - _MEMORY)
            ],
            "unwell": _unwell(await heartbeats(tx), now, settings),
        }


async def _source(tx: Transaction, source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "first_look_complete": source.first_look_complete,
        "last_look": None if source.last_look is None else source.last_look.isoformat(),
        "last_change": None if source.last_change is None else source.last_change.isoformat(),
        "digests": await digests.count_digests(tx, source_id=source.id),
        "problem": source.problem,
        "unreadable": [file.problem for file in await problem_files(tx, source.id)],
    }


def _unwell(beats: dict[str, datetime], now: datetime, settings: Settings) -> list[str]:
    # A health check that was told of no source goes by the one that a bot has without being told.
    sources = {source.name: source.poll_interval for source in settings.sources} or {MAIN: settings.poll_interval}
    patience = {"deliver": _SILENCE}
    patience |= {heartbeat_of(name): max(_SILENCE, 3 * interval) for name, interval in sources.items()}
    reasons = []
    for worker, longest in patience.items():
        if worker not in beats:
            reasons.append(f"the worker `{worker}` has never run: start the bot with `digest-bot run`")
        elif now - beats[worker] > longest:
            silence = (now - beats[worker]).total_seconds()
            reasons.append(f"the worker `{worker}` has been silent for {silence:.0f} s: see the bot's log, restart it")
    return reasons


def _print(told: dict[str, Any]) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_row("Digests", str(told["digests"]))
    table.add_row("Subscribers", _counts(told["subscribers"]))
    table.add_row("Outbox", _counts(told["outbox"]))
    for source in told["sources"]:
        table.add_row(f"Source {source['name']}", _story(source))
        for problem in filter(None, [source["problem"], *source["unreadable"]]):
            table.add_row("", f"✗ {problem}")
    for digest in told["not_sent"]:
        table.add_row("Not sent", f"{digest['path']}: {digest['reason']} (send it: digest-bot publish PATH)")
    for reason in told["unwell"]:
        table.add_row("Unwell", reason)
    Console(highlight=False, markup=False, emoji=False).print(table)


def _story(source: dict[str, Any]) -> str:
    problems = len(source["unreadable"]) + (source["problem"] is not None)
    told = [
        f"{source['digests']} digests",
        f"last look {source['last_look'] or 'never'}",
        f"last change {source['last_change'] or 'never'}",
        f"{problems} problem{'' if problems == 1 else 's'}",
    ]
    return ", ".join(told) + ("" if source["first_look_complete"] else ", first look not complete")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {state}" for state, number in counts.items()) or "none"
