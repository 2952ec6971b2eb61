"""Open one item, or the digest that it stands in."""

from dataclasses import dataclass, replace

from bot.chat.answer import Add, Answer, Reaction, Toast
from bot.chat.browse import browsable
from bot.chat.keyboards import Keyboard, button, keyboard, save_button
from bot.chat.request import Request
from bot.messages.found import show_item
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.bookmarks import WHOLE_DIGEST, is_saved
from storage.digests import readable_digest
from storage.items import item_with
from storage.model import Hit


@tap("open")
@dataclass(frozen=True, slots=True)
class OpenItem(Tap):
    """An item, whole."""

    item_id: int


@tap("digest")
@dataclass(frozen=True, slots=True)
class OpenDigest(Tap):
    """A digest, as it is delivered."""

    digest_id: int


async def open_item(request: Request, digest_id: int, item_id: int) -> list[Answer]:
    """Show an item whole, or (0) its whole digest; what there is not is said so."""
    if item_id == WHOLE_DIGEST:
        found = await _digest(request, digest_id)
    else:
        found = await _item(request, item_id)
    return found or [Answer(phrase(request.language, "old-digest"))]


async def show_item_tapped(request: Request, tap: OpenItem) -> Reaction:
    """Let the item follow, whole."""
    found = await _item(request, tap.item_id)
    return Add(found) if found else Toast(phrase(request.language, "old-digest"))


async def show_digest_tapped(request: Request, tap: OpenDigest) -> Reaction:
    """Let the digest follow, whole."""
    found = await _digest(request, tap.digest_id)
    return Add(found) if found else Toast(phrase(request.language, "old-digest"))


async def _item(request: Request, item_id: int) -> list[Answer]:
    subscriber = request.subscriber
    async with request.services.database.snapshot() as tx:
        hit = await item_with(tx, item_id, now=request.services.clock.now())
        if hit is None:
            return []
        saved = subscriber is not None and await is_saved(tx, subscriber.id, hit.digest_id, item_id)
    texts = show_item(request.language, hit, most=request.services.most_parts)
    answers = [Answer(text.text, text.entities) for text in texts]
    return [*answers[:-1], replace(answers[-1], keyboard=_below(request.language, hit, saved=saved))]


async def _digest(request: Request, digest_id: int) -> list[Answer]:
    async with request.services.database.snapshot() as tx:
        stored = await readable_digest(tx, digest_id, now=request.services.clock.now())
    return [] if stored is None else await browsable(request, stored)


def _below(language: str, hit: Hit, *, saved: bool) -> Keyboard:
    whole = button(phrase(language, "button-whole-digest"), OpenDigest(hit.digest_id))
    return keyboard([save_button(language, hit.digest_id, hit.item_id, saved=saved), whole])
