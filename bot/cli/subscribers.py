"""`digest-bot subscribers export` and `import`: moving in from another bot, and out again."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli import wishes
from bot.cli.counted import counted
from bot.cli.problems import UsageProblem
from bot.clock import SystemClock
from bot.digests.categories import categories_of
from bot.due import next_roundup
from bot.letting_in import keep_others_out
from bot.load_settings import load_settings
from bot.settings import Settings
from storage.categories import ensure_category
from storage.database import Database, open_database
from storage.model import Address, Preferences, Subscriber, SubscriberState
from storage.subscribers import all_subscribers, import_subscribers
from storage.wishes import import_wishes

app = typer.Typer(
    help="Move subscribers in from another bot, and out.\n\nEach line of a file is one subscriber: "
    '{"chat_id": 7, "type": "private", "language": "zh", "everything": false, "categories": ["AI"]}',
    no_args_is_help=True,
    add_completion=False,
)

# Subscribers in one transaction: few enough that a running bot is not kept waiting.
_BATCH = 5000
_TYPES = ("private", "group", "supergroup", "channel")
_JSON = {int: "a whole number", bool: "true or false", str: "a text"}
# Ids have at most 52 significant bits (core.telegram.org/bots/api#chat).
_LARGEST_ID = 1 << 52
_KEYS = (
    "chat_id", "topic_id", "type", "language", "everything", "categories", "layout", "state", "subscribed_by",
    *wishes.KEYS,
)  # fmt: skip


@app.command("export")
def export(
    file: Annotated[typer.FileTextWrite, typer.Argument(help="Where to; - for the screen.", encoding="utf-8")],
) -> None:
    """Write all subscribers, one JSON object a line; who does not receive now (paused, gone, stopped) has a state."""
    written = asyncio.run(_export(load_settings(needed=()), file))
    typer.echo(f"{counted(written, 'subscriber')} written", err=True)


@app.command("import")
def import_(
    file: Annotated[typer.FileText, typer.Argument(help="Where from; - for standard input.", encoding="utf-8-sig")],
) -> None:
    """Read subscribers, one JSON object a line; one that is there already becomes what the line says.

    A line that cannot be read stops the import and is named; the lines before it may be in. It can be repeated.
    """
    read = asyncio.run(_import(load_settings(needed=()), file))
    typer.echo(f"{counted(read, 'subscriber')} read", err=True)


async def _export(settings: Settings, file: TextIO) -> int:
    written = 0
    async with open_database(settings.database) as database, database.snapshot() as tx:
        async for subscriber in all_subscribers(tx):
            file.write(json.dumps(_told(subscriber), ensure_ascii=False) + "\n")
            written += 1
    return written


async def _import(settings: Settings, file: TextIO) -> int:
    read = 0
    async with open_database(settings.database) as database:
        known: dict[str, int] = {}
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task("subscribers", total=None)
            lines = _subscribers(file)
            while batch := list(islice(lines, _BATCH)):
                await _store(database, batch, known)
                read += len(batch)
                progress.update(task, completed=read)
            progress.update(task, total=read)
        await keep_others_out(database, settings.access, settings.admins, now=SystemClock().now())
    return read


async def _store(database: Database, batch: Iterable[Subscriber], known: dict[str, int]) -> None:
    async with database.transaction() as tx:
        arrivals = []
        for subscriber in batch:
            for category in subscriber.preferences.categories:
                if category.folded not in known:
                    known[category.folded] = await ensure_category(tx, category)
            arrivals.append((subscriber, [known[category.folded] for category in subscriber.preferences.categories]))
        now = SystemClock().now()
        await import_subscribers(tx, arrivals, now=now)
        subscribers = [subscriber for subscriber, _ in arrivals]
        await import_wishes(tx, [(each, next_roundup(each.preferences.schedule, after=now)) for each in subscribers])


def _told(subscriber: Subscriber) -> dict[str, Any]:
    address, preferences = subscriber.address, subscriber.preferences
    told: dict[str, Any] = {
        "chat_id": address.chat_id,
        "type": subscriber.type,
        "language": preferences.language,
        "everything": preferences.everything,
        "categories": [category.name for category in preferences.categories],
    }
    # What is as usual is left out, so that a line is no longer than it need be.
    if address.topic_id:
        told["topic_id"] = address.topic_id
    if preferences.layout != "full":
        told["layout"] = preferences.layout
    if subscriber.state is not SubscriberState.ACTIVE:
        told["state"] = subscriber.state
    if subscriber.subscribed_by is not None:
        told["subscribed_by"] = subscriber.subscribed_by
    return told | wishes.told_wishes(preferences)


def _subscribers(file: TextIO) -> Iterator[Subscriber]:
    for number, line in enumerate(_lines(file), start=1):
        if line.strip():
            try:
                yield _subscriber(json.loads(line))
            except json.JSONDecodeError as error:
                raise UsageProblem(f"line {number}: is no JSON: {error.msg}") from error
            except ValueError as error:
                raise UsageProblem(f"line {number}: {error}") from error


def _lines(file: TextIO) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError as error:
        raise UsageProblem(f"{file.name}: is not UTF-8; save it as UTF-8") from error


def _subscriber(told: object) -> Subscriber:
    """Read one subscriber; ValueError says what is wrong."""
    if not isinstance(told, dict):
        raise ValueError("is no JSON object")  # noqa: TRY004 - one kind of error for all that a line can have
    unknown = told.keys() - set(_KEYS)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: unknown; there are {', '.join(_KEYS)}")
    return Subscriber(
        id=0,
        address=Address(_checked(told, "chat_id", int), _checked(told, "topic_id", int, 0)),
        type=_one_of(told, "type", _TYPES, "private"),
        state=SubscriberState(_one_of(told, "state", tuple(SubscriberState), SubscriberState.ACTIVE)),
        preferences=Preferences(
            everything=_checked(told, "everything", bool, default=False),
            categories=categories_of(_names(told)),
            layout=_one_of(told, "layout", ("full", "headlines"), "full"),
            language=_checked(told, "language", str, None),
            **wishes.read_wishes(told),
        ),
        subscribed_by=_checked(told, "subscribed_by", int, None),
    )


def _checked(told: dict[str, Any], key: str, type_: type, default: Any = ...) -> Any:  # noqa: ANN401 - JSON
    value = told.get(key, default)
    if value is ...:
        raise ValueError(f"{key} is missing")
    # To Python a bool is an int.
    if value is not default and (not isinstance(value, type_) or (type_ is int and isinstance(value, bool))):
        raise ValueError(f"{key} must be {_JSON[type_]}, and is {value!r}")
    if isinstance(value, int) and abs(value) > _LARGEST_ID:
        raise ValueError(f"{key} is larger than any of Telegram's: {value}")
    return value


def _one_of(told: dict[str, Any], key: str, values: tuple[str, ...], default: str) -> Any:  # noqa: ANN401 - a literal
    value = told.get(key, default)
    if value not in values:
        raise ValueError(f"{key} must be one of {', '.join(values)}, and is {value!r}")
    return value


def _names(told: dict[str, Any]) -> list[str]:
    names = told.get("categories", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"categories must be a list of names, and is {names!r}")
    try:
        "".join(names).encode()
    except UnicodeEncodeError:
        raise ValueError("categories hold half a character (a lone surrogate)") from None
    return names
