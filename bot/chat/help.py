"""`/help`, and what is said to what nobody understands."""

from collections.abc import Iterable
from difflib import get_close_matches

from bot.chat.answer import Answer
from bot.chat.menu import ADMINISTRATORS_MENU, MENU, OPERATORS_MENU, READERS_MENU
from bot.chat.outlook import examples
from bot.chat.request import Request
from bot.chat.rhythm import LATELY
from bot.messages.phrases import phrase
from storage.category_pages import category_page

_LONGEST_SHOWN = 33
# What others chose is nothing to show.
_NOBODY = 0


async def help_(request: Request) -> list[Answer]:
    """List the commands, with examples that work here."""
    language, now = request.language, request.services.clock.now()
    async with request.services.database.snapshot() as tx:
        busiest = await category_page(tx, _NOBODY, since=now - LATELY, now=now, page=0, size=2)
    one, other = examples(language, [each.category for each in busiest.offers])
    commands = _in_group(request) if request.in_group else _told(language, _menu(request))
    return [Answer("\n".join([*commands, "", phrase(language, "help-examples", one=one, other=other)]))]


async def not_understood(request: Request) -> list[Answer]:
    """Say in one line where to go on."""
    language, text = request.language, request.text
    if not text.startswith("/"):
        return [Answer(phrase(language, "unknown-text"))]
    command = text.split()[0].partition("@")[0][:_LONGEST_SHOWN]
    near = get_close_matches(command.lower(), [f"/{name}" for name in _menu(request)], n=1)
    if near:
        return [Answer(phrase(language, "unknown-command-near", command=command, near=near[0]))]
    return [Answer(phrase(language, "unknown-command", command=command))]


def _in_group(request: Request) -> list[str]:
    """Tell first what everybody may."""
    language, others = request.language, [name for name in _menu(request) if name not in READERS_MENU]
    heading = phrase(language, "help-administrators")
    return [*_told(language, READERS_MENU), "", heading, *_told(language, others)]


def _told(language: str, names: Iterable[str]) -> list[str]:
    return [f"/{name} · {phrase(language, f'command-{name}')}" for name in names]


def _menu(request: Request) -> tuple[str, ...]:
    if request.in_group:
        # Where there are topics.
        has_topics = request.group is not None and request.group.is_forum
        return tuple(name for name in ADMINISTRATORS_MENU if has_topics or name != "route")
    return OPERATORS_MENU if request.is_operator else MENU
