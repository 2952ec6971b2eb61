"""Show a digest as messages: header, intro, and items, all or those that are selected."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from bot.messages.header import header, header_again
from bot.messages.parts import MOST_PARTS, Frame, MessagePart, in_words, lay_out
from bot.messages.phrases import phrase
from bot.messages.pieces import pieces_of
from bot.messages.rest import BEGINNING, Place
from bot.messages.selected import left_from, places_shown
from bot.messages.told import also_in
from storage.model import ALL, Digest, FormattedText, Heading, Layout, Selection

__all__ = ["MOST_PARTS", "MessagePart", "in_words", "render"]

_NO_HEADINGS: Mapping[int, Heading] = MappingProxyType({})


def render(
    digest: Digest,
    *,
    layout: Layout,
    language: str,
    most: int = MOST_PARTS,
    start: Place = BEGINNING,
    selection: Selection = ALL,
    headings: Mapping[int, Heading] = _NO_HEADINGS,
    linked: bool = True,
    signed: bool = False,
) -> tuple[MessagePart, ...]:
    """Lay what *selection* shows of *digest* out, from *start* on, as at most *most* messages.

    *language* is one of `phrases.languages()`; *headings*, by the digests' ids, name those that told an item before.
    What does not fit is read at the permalink if *linked*, else it is in `rest` whatever the digest has. *signed*: the
    last part leaves room for an ending.
    """
    frame = replace(_frame(digest, language, selection, digest.permalink if linked else None), signed=signed)
    told = also_in(language, selection, headings)
    pieces = pieces_of(digest, layout, first=start.piece, selection=selection, told=told)
    parts = lay_out(pieces, frame, most=most, start=start)
    hidden = len(digest.items) - len(places_shown(digest, selection))
    if not hidden or not parts or start != BEGINNING:
        return parts
    return (*parts[:-1], replace(parts[-1], left_out=hidden))


def _frame(digest: Digest, language: str, selection: Selection, permalink: str | None) -> Frame:
    of_all = _of_all(digest, language, selection)
    return Frame(
        language,
        first=partial(_header, digest, language, of_all),
        longest=partial(_header, replace(digest, withdrawn=True), language, of_all),
        again=lambda counter: header_again(digest, counter=counter),
        left=partial(left_from, digest, selection),
        permalink=permalink,
    )


def _header(digest: Digest, language: str, of_all: str, counter: str) -> FormattedText:
    return header(digest, language=language, counter=counter, below=of_all)


def _of_all(digest: Digest, language: str, selection: Selection) -> str:
    """How many items of how many there are; empty when it is all."""
    shown, count = len(places_shown(digest, selection)), len(digest.items)
    return "" if shown == count else phrase(language, "items-shown", shown=shown, count=count)
