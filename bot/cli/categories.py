"""`digest-bot categories`: what digests call their categories, and which may be one."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.digests.doubles import Double, Why, likely_doubles
from bot.load_settings import load_settings
from bot.settings import Settings
from storage.categories import CountedCategory, Spelling, carriers, categories_with_counts, spellings
from storage.database import open_database
from storage.digests import count_digests

_NO_DIGESTS = "the archive holds no digest yet: fill it with `digest-bot import FOLDER`, or start the bot"
_NO_CATEGORIES = (
    "no digest in the archive has a category: write `categories:` into their front matter, "
    "or name the keys that mean it as category_keys in digest-bot.toml, such as tags"
)

_REASONS: dict[Why, str] = {
    "spelled alike": "spelled alike",
    "akin": "they begin alike, and no digest has both",
}


@dataclass(frozen=True, slots=True)
class _Told:
    digests: int
    counted: list[CountedCategory]
    # By folded name, the commonest first.
    spellings: dict[str, list[Spelling]]
    doubles: list[Double]


def categories(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show each category with its digests and spellings, and which may be the same.

    Those come as lines of digest-bot.toml: take the # off the right ones, and put them there.
    """
    told = asyncio.run(_told(load_settings(needed=())))
    if as_json:
        typer.echo(json.dumps(_as_json(told), ensure_ascii=False, indent=2))
        return
    if told.counted:
        Console(highlight=False, markup=False, emoji=False).print(_table(told))
    else:
        typer.echo(_NO_CATEGORIES if told.digests else _NO_DIGESTS, err=True)
    for line in _suggested(told.doubles):
        typer.echo(line)


async def _told(settings: Settings) -> _Told:
    async with open_database(settings.database) as database, database.snapshot() as tx:
        counted = await categories_with_counts(tx)
        written: dict[str, list[Spelling]] = {}
        for spelling in await spellings(tx):
            written.setdefault(spelling.category.folded, []).append(spelling)
        doubles = likely_doubles([each.category for each in counted], await carriers(tx))
        return _Told(await count_digests(tx), counted, written, doubles)


def _as_json(told: _Told) -> dict[str, Any]:
    return {
        "categories": [
            {
                "name": each.category.name,
                "digests": each.digests,
                "spellings": {one.written: one.digests for one in told.spellings[each.category.folded]},
            }
            for each in told.counted
        ],
        "perhaps_the_same": [
            {"name": double.kept.name, "other": double.other.name, "why": double.why} for double in told.doubles
        ],
    }


def _table(told: _Told) -> Table:
    table = Table("Category", box=None, pad_edge=False, header_style="bold")
    table.add_column("Digests", justify="right")
    table.add_column("Spelled", overflow="fold")
    for each in told.counted:
        written = told.spellings[each.category.folded]
        as_shown = [spelling.written for spelling in written] == [each.category.name]
        spelled = "" if as_shown else ", ".join(f"{one.written} ({one.digests})" for one in written)
        table.add_row(each.category.name, str(each.digests), spelled)
    return table


def _suggested(doubles: list[Double]) -> Iterator[str]:
    """Lines of TOML, of which an operator takes the signs off that make them remarks."""
    if not doubles:
        return
    yield ""
    yield "# Perhaps the same. Take the # off each line that is right, and put all this into digest-bot.toml."
    yield "[categories.aliases]"
    groups: dict[str, list[Double]] = {}
    for double in doubles:
        groups.setdefault(double.kept.name, []).append(double)
    for name, group in groups.items():
        others = ", ".join(_quoted(double.other.name) for double in group)
        reasons = dict.fromkeys(_REASONS[double.why] for double in group)
        yield f"# {_quoted(name)} = [{others}]  # {', '.join(reasons)}"


def _quoted(name: str) -> str:
    """Write *name* as a string of TOML; its escapes are those of JSON."""
    return json.dumps(name, ensure_ascii=False)
