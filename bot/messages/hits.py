"""Show what a search found."""

from collections.abc import Sequence

from babel import Locale
from babel.dates import format_date

from bot.digests.builder import TextBuilder, join
from bot.messages.direction import mark_after
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from storage.model import EntityType, FormattedText, Hit

_LONGEST_WORDS = 40
_LONGEST_HEADLINE = 160
_LONGEST_TITLE = 60
# Ten hits cannot be too long for a message, but their addresses can weigh too much for it.
_HEAVIEST_LINK = 800


def show_hits(language: str, words: str, hits: Sequence[Hit], *, are_all: bool) -> FormattedText:
    """Show at most ten *hits*, the headline as the link, below it where and when it stood."""
    heading = phrase(
        language, "hits" if are_all else "newest-hits", count=len(hits), words=_line(words, _LONGEST_WORDS)
    )
    listed = [_show_hit(language, number, hit) for number, hit in enumerate(hits, 1)]
    return join([FormattedText(heading), *listed], "\n\n")


def show_no_hits(language: str, words: str) -> str:
    """Say that nothing has all of *words*, and what to try."""
    return phrase(language, "no-hits", count=len(words.split()), words=_line(words, _LONGEST_WORDS))


def _show_hit(language: str, number: int, hit: Hit) -> FormattedText:
    link = hit.item.link or hit.permalink or ""
    headline = _line(hit.item.headline.text or hit.item.summary.text, _LONGEST_HEADLINE)
    shown = TextBuilder().append(f"{number}. ")
    shown.append(headline, EntityType.TEXT_LINK if link and len(link.encode()) <= _HEAVIEST_LINK else None, link)
    title = _line(hit.title, _LONGEST_TITLE)
    shown.append(f"\n{title}{mark_after(title)} · ")
    day = format_date(hit.at, "medium", Locale.parse(language, sep="-"))
    return shown.append(day, EntityType.DATE_TIME, str(int(hit.at.timestamp()))).build()


def _line(text: str, longest: int) -> str:
    return shortened(" ".join(text.split()), longest)
