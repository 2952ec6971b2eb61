"""`digest-bot pause` and `digest-bot resume`: no broadcast goes out in between, as `/pause` and `/resume` in a chat."""

import asyncio
from typing import Annotated

import typer

from bot.cli.counted import counted
from bot.cli.problems import UsageProblem
from bot.clock import SystemClock
from bot.load_settings import load_settings
from bot.settings import Settings
from storage.database import open_database
from storage.pauses import Ending, begin_pause, count_waiting, decide_pause, paused_since, present_pause


def pause() -> None:
    """Let no digest go out until `digest-bot resume`; people are answered all the same.

    A bot that runs heeds it within a moment; what Telegram was asked for until then still arrives.
    """
    typer.echo(asyncio.run(_pause(load_settings(needed=()))))


def resume(
    *,
    send: Annotated[bool, typer.Option("--send", help="Send what waited.")] = False,
    skip: Annotated[bool, typer.Option("--skip", help="Skip what waited, but for what a chat has in part.")] = False,
) -> None:
    """Let digests go out again after `digest-bot pause`, and say what becomes of those that waited.

    Whether a bot runs or not: one that does heeds it within a moment, else the next start does.
    """
    if send and skip:
        raise UsageProblem("--send or --skip, not both")
    ending: Ending | None = "send" if send else "skip" if skip else None
    typer.echo(asyncio.run(_resume(load_settings(needed=()), ending)))


async def _pause(settings: Settings) -> str:
    async with open_database(settings.database) as database, database.transaction() as tx:
        if await begin_pause(tx, now=SystemClock().now()):
            return "paused: no digest goes out until `digest-bot resume`"
        since = await paused_since(tx)
        return f"paused already, since {since:%Y-%m-%d %H:%M} UTC"


async def _resume(settings: Settings, ending: Ending | None) -> str:
    async with open_database(settings.database) as database:
        async with database.snapshot() as tx:
            present, waiting = await present_pause(tx), await count_waiting(tx)
        if present is None:
            return "nothing is paused"
        if present.decision is not None:
            return f"resumed already: what waited is {_becomes(present.decision.ending)}"
        if ending is None and waiting.deliveries:
            raise UsageProblem(
                f"paused since {present.since:%Y-%m-%d %H:%M} UTC; "
                f"{counted(waiting.digests, 'digest')} {'waits' if waiting.digests == 1 else 'wait'} "
                f"for {counted(waiting.subscribers, 'chat')}\n"
                "digest-bot resume --send sends what waited, digest-bot resume --skip skips it"
            )
        async with database.transaction() as tx:
            await decide_pause(tx, ending or "send", now=SystemClock().now())
        if not waiting.deliveries:
            return "resumed: nothing waited"
        what = f"{counted(waiting.digests, 'digest')}, {counted(waiting.subscribers, 'chat')}"
        return f"resumed: what waited ({what}) is {_becomes(ending or 'send')}"


def _becomes(ending: Ending) -> str:
    return "sent" if ending == "send" else "skipped"
