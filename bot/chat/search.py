"""`/search words`: items of the archive, the newest first, ten at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import InlineKeyboardMarkup

from bot.chat.alert import alert_button
from bot.chat.answer import Answer, Reaction, Replace, Toast
from bot.chat.instead import instead_of
from bot.chat.keyboards import Button, button, keyboard, latest_button
from bot.chat.open import OpenItem
from bot.chat.request import Request
from bot.chat.understand import asked_in, marks_of, understand
from bot.messages.hits import Extent, show_hits, show_no_hits
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap, write
from storage.model import Hit
from storage.search import Count, count, find
from storage.search_query import Query

_PAGE = 10
_IN_A_ROW = 5
_LONGEST = 200
# Nobody turns so many pages, and to find all that stand before costs more with each.
_FARTHEST = 2_000


@tap("hits")
@dataclass(frozen=True, slots=True)
class ShowHits(Tap):
    """Ten hits of the search that the message shows, from the one on that so many stand before."""

    first: int


@tap("look-for")
@dataclass(frozen=True, slots=True)
class LookFor(Tap):
    """What the button says; *place* tells it from those beside it."""

    place: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What was looked for, a page of what was found, and how much there is."""

    query: Query
    first: int
    hits: list[Hit]
    count: Count
    # What to look for when nothing was found.
    instead: Sequence[str] = ()


async def search(request: Request) -> list[Answer]:
    """Show the newest items that have what is asked for."""
    return [await look_for(request, request.words)]


async def look_for(request: Request, words: str, *, hint: str = "") -> Answer:
    """Show the newest items that have what *words* ask for, and *hint* below them."""
    if len(words) > _LONGEST:
        return Answer(phrase(request.language, "search-too-long"))
    found = await _look(request, words)
    if not found.query.names_something:
        return Answer(phrase(request.language, "search-usage"))
    answer = _show(request.language, found)
    return replace(answer, text=f"{answer.text}\n\n{hint}") if hint else answer


async def show_hits_tapped(request: Request, tap: ShowHits) -> Reaction:
    """Show another page in place, of the archive as it was when it was searched."""
    if request.message is None or tap.first > _FARTHEST:
        return _out_of_date(request)
    found = await _look(request, asked_in(request.message), first=tap.first, at=request.message.date)
    return Replace(_show(request.language, found)) if found.hits else _out_of_date(request)


async def look_for_tapped(request: Request, tap: LookFor) -> Reaction:
    """Look for what the button says, in place."""
    words = _label(request, tap)
    return Replace(await look_for(request, words)) if words else _out_of_date(request)


async def _look(request: Request, words: str, *, first: int = 0, at: datetime | None = None) -> _Found:
    """Find so many and one more, which tells whether there are older ones."""
    now = request.services.clock.now()
    now = min(now, at) if at else now
    async with request.services.database.snapshot() as tx:
        query = await understand(tx, request.services, words, preferences=request.preferences)
        hits = await find(tx, query, now=now, limit=_PAGE + 1, offset=first)
        if hits or first or not query.names_something:
            return _Found(query, first, hits, await count(tx, query, now=now))
        instead = await instead_of(tx, request.services, query, now=now)
        return _Found(query, first, hits, Count(0, all=True), instead)


def _show(language: str, found: _Found) -> Answer:
    if not found.hits:
        return _nothing(language, found)
    shown, marks = found.hits[:_PAGE], marks_of(found.query)
    text = show_hits(language, found.query.text, shown, _extent(found), marks)
    numbers = [button(str(number), OpenItem(hit.item_id)) for number, hit in enumerate(shown, found.first + 1)]
    rows = [numbers[start : start + _IN_A_ROW] for start in range(0, len(numbers), _IN_A_ROW)]
    return Answer(
        text.text, text.entities, keyboard(*rows, _pages(language, found), alert_button(language, found.query))
    )


def _extent(found: _Found) -> Extent:
    """Say how many there are: as many as were counted, and no fewer than were seen."""
    seen = found.first + len(found.hits)
    if len(found.hits) <= _PAGE:
        return Extent(found.first, seen, all=True)
    return Extent(found.first, max(found.count.number, seen), found.count.all)


def _pages(language: str, found: _Found) -> list[Button]:
    newer = ShowHits(max(0, found.first - _PAGE))
    older = ShowHits(found.first + _PAGE)
    goes_on = len(found.hits) > _PAGE and older.first <= _FARTHEST
    return [
        *([button(phrase(language, "button-newer"), newer)] if found.first else []),
        *([button(phrase(language, "button-older"), older)] if goes_on else []),
    ]


def _nothing(language: str, found: _Found) -> Answer:
    unknown = [phrase(language, "no-category", name=name) for name in found.query.unknown_categories]
    hint = phrase(language, "try-instead" if found.instead else "try-another")
    text = show_no_hits(language, found.query.text, [*unknown, hint])
    # Whole, for it is read again from there.
    offers = [[Button(words, callback_data=write(LookFor(place)))] for place, words in enumerate(found.instead)]
    latest = [] if offers else [latest_button(language)]
    return Answer(text.text, text.entities, keyboard(*offers, alert_button(language, found.query), latest))


def _label(request: Request, tap: LookFor) -> str:
    markup = request.message.reply_markup if request.message else None
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else ()
    return next((each.text for row in rows for each in row if each.callback_data == write(tap)), "")


def _out_of_date(request: Request) -> Toast:
    return Toast(phrase(request.language, "old-search"))
