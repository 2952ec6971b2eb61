"""Go through the archive digest by digest, in one message; of a longer digest it shows the beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.answer import AddOnce, Answer, Reaction, Replace, Toast
from bot.chat.as_delivered import parts_of
from bot.chat.editions import in_their_language
from bot.chat.keyboards import Button, Keyboard, button, keyboard, save_button
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.rest import Place, Rest
from bot.messages.taps import Tap, Why, tap
from bot.messages.view import MessagePart
from storage.bookmarks import WHOLE_DIGEST
from storage.browsing import Neighbours, neighbours
from storage.digests import readable_digest
from storage.model import Digest, Layout, StoredDigest


@tap("browse")
@dataclass(frozen=True, slots=True)
class Browse(Tap):
    """This digest instead of the one that is shown, gone to among those of a category or (0) among all."""

    digest_id: int
    category_id: int
    headlines: bool


@tap("on")
@dataclass(frozen=True, slots=True)
class ReadOn(Tap):
    """What is left of the digest that is shown, from a place on (`rest.Place`), and from there to other digests."""

    digest_id: int
    revision: int
    category_id: int
    headlines: bool
    piece: int
    offset: int
    parts: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """What stands in the message, and where one can go from there."""

    stored: StoredDigest
    layout: Layout
    category_id: int
    around: Neighbours


async def browsable(request: Request, stored: StoredDigest, *, category_id: int = 0) -> list[Answer]:
    """Show *stored* as it is delivered; from its last part one can go on to others, of a category or (0) of any."""
    layout = request.preferences.layout
    shown = _Shown(stored, layout, category_id, await _around(request, stored, category_id))
    parts = await parts_of(request, stored, layout=layout, most=_most(request), linked=False)
    return _answers(request.language, parts, shown)


async def browse(request: Request, tap: Browse) -> Reaction:
    """Show another digest, or another layout, in the same message."""
    async with request.services.database.snapshot() as tx:
        stored = await in_their_language(tx, tap.digest_id, request.reads, now=request.services.clock.now())
    if stored is None:
        return Toast(phrase(request.language, "old-digest"))
    shown = _Shown(stored, _layout(tap), tap.category_id, await _around(request, stored, tap.category_id))
    [first] = await parts_of(request, stored, layout=shown.layout, most=1, linked=False)
    return Replace(_answers(request.language, [first], shown)[0])


async def read_on(request: Request, tap: ReadOn) -> Reaction:
    """Send the parts that follow, of the revision that the person began to read."""
    async with request.services.database.snapshot() as tx:
        now = request.services.clock.now()
        stored = await readable_digest(tx, tap.digest_id, revision=tap.revision, now=now)
    if stored is not None:
        start = Place(tap.piece, tap.offset, tap.parts)
        parts = await parts_of(request, stored, layout=_layout(tap), start=start, most=_most(request), linked=False)
        if parts:
            shown = _Shown(stored, _layout(tap), tap.category_id, await _around(request, stored, tap.category_id))
            return AddOnce(_answers(request.language, parts, shown))
    return Toast(phrase(request.language, "old-digest"))


def _most(request: Request) -> int | None:
    # In a group everybody is sent what one of them reads.
    return 1 if request.in_group else None


async def _around(request: Request, stored: StoredDigest, category_id: int) -> Neighbours:
    async with request.services.database.snapshot() as tx:
        return await neighbours(tx, _main(stored), now=request.services.clock.now(), category_id=category_id)


def _answers(language: str, parts: Sequence[MessagePart], shown: _Shown) -> list[Answer]:
    """The buttons stand under the last."""
    *before, last = parts
    answers = [Answer(part.text, part.entities) for part in before]
    return [*answers, Answer(last.text, last.entities, _below(language, last.rest, shown))]


def _below(language: str, rest: Rest | None, shown: _Shown) -> Keyboard:
    stored, headlines = shown.stored, shown.layout == "headlines"
    older, newer = (
        [button(phrase(language, name), Browse(id_, shown.category_id, headlines))] if id_ else []
        for name, id_ in (("button-older", shown.around.older), ("button-newer", shown.around.newer))
    )
    other = phrase(language, "button-full" if headlines else "button-headlines")
    layout = [button(other, Browse(_main(stored), shown.category_id, not headlines))] if _folds(stored.digest) else []
    save = save_button(language, stored.id, WHOLE_DIGEST)
    why = button(phrase(language, "button-why"), Why(_main(stored)))
    return keyboard(_rest(rest, shown), [*newer, *older], layout, [save, why])


def _rest(rest: Rest | None, shown: _Shown) -> list[Button]:
    if rest is None:
        return []
    stored, begins, headlines = shown.stored, rest.begins, shown.layout == "headlines"
    place = (begins.piece, begins.offset, begins.parts)
    return [button(rest.label, ReadOn(stored.id, stored.revision, shown.category_id, headlines, *place))]


def _folds(digest: Digest) -> bool:
    """Whether its layouts differ."""
    return bool(digest.intro.text) or any(item.summary.text for item in digest.items)


def _main(stored: StoredDigest) -> int:
    return stored.edition_of or stored.id


def _layout(tap: Browse | ReadOn) -> Layout:
    return "headlines" if tap.headlines else "full"
