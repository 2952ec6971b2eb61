"""Show a digest in a person's chat as it is delivered, the button for what is left included."""

import asyncio

from bot.chat.answer import Answer
from bot.chat.keyboards import button, keyboard
from bot.chat.request import Request
from bot.messages.rest import BEGINNING, Place, ask_for
from bot.messages.view import MessagePart, render
from storage.model import Layout, StoredDigest


async def as_delivered(
    request: Request, stored: StoredDigest, *, layout: Layout, start: Place = BEGINNING
) -> list[Answer]:
    """Show the parts of *stored*, from *start* on; none when it ends before that."""
    # In a thread: a digest of 800 items takes long enough for others to notice.
    parts = await asyncio.to_thread(
        render, stored.digest, layout=layout, language=request.language, most=request.services.most_parts, start=start
    )
    return [_answer(part, stored, layout) for part in parts]


def _answer(part: MessagePart, stored: StoredDigest, layout: Layout) -> Answer:
    if part.rest is None:
        return Answer(part.text, part.entities)
    tap = ask_for(part.rest, digest_id=stored.id, revision=stored.revision, layout=layout)
    return Answer(part.text, part.entities, keyboard([button(part.rest.label, tap)]))
