"""Show a digest in a person's chat as it is delivered, the button for what is left included."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.chat.answer import Answer
from bot.chat.keyboards import button, keyboard
from bot.chat.request import Request
from bot.messages.rest import BEGINNING, Place, ask_for
from bot.messages.taps import ShowRest
from bot.messages.view import MessagePart, render
from storage.model import ALL, Heading, Layout, Selection, StoredDigest

_NO_HEADINGS: Mapping[int, Heading] = MappingProxyType({})


async def as_delivered(
    request: Request, stored: StoredDigest, *, layout: Layout, start: Place = BEGINNING
) -> list[Answer]:
    """Show the parts of *stored*, from *start* on; none when it ends before that."""
    parts = await parts_of(request, stored, layout=layout, start=start)
    return in_chat(parts, digest_id=stored.id, revision=stored.revision, layout=layout)


async def parts_of(
    request: Request,
    stored: StoredDigest,
    *,
    layout: Layout,
    start: Place = BEGINNING,
    most: int | None = None,
    selection: Selection = ALL,
    headings: Mapping[int, Heading] = _NO_HEADINGS,
    linked: bool = True,
) -> tuple[MessagePart, ...]:
    """Make the parts of what *selection* shows of *stored*, at most *most* (None: as many as a digest may have).

    *linked*: what no part shows may be a link to the permalink, as `render` has it.
    """
    # In a thread: a digest of 800 items takes long enough for others to notice.
    return await asyncio.to_thread(
        render,
        stored.digest,
        layout=layout,
        language=request.language,
        most=most or request.services.most_parts,
        start=start,
        selection=selection,
        headings=headings,
        linked=linked,
    )


def in_chat(
    parts: Sequence[MessagePart], *, digest_id: int, revision: int, layout: Layout, rest: type[ShowRest] = ShowRest
) -> list[Answer]:
    """Give *parts* as answers, a button of the kind *rest* under the one that leaves something to be read."""
    answers = [Answer(part.text, part.entities) for part in parts]
    last = parts[-1].rest if parts else None
    if last is None:
        return answers
    tap = ask_for(last, digest_id=digest_id, revision=revision, layout=layout, kind=rest)
    return [*answers[:-1], replace(answers[-1], keyboard=keyboard([button(last.label, tap)]))]
