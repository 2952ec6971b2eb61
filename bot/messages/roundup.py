"""Show what several digests brought as one roundup: each under its title, and each link once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from babel import Locale
from babel.dates import format_date

from bot.digests.builder import TextBuilder, join
from bot.messages.header import title_and_time
from bot.messages.parts import MOST_PARTS, Frame, MessagePart, lay_out
from bot.messages.phrases import phrase
from bot.messages.pieces import Piece, pieces_of
from bot.messages.rest import BEGINNING, Place
from bot.messages.selected import left_from, places_shown
from bot.messages.told import also_in
from storage.links import same_story
from storage.model import Digest, EntityType, FormattedText, Heading, Layout, Selection

_LONGEST_TITLE = 200
_A_WEEK = timedelta(days=7)

Chosen = Sequence[tuple[Digest, Selection]]


def render_roundup(
    collected: Chosen,
    *,
    language: str,
    layout: Layout,
    most: int = MOST_PARTS,
    start: Place = BEGINNING,
    headings: Mapping[int, Heading],
    signed: bool = False,
) -> tuple[MessagePart, ...]:
    """Lay what is selected of each digest out, in order, from *start* on, as at most *most* messages.

    An item whose link stands above already is left out. *headings* name what told an item before. *signed*: the last
    part leaves room for an ending.
    """
    once = _each_link_once(collected)
    pieces = islice(_pieces(once, layout, language, headings), start.piece, None)
    return lay_out(pieces, replace(_frame(once, language), signed=signed), most=most, start=start)


def _each_link_once(collected: Chosen) -> Chosen:
    seen = set[str]()
    return [(digest, _without(digest, selection, seen)) for digest, selection in collected]


def _without(digest: Digest, selection: Selection, seen: set[str]) -> Selection:
    """What is left of *selection* without the links that were *seen*, to which it adds its own."""
    kept = list[int]()
    for place in places_shown(digest, selection):
        link = digest.items[place].link
        story = None if link is None else same_story(link)
        if story is None or story not in seen:
            kept.append(place)
        if story is not None:
            seen.add(story)
    return replace(selection, items=tuple(kept))


def _pieces(collected: Chosen, layout: Layout, language: str, headings: Mapping[int, Heading]) -> Iterator[Piece]:
    """As many pieces for each digest as it has by itself, its title above the first that shows anything."""
    for digest, selection in collected:
        above: FormattedText | None = title_and_time(digest, language=language, longest=_LONGEST_TITLE)
        pieces = pieces_of(digest, layout, selection=selection, told=also_in(language, selection, headings))
        if not (places_shown(digest, selection) or (layout == "full" and digest.intro.text)):
            yield Piece(_without_items(digest, language))
            yield from islice(pieces, 1, None)
            continue
        for piece in pieces:
            if above is None or not piece.text.text:
                yield piece
            else:
                yield Piece(join([above, piece.text], "\n"))
                above = None


def _without_items(digest: Digest, language: str) -> FormattedText:
    title = title_and_time(digest, language=language, longest=_LONGEST_TITLE)
    if not digest.items:
        return title
    words = TextBuilder().append(phrase(language, "roundup-repeated"), EntityType.ITALIC).build()
    return join([title, words], "\n")


def _frame(collected: Chosen, language: str) -> Frame:
    items = sum(len(places_shown(digest, selection)) for digest, selection in collected)
    words = phrase(language, "roundup-heading", digests=len(collected), items=items)
    since = _since(collected, language)

    def again(counter: str) -> FormattedText:
        return TextBuilder().append(words, EntityType.BOLD).append(counter).build()

    def first(counter: str) -> FormattedText:
        return TextBuilder().append(again(counter)).append(f" · {since}" if since else "").build()

    return Frame(language, first=first, longest=first, again=again, left=lambda begins: _left(collected, begins))


def _left(collected: Chosen, begins: Place) -> int:
    left, before = 0, 0
    for digest, selection in collected:
        here = Place(max(0, begins.piece - before), begins.offset if begins.piece >= before else 0)
        left += left_from(digest, selection, here)
        before += 1 + len(digest.items)
    return left


def _since(collected: Chosen, language: str) -> str:
    """Say of which day they are, or since which; empty when none says its time."""
    times = sorted(digest.published_at for digest, _ in collected if digest.published_at is not None)
    if not times:
        return ""
    day = _day(times[0], language, pattern="EEEE" if times[-1] - times[0] < _A_WEEK else "long")
    return phrase(language, "roundup-since", day=day) if len({at.date() for at in times}) > 1 else day


def _day(at: datetime, language: str, *, pattern: str) -> str:
    return format_date(at, pattern, Locale.parse(language, sep="-"))
