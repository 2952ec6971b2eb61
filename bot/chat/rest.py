"""The buttons under the last part of what was sent: they send what the parts left out."""

import asyncio
from collections.abc import Sequence

from bot.chat.answer import AddOnce, Reaction, Toast
from bot.chat.as_delivered import in_chat, parts_of
from bot.chat.request import Request
from bot.messages.parts import MessagePart
from bot.messages.phrases import phrase
from bot.messages.rest import asked_for
from bot.messages.roundup import Chosen, render_roundup
from bot.messages.selected import left_out
from bot.messages.taps import ShowLeftOut, ShowRest, ShowRestOfRoundup, ShowRestOfSelected
from storage.database import Transaction
from storage.digests import digest_by_id, readable_digest
from storage.model import ALL, MadeOf, Selection
from storage.told import headings, sent_as


async def show_rest(request: Request, tap: ShowRest) -> Reaction:
    """Send the parts that follow, as many as a digest may have, of the revision that the person began to read."""
    return await _show(request, tap, ALL)


async def show_rest_of_selected(request: Request, tap: ShowRestOfSelected) -> Reaction:
    """Send the parts that follow of what the person was shown of a digest."""
    return await _show(request, tap, await _selection(request, tap))


async def show_left_out(request: Request, tap: ShowLeftOut) -> Reaction:
    """Send what the person was not shown of a digest; all of it when that is not known any more."""
    selection = await _selection(request, tap)
    return await _show(request, tap, selection, others=selection != ALL)


async def show_rest_of_roundup(request: Request, tap: ShowRestOfRoundup) -> Reaction:
    """Send the parts that follow of a roundup."""
    async with request.services.database.snapshot() as tx:
        made_of = await _sent(tx, request, tap, kind="roundup")
        collected = await _collected(tx, made_of) if made_of else []
        named = await headings(tx, [told for _, selection in collected for _, told in selection.told])
    asked = asked_for(tap)
    if asked is None or not collected:
        return _gone(request)
    layout, start = asked
    parts = await asyncio.to_thread(
        render_roundup,
        collected,
        language=request.language,
        layout=layout,
        most=request.services.most_parts,
        start=start,
        headings=named,
    )
    return _add(request, tap, parts)


async def _show(request: Request, tap: ShowRest, selection: Selection, *, others: bool = False) -> Reaction:
    """Send what follows of *selection*, or of all that is not in it."""
    async with request.services.database.snapshot() as tx:
        now = request.services.clock.now()
        stored = await readable_digest(tx, tap.digest_id, revision=tap.revision, now=now)
        named = await headings(tx, [told for _, told in selection.told])
    asked = asked_for(tap)
    if stored is None or asked is None:
        return _gone(request)
    layout, start = asked
    shown = left_out(stored.digest, selection) if others else selection
    parts = await parts_of(request, stored, layout=layout, start=start, selection=shown, headings=named)
    return _add(request, tap, parts)


async def _selection(request: Request, tap: ShowRest) -> Selection:
    """What the person was shown of the digest; all of it where that is known no more, or was of another revision."""
    async with request.services.database.snapshot() as tx:
        made_of = await _sent(tx, request, tap, kind="digest")
    return made_of.selection if made_of and made_of.revision == tap.revision else ALL


async def _sent(tx: Transaction, request: Request, tap: ShowRest, *, kind: str) -> MadeOf | None:
    subscriber = request.subscriber
    return await sent_as(tx, subscriber.id, tap.digest_id, kind=kind) if subscriber else None


async def _collected(tx: Transaction, made_of: MadeOf) -> Chosen:
    return [
        ((await digest_by_id(tx, each.digest_id, revision=each.revision)).digest, each.selection)
        for each in made_of.collected
    ]


def _add(request: Request, tap: ShowRest, parts: Sequence[MessagePart]) -> Reaction:
    asked = asked_for(tap)
    if asked is None or not parts:
        return _gone(request)
    layout, _ = asked
    answers = in_chat(parts, digest_id=tap.digest_id, revision=tap.revision, layout=layout, rest=type(tap))
    return AddOnce(answers, others_stay=True)


def _gone(request: Request) -> Toast:
    return Toast(phrase(request.language, "old-digest"))
