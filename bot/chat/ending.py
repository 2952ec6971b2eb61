"""What a group or channel puts under all that it gets: administrators see it, are asked for it, and take it away."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import ForceReply

from bot.chat.answer import Add, Answer, Reaction, Replace
from bot.chat.ending_view import KINDS, AskForEnding, DropEnding, ShowEnding, link_rows, named
from bot.chat.help import not_understood
from bot.chat.keyboards import button, keyboard
from bot.chat.outlook import out_of_date
from bot.chat.request import Request
from bot.chat.settings import ShowSettings
from bot.chat.words import preferences_now
from bot.digests.builder import TextBuilder
from bot.messages.ending import has_text, text_of
from bot.messages.ending_read import Problem, read_footer, read_links, read_signature
from bot.messages.entities import from_bot_api
from bot.messages.phrases import phrase
from storage.database import Transaction
from storage.endings import set_footer, set_links, set_signature
from storage.model import NO_ENDING, Ending


@dataclass(frozen=True, slots=True)
class _Kept:
    """How one kind is asked for, kept, and nothing of it."""

    question: str
    example: str
    keep: Callable[[Transaction, int, Any], Awaitable[None]]
    nothing: Any


_KEPT: Mapping[str, _Kept] = {
    "footer": _Kept("footer-sought", "footer-example", set_footer, NO_ENDING.footer),
    "signature": _Kept("signature-sought", "signature-example", set_signature, NO_ENDING.signature),
    "links": _Kept("links-sought", "links-example", set_links, NO_ENDING.links),
}


async def show_ending(request: Request, tap: ShowEnding) -> Reaction:
    """Show what stands there; ask for it where there is nothing of the kind."""
    if not _is_there(request, tap.kind):
        return out_of_date(request.language)
    ending = request.preferences.ending
    if not KINDS[tap.kind].is_in(ending):
        return Add([_question(request.language, tap.kind)])
    return Replace(_panel(request.language, ending))


async def ask_for_ending(request: Request, tap: AskForEnding) -> Reaction:
    """Ask for it."""
    if not _is_there(request, tap.kind):
        return out_of_date(request.language)
    return Add([_question(request.language, tap.kind)])


async def drop_ending(request: Request, tap: DropEnding) -> Reaction:
    """Take it away, and show what is left."""
    if not _is_there(request, tap.kind):
        return out_of_date(request.language)
    await _keep(request, tap.kind, _KEPT[tap.kind].nothing)
    return Replace(_panel(request.language, (await preferences_now(request)).ending))


async def footer_typed(request: Request) -> list[Answer]:
    """Keep the footer that was asked for, as it is formatted."""
    message = request.message
    text, entities = (message.text or "", message.entities) if message else ("", ())
    return await _take(request, "footer", read_footer(from_bot_api(text, [each.to_dict() for each in entities])))


async def signature_typed(request: Request) -> list[Answer]:
    """Keep the name that was asked for."""
    return await _take(request, "signature", read_signature(request.text))


async def links_typed(request: Request) -> list[Answer]:
    """Keep the buttons that were asked for."""
    return await _take(request, "links", read_links(request.text))


async def _take(request: Request, kind: str, given: object) -> list[Answer]:
    """Keep what was *given* and show how it looks, or say what is wrong and ask again."""
    if request.type == "private":
        return await not_understood(request)
    if isinstance(given, Problem):
        facts = {"most": given.most, "count": given.count, "words": given.words}
        return [_question(request.language, kind, f"⚠️ {phrase(request.language, given.name, **facts)}")]
    await _keep(request, kind, given)
    return [_panel(request.language, (await preferences_now(request)).ending)]


async def _keep(request: Request, kind: str, given: object) -> None:
    async with request.services.database.transaction() as tx:
        await _KEPT[kind].keep(tx, (await request.ensure_known(tx)).id, given)


def _is_there(request: Request, kind: str) -> bool:
    """Say whether a button of ours can have asked so: in a person's own chat there are none of these."""
    return request.type != "private" and kind in KINDS


def _question(language: str, kind: str, *first: str) -> Answer:
    asked = _KEPT[kind]
    hint = phrase(language, asked.example)
    return Answer(
        "\n".join([*first, phrase(language, asked.question)]), keyboard=ForceReply(input_field_placeholder=hint)
    )


def _panel(language: str, ending: Ending) -> Answer:
    """Show it as it will look, and offer to change each kind, or to take it away."""
    shows = "text" if has_text(ending) else "links" if ending.links else "nothing"
    told = TextBuilder().append(phrase(language, "ending-shown", shows=shows))
    if has_text(ending):
        told.append("\n\n").append(text_of(ending))
    text = told.build()
    there = [key for key, kind in KINDS.items() if kind.is_in(ending)]
    return Answer(
        text.text,
        text.entities,
        keyboard(
            *link_rows(ending),
            [button(_to_set(language, kind, is_there=kind in there), AskForEnding(kind)) for kind in KINDS],
            [button(f"✕ {named(language, kind)}", DropEnding(kind)) for kind in there],
            [button(phrase(language, "button-back"), ShowSettings())],
        ),
    )


def _to_set(language: str, kind: str, *, is_there: bool) -> str:
    return f"{'✏️' if is_there else '➕'} {named(language, kind)}"
