"""`digest-bot import` and `digest-bot search`: filling the archive, and looking into it."""

import asyncio
import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from bot.cli.counted import counted
from bot.cli.problems import UsageProblem
from bot.cli.reading import source_around
from bot.clock import SystemClock
from bot.digests.spellings import other_spellings
from bot.import_ import Belongs, Imported, import_files
from bot.load_settings import load_settings
from bot.settings import Settings
from bot.source_settings import SourceSettings
from bot.sources.opening import open_files
from storage.database import open_database
from storage.model import Hit
from storage.search import find
from storage.search_query import read_query
from storage.sources import MAIN

_MOST_HITS = 50


def import_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders of digest files, the source or others.", show_default="every source"),
    ] = None,
) -> None:
    """Read digests into the archive; nothing is sent for them.

    Once the bot has taken its first look at the source, what is young enough to be news is left to it.
    """
    settings = load_settings(needed=() if paths else ("source",))
    works = [_work(path, settings) for path in paths or ()] or [_Work(source) for source in settings.sources]
    imported = asyncio.run(_import(settings, works))
    typer.echo(
        f"{counted(imported.stored, 'digest')} stored, {counted(imported.unchanged, 'file')} unchanged, "
        f"{imported.left_out} left out, "
        f"{imported.left_to_bot} left to the bot, {imported.unreadable} unreadable"
    )


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help="What the items must have, every word of it; as in the chat also `category:AI`, `from:x.com`, "
            "`since:2025-06` and, after a `--`, `-without`.",
            show_default=False,
        ),
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line for each item.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=_MOST_HITS, help="How many items at most.")] = 10,
) -> None:
    """Search the items of the archive, the newest first."""
    settings = load_settings(needed=())
    hits = asyncio.run(_search(settings, " ".join(words), limit))
    if as_json:
        for hit in hits:
            typer.echo(json.dumps(_told(hit), ensure_ascii=False))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    for hit in hits:
        console.print(f"{hit.at:%Y-%m-%d %H:%M}  {hit.item.headline.text or hit.item.summary.text}", soft_wrap=True)
        if hit.item.link:
            console.print(f"                  {hit.item.link}", soft_wrap=True)
    if not hits:
        typer.echo("nothing found", err=True)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be imported: a source, or a folder."""

    source: SourceSettings
    below: str = ""
    belongs: Belongs = Belongs.WHOLE


def _work(place: Path, settings: Settings) -> _Work:
    """Find out in which source the digests of *place* have the paths that it knows them by."""
    if not place.is_dir():
        raise UsageProblem(f"{place}: is no folder; name one with digest files in it")
    found = source_around(place, settings)
    if found is not None:
        source, below = found
        return _Work(source) if below == "." else _Work(source, f"{below}/", Belongs.PART)
    name = settings.sources[0].name if settings.sources else MAIN
    return _Work(SourceSettings(name, place, settings.site, settings.poll_interval), belongs=Belongs.ELSEWHERE)


async def _import(settings: Settings, works: list[_Work]) -> Imported:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    total = Imported()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        async with open_database(settings.database) as database:
            for work in works:
                digest_files = open_files(work.source.name, work.source.place, beside=settings.database.parent)
                task = progress.add_task(f"{digest_files.place}/{work.below}".rstrip("/"), total=None)
                total += await import_files(
                    database,
                    digest_files,
                    below=work.below,
                    source=work.source,
                    clock=SystemClock(),
                    catch_up=settings.catch_up_limit,
                    belongs=work.belongs,
                    progressed=partial(_show, progress, task),
                )
    return total


def _show(progress: Progress, task: TaskID, done: int, of: int) -> None:
    progress.update(task, completed=done, total=of)


async def _search(settings: Settings, words: str, limit: int) -> list[Hit]:
    query = read_query(words, category_of=partial(_category, settings), spellings_of=other_spellings)
    async with open_database(settings.database) as database, database.snapshot() as tx:
        return await find(tx, query, now=SystemClock().now(), limit=limit)


def _category(settings: Settings, name: str) -> str | None:
    category = settings.site.categories.read(name)
    return category.folded if category else None


def _told(hit: Hit) -> dict[str, str | None]:
    return {
        "headline": hit.item.headline.text,
        "link": hit.item.link,
        "summary": hit.item.summary.text,
        "section": hit.item.section,
        "digest": hit.title,
        "date": hit.at.isoformat(),
        "permalink": hit.permalink,
    }
