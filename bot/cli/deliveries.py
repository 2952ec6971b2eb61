"""`digest-bot deliveries`: who got a digest, who did not, and why."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.deliveries_shown import ForAPerson
from bot.cli.deliveries_told import AsJson
from bot.cli.no_delivery import why_none
from bot.cli.problems import UsageProblem
from bot.cli.reading import source_around
from bot.cli.report import Report, report
from bot.cli.the_digest import the_digest
from bot.clock import SystemClock
from bot.load_settings import load_settings
from bot.settings import Settings
from storage.audit import START, Audit, audits
from storage.database import Database, Transaction, open_database
from storage.finding import last_owed
from storage.members import Member, members_of, members_without
from storage.pauses import present_pause

# Who did not get it comes first.
_STATES = ("failed", "skipped", "sending", "waiting", "sent")
# The "state" of a subscriber that has no delivery; told of when it is asked for.
_NONE = "none"
# Digests that are listed, and chats of one that a person would read.
_LAST, _MOST = 10, 50
# Rows read at a time: nothing grows with how many there are, and nothing is held up while they are shown.
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the deliveries of a digest, and who is to be told."""

    # None: of every chat.
    chat_id: int | None
    # None: in any state.
    states: tuple[str, ...] | None
    # None: however many there are.
    most: int | None
    teller: ForAPerson | AsJson
    now: datetime
    zone: tzinfo


def deliveries(
    *,
    digest: Annotated[
        str | None,
        typer.Option(help="Its id, its path or that of its file, or its permalink.", show_default="lists the last ten"),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="The source, if several have this path.", show_default=False)
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(help=f"Only these, with commas between: {', '.join(_STATES)}, {_NONE}.", show_default=False),
    ] = None,
    chat: Annotated[
        int | None, typer.Option(help="Only this chat, and why it has none, if so.", show_default=False)
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help=f"Every chat, not only {_MOST}.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="A JSON object for the digest, then one a line for each chat.")
    ] = False,
) -> None:
    """Tell who got a digest, who did not, and why; without --digest, how the last ten fared.

    It only reads, and can be asked while the bot runs.
    """
    if state is not None and chat is not None:
        raise UsageProblem("--state picks among chats, and --chat names one: leave one of them out")
    settings = load_settings(needed=())
    now = SystemClock().now()
    teller = AsJson() if as_json else ForAPerson(now, settings.timezone)
    asked = _Asked(chat, _states(state), None if everyone or as_json else _MOST, teller, now, settings.timezone)
    if digest is not None and source is None:
        digest, source = _in_its_source(digest, settings)
    asyncio.run(_tell(settings.database, digest, source, asked))


def _in_its_source(named: str, settings: Settings) -> tuple[str, str | None]:
    """Give path and source of what is named as a file, as `publish` is told; any other name as it is."""
    # Of a name too long for a file, `Path.is_file` raises an error.
    found = source_around(Path(named), settings) if os.path.isfile(named) else None  # noqa: PTH113
    return (named, None) if found is None else (found[1], found[0].name)


def _states(named: str | None) -> tuple[str, ...] | None:
    states = None if named is None else tuple(name.strip() for name in named.split(",") if name.strip())
    if unknown := sorted({*(states or ())} - {*_STATES, _NONE}):
        raise UsageProblem(f"--state {','.join(unknown)}: there are {', '.join(_STATES)}, {_NONE}")
    return states


async def _tell(path: Path, named: str | None, source: str | None, asked: _Asked) -> None:
    async with open_database(path) as database:
        async with database.snapshot() as tx:
            found = await last_owed(tx, limit=_LAST) if named is None else [await the_digest(tx, named, source=source)]
            reports = [await report(tx, digest, now=asked.now, whole=named is not None) for digest in found]
            pause = await present_pause(tx)
        # One that was ended is over as soon as a bot runs.
        if pause is not None and pause.decision is None:
            asked.teller.paused(pause.since)
        if named is None and (asked.chat_id is None or not reports):
            asked.teller.several(reports)
            return
        for each in reports:
            asked.teller.digest(each, whole=named is not None)
            if asked.chat_id is None:
                await _tell_all(database, each, asked)
            else:
                if named is not None:
                    asked.teller.columns()
                await _tell_chat(database, each, asked.chat_id, asked)


async def _tell_all(database: Database, each: Report, asked: _Asked) -> None:
    asked.teller.counts(each)
    told = 0
    async for found in _listed(database, each, asked):
        if not told:
            asked.teller.columns()
        _tell_of(found, each, asked)
        told += 1
    if told == asked.most:
        asked.teller.more(told)


async def _listed(database: Database, each: Report, asked: _Asked) -> AsyncIterator[Audit | Member]:
    there = {count.state for count in each.counts} | ({_NONE} if each.without else set())
    left = asked.most
    for state in asked.states or _STATES:
        after = START
        while state in there and left != 0:
            limit = _CHUNK if left is None else min(left, _CHUNK)
            async with database.snapshot() as tx:
                found = await _page(tx, each.digest.id, state, after=after, limit=limit)
            for one in found:
                yield one
            left = None if left is None else left - len(found)
            if len(found) < limit:
                break
            after = _place(found[-1])


async def _page(
    tx: Transaction, digest_id: int, state: str, *, after: tuple[int, str], limit: int
) -> Sequence[Audit | Member]:
    if state == _NONE:
        return await members_without(tx, digest_id, after=after[0], limit=limit)
    return await audits(tx, digest_id, after=after, state=state, limit=limit)


def _place(one: Audit | Member) -> tuple[int, str]:
    match one:
        case Audit(subscriber_id=subscriber_id, kind=kind):
            return subscriber_id, kind
        case Member(subscriber):
            return subscriber.id, ""


def _tell_of(one: Audit | Member, each: Report, asked: _Asked) -> None:
    match one:
        case Audit():
            asked.teller.delivery(each, one)
        case Member(subscriber):
            why = why_none(one, each.owed, now=asked.now, zone=asked.zone)
            asked.teller.none(subscriber.address.chat_id, one, why)


async def _tell_chat(database: Database, each: Report, chat_id: int, asked: _Asked) -> None:
    async with database.snapshot() as tx:
        members = await members_of(tx, chat_id)
        # A listing begins after what it is given.
        owed = [await audits(tx, each.digest.id, after=(member.subscriber.id, ""), limit=2) for member in members]
    if not members:
        asked.teller.none(chat_id, None, why_none(None, each.owed, now=asked.now, zone=asked.zone))
    for member, found in zip(members, owed, strict=True):
        its = [audit for audit in found if audit.subscriber_id == member.subscriber.id]
        for audit in its:
            _tell_of(audit, each, asked)
        if not its:
            _tell_of(member, each, asked)
