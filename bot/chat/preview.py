"""Exactly what a chat that is set up from elsewhere would get, shown to whoever sets it up, and the word to begin."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.chat.answer import Add, Answer, Reaction, Replace, Toast
from bot.chat.ending_view import link_rows
from bot.chat.keyboards import button, keyboard
from bot.chat.lacking import lacking
from bot.chat.managing import first_choices
from bot.chat.posting import Preview, StartPosting, is_on
from bot.chat.previewed import Previewed, find_latest
from bot.chat.refused import sentence
from bot.chat.request import Request
from bot.chat.settings import ShowSettings, all_settings
from bot.messages.choices import gets_anything, state
from bot.messages.ending import has_text
from bot.messages.parts import MessagePart, in_words, with_ending
from bot.messages.phrases import choose_language, phrase
from bot.messages.roundup import render_roundup
from bot.messages.view import render
from storage.model import NO_ENDING, Heading
from storage.subscribers import subscriber_at
from storage.told import headings


async def show_preview(request: Request, _: Preview) -> Reaction:
    """Send what the chat would get of the latest that it asks for; below it, the word to begin if it does not yet."""
    language, preferences = request.language, request.preferences
    if not gets_anything(preferences):
        said = state(language, preferences, whom=request.whom)
        return Add([Answer(said, keyboard=keyboard(first_choices(language)))])
    found = await find_latest(request)
    parts = await _laid_out(request, found)
    shown = [_as_there(request, part, last=number == len(parts)) for number, part in enumerate(parts, 1)]
    said = phrase(language, "previewed" if shown else "nothing-to-preview", on=int(is_on(request)))
    begin = [] if is_on(request) else [button(phrase(language, "button-begin"), StartPosting())]
    settings = button(phrase(language, "button-all-settings"), ShowSettings())
    return Add([*shown, Answer(said, keyboard=keyboard(begin, [settings]))])


async def start_posting(request: Request, _: StartPosting) -> Reaction:
    """Let the chat get what it asks for from now on, unless the bot may not write there."""
    lacks = await lacking(request)
    if lacks is not None:
        return Toast(sentence(request, lacks))
    async with request.services.database.transaction() as tx:
        await request.ensure_subscriber(tx, starting=True)
        started = await subscriber_at(tx, request.address)
    return Replace(all_settings(replace(request, subscriber=started)))


async def _laid_out(request: Request, found: Sequence[Previewed]) -> Sequence[MessagePart]:
    """Lay it out as the delivery would: one digest by itself, several as a roundup."""
    if not found:
        return []
    async with request.services.database.snapshot() as tx:
        named = await headings(tx, [digest_id for each in found for _, digest_id in each.selection.told])
    # In a thread: a digest of 800 items takes long enough for others to notice.
    return await asyncio.to_thread(_render, request, found, named)


def _render(request: Request, found: Sequence[Previewed], named: Mapping[int, Heading]) -> Sequence[MessagePart]:
    layout, most, newest = request.preferences.layout, request.services.most_parts, found[-1].stored.digest
    language = choose_language(request.preferences.language or newest.language)
    options: dict[str, Any] = {"layout": layout, "language": language, "most": most, "headings": named}
    signed = has_text(request.preferences.ending)
    if len(found) == 1:
        return render(newest, selection=found[0].selection, signed=signed, **options)
    collected = [(each.stored.digest, each.selection) for each in found]
    return render_roundup(collected, signed=signed, **options)


def _as_there(request: Request, part: MessagePart, *, last: bool) -> Answer:
    # There are no buttons for what is left: anybody could press them.
    said, preferences = in_words(part), request.preferences
    ending, links = preferences.ending if last else NO_ENDING, None
    if ending.links:
        links = keyboard(*link_rows(ending))
    said = with_ending(said, ending)
    return Answer(said.text, said.entities, links, as_it_is=True, previews=preferences.previews)
