"""Show what a search found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from babel import Locale
from babel.numbers import format_decimal

from bot.digests.builder import TextBuilder, join
from bot.messages.direction import mark_after
from bot.messages.found import day_of
from bot.messages.graphemes import boundary_before, shortened, within
from bot.messages.phrases import phrase
from storage.model import EntityType, FormattedText, Hit

_LONGEST_HEADLINE = 140
# In Latin letters, of which a phone shows forty in a line; a Chinese character takes the room of two.
_WIDEST_TITLE = 22
_WIDEST_EXCERPT = 70
# Of what stands before the word that was sought.
_LONGEST_LEAD = 24
# A summary may be a book, and to look through it takes its time.
_LOOKED_THROUGH = 2_000
# Ten hits cannot be too long for a message, but their addresses and words in bold can weigh too much for it.
_HEAVIEST_LINK = 600
_MOST_IN_BOLD = 3

# Offset and length of each place in a text where the sought words stand.
Marks = Callable[[str], Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Extent:
    """Which of how many hits are shown; *first* counts from 0, and there may be more than *found* if not *all*."""

    first: int
    found: int
    all: bool


def show_hits(language: str, query: str, hits: Sequence[Hit], extent: Extent, marks: Marks) -> FormattedText:
    """Show at most ten *hits*, the headline as the link with what *marks* finds in bold, and where and when it stood.

    The first thing in code is the *query*, by which a tap on a button finds it again.
    """
    asked = TextBuilder().append(query, EntityType.CODE).append(mark_after(query))
    heading = asked.append(f" · {_extent(language, extent, len(hits))}").build()
    shown = [_show_hit(language, number, hit, marks) for number, hit in enumerate(hits, extent.first + 1)]
    return join([heading, *shown], "\n\n")


def show_no_hits(language: str, query: str, sentences: Sequence[str]) -> FormattedText:
    """Say that there is nothing for *query*, and what can be done about it."""
    asked = TextBuilder().append(query, EntityType.CODE).append(mark_after(query))
    return asked.append(f" · {phrase(language, 'hits-found', count=0)}").append("\n" + "\n".join(sentences)).build()


def excerpt(title: str, summary: str, marks: Marks) -> str:
    """Give what stands in *summary* around the first of the sought words that *title* has not; empty: it has all."""
    text = " ".join(summary[:_LOOKED_THROUGH].split())
    told = {title[offset : offset + length].lower() for offset, length in marks(title)}
    place = next((at for at, length in marks(text) if text[at : at + length].lower() not in told), None)
    if place is None:
        return ""
    start = _begin(text, place)
    return ("…" if start else "") + within(text[start:].lstrip(), _WIDEST_EXCERPT)


def _extent(language: str, extent: Extent, shown: int) -> str:
    count = format_decimal(extent.found, locale=Locale.parse(language, sep="-")) + ("" if extent.all else "+")
    if extent.all and shown == extent.found:
        return phrase(language, "hits-found", count=extent.found)
    return phrase(language, "hits-shown", first=extent.first + 1, last=extent.first + shown, count=count)


def _show_hit(language: str, number: int, hit: Hit, marks: Marks) -> FormattedText:
    headline, summary = hit.item.headline.text, hit.item.summary.text
    link = hit.item.link or hit.permalink or ""
    shown = TextBuilder().append(f"{number}. ")
    title = _line(headline or summary, _LONGEST_HEADLINE)
    shown.append(
        _marked(title, marks), EntityType.TEXT_LINK if 0 < len(link.encode()) <= _HEAVIEST_LINK else None, link
    )
    about = excerpt(title, summary, marks) if headline else ""
    if about:
        shown.append("\n").append(_marked(about, marks))
    digest = within(" ".join(hit.title.split()), _WIDEST_TITLE)
    return shown.append(f"\n{digest}{mark_after(digest)} · {day_of(language, hit.at)}").build()


def _marked(text: str, marks: Marks) -> FormattedText:
    builder, end = TextBuilder(), 0
    for offset, length in marks(text)[:_MOST_IN_BOLD]:
        builder.append(text[end:offset]).append(text[offset : offset + length], EntityType.BOLD)
        end = offset + length
    return builder.append(text[end:]).build()


def _begin(text: str, place: int) -> int:
    """Where a sentence, or else a word, begins not far before *place*."""
    earliest = max(0, place - _LONGEST_LEAD)
    if earliest == 0:
        return 0
    for ends in ("。！？；.!?;", "，、, "):
        found = [at for at in range(earliest, place) if text[at] in ends]
        if found:
            return found[0] + 1
    return boundary_before(text, earliest)


def _line(text: str, longest: int) -> str:
    return shortened(" ".join(text.split()), longest)
