"""`digest-bot announce`: tell everybody something, or some; see how far that is, pause it and cancel it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

import typer

from bot.cli.announce_text import read_file
from bot.cli.problems import UsageProblem
from bot.clock import SystemClock
from bot.digests.categories import categories_of
from bot.load_settings import load_settings
from bot.messages.announced import reached, took
from bot.settings import Settings
from storage import announcements
from storage.announced import reach
from storage.announced_counts import counts
from storage.categories import categories_with_counts
from storage.database import Transaction, open_database
from storage.model import Announcement, Audience, Content, Counts, Reach

app = typer.Typer(help="Tell everybody something, or only some, behind whatever digests are due.", add_completion=False)

_KINDS = {"people": "private", "groups": "group", "channels": "channel"}
_LISTED = 20
_ENGLISH = "en"

_Id = Annotated[int, typer.Argument(metavar="ID", help="As `digest-bot announce status` names it.", show_default=False)]


@app.callback(invoke_without_command=True)
def announce(
    context: typer.Context,
    *,
    text: Annotated[
        typer.FileText | None,
        typer.Option(
            help="The file with what to say, in Markdown; - for standard input. Last lines like "
            "`Read more - https://example.org` become buttons.",
            encoding="utf-8-sig",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only who reads this language, as `zh`; may be said again.")
    ] = None,
    to: Annotated[list[str] | None, typer.Option(help="Only people, groups or channels; may be said again.")] = None,
    category: Annotated[
        list[str] | None, typer.Option(help="Only who gets this category; may be said again.", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say to how many chats it would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it goes out.")] = False,
) -> None:
    """Announce a text; the running bot sends it, or the next one to start.

    Pictures and files are announced with /announce in the chat with the bot.
    """
    if context.invoked_subcommand is not None:
        return
    if text is None:
        raise UsageProblem("say what to announce: --text FILE, or --text - for standard input")
    settings, content = load_settings(needed=()), read_file(text)
    audience, chats = asyncio.run(_aimed(settings, language or [], to or [], category or []))
    typer.echo(_told(chats, settings.rate))
    if dry_run or not chats.chats:
        return
    # Standard input may have been the text.
    if not yes and not (text.name != "<stdin>" and typer.confirm("Send it?")):
        raise UsageProblem("nothing was sent; with --yes it goes out without a question")
    id_ = asyncio.run(_begin(settings, content, audience))
    typer.echo(f"announcement {id_} goes out: digest-bot announce status")


@app.command("status")
def status() -> None:
    """Show the last announcements: how far each is, and what became of it."""
    # Not loaded by who only sends.
    from bot.cli.announce_shown import show  # noqa: PLC0415

    show(asyncio.run(_last(load_settings(needed=()))))


@app.command("pause")
def pause(id_: _Id) -> None:
    """Send it to nobody more for now."""
    typer.echo(asyncio.run(_change(id_, announcements.pause, done="is paused: digest-bot announce resume")))


@app.command("resume")
def resume(id_: _Id) -> None:
    """Send it on from where it was paused."""
    typer.echo(asyncio.run(_change(id_, announcements.go_on, done="goes on: digest-bot announce status")))


@app.command("cancel")
def cancel(id_: _Id) -> None:
    """Send it to nobody more, for good."""
    typer.echo(asyncio.run(_change(id_, announcements.cancel, done="is cancelled: digest-bot announce status")))


async def _aimed(
    settings: Settings, languages: Sequence[str], kinds: Sequence[str], names: Sequence[str]
) -> tuple[Audience, Reach]:
    unknown = [kind for kind in kinds if kind not in _KINDS]
    if unknown:
        raise UsageProblem(f"--to {unknown[0]}: there are {', '.join(_KINDS)}")
    async with open_database(settings.database) as database, database.snapshot() as tx:
        audience = Audience(
            tuple(language.replace("_", "-").partition("-")[0].lower() for language in languages),
            tuple(_KINDS[kind] for kind in kinds),
            await _category_ids(tx, settings, names),
        )
        return audience, await reach(tx, audience)


async def _category_ids(tx: Transaction, settings: Settings, names: Sequence[str]) -> tuple[int, ...]:
    if not names:
        return ()
    ids = {each.category.folded: each.id for each in await categories_with_counts(tx)}
    for name in names:
        if not any(category.folded in ids for category in categories_of([name], settings.site.categories)):
            raise UsageProblem(f"no digest has the category {name}: digest-bot categories lists them")
    return tuple(ids[category.folded] for category in categories_of(names, settings.site.categories))


async def _begin(settings: Settings, content: Content, audience: Audience) -> int:
    now = SystemClock().now()
    async with open_database(settings.database) as database, database.transaction() as tx:
        # Nobody's: nobody is told how far it is, but by `status`.
        id_ = await announcements.open_draft(tx, None, now=now)
        await announcements.fill_draft(tx, id_, content)
        await announcements.aim(tx, id_, audience)
        await announcements.start(tx, id_, now=now)
    return id_


async def _last(settings: Settings) -> list[tuple[Announcement, Counts]]:
    async with open_database(settings.database) as database, database.snapshot() as tx:
        last = await announcements.last_announcements(tx, limit=_LISTED)
        return [(announcement, await counts(tx, announcement.id)) for announcement in last]


async def _change(id_: int, change: Callable[[Transaction, int], Awaitable[bool]], *, done: str) -> str:
    settings = load_settings(needed=())
    async with open_database(settings.database) as database, database.transaction() as tx:
        announcement = await announcements.announcement_with(tx, id_)
        if announcement is None or announcement.started_at is None:
            raise UsageProblem(f"there is no announcement {id_}: digest-bot announce status lists them")
        if not await change(tx, id_):
            state = "over" if announcement.ended_at else announcement.state.replace("fanning out", "under way")
            raise UsageProblem(f"announcement {id_} is {state.replace('done', 'under way')}: nothing was changed")
    return f"announcement {id_} {done}"


def _told(chats: Reach, rate: float) -> str:
    if not chats.chats:
        return "it is for nobody: who stopped, is paused or gone is never told"
    time = took(_ENGLISH, chats.chats, rate)
    return f"to {reached(_ENGLISH, chats)}: it takes about {time}, behind what digests are due"
