"""How what is saved is shown: ten at a time in the chat, and all of it in a Markdown file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.chat.answer import Answer
from bot.chat.keyboards import Button, button, keyboard, latest_button
from bot.chat.open import OpenItem
from bot.digests.builder import TextBuilder, join
from bot.messages.direction import mark_after
from bot.messages.found import day_of
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.bookmarks import WHOLE_DIGEST, Bookmark
from storage.model import EntityType, FormattedText

ON_A_PAGE = 10
_IN_A_ROW = 5
_LONGEST_HEADLINE = 140
_LONGEST_TITLE = 50
# Ten addresses of this weight fit into a message.
_HEAVIEST_LINK = 600
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#&])")
_IN_ADDRESSES = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": "%0A"}


@tap("saved")
@dataclass(frozen=True, slots=True)
class ShowSaved(Tap):
    """The page with this number of what is saved, to be read or to be let go."""

    page: int
    removing: bool


@tap("unsave")
@dataclass(frozen=True, slots=True)
class LetGo(Tap):
    """An item, or (0) a whole digest, no longer among what is saved, seen on this page."""

    digest_id: int
    item_id: int
    page: int


@tap("reopen")
@dataclass(frozen=True, slots=True)
class OpenSaved(Tap):
    """A digest that is saved, whatever became of it."""

    digest_id: int


@tap("export")
@dataclass(frozen=True, slots=True)
class ExportSaved(Tap):
    """All that is saved, as a file."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of what is saved, and how much there is in all."""

    bookmarks: tuple[Bookmark, ...]
    page: int
    of: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(0, self.of - 1) // ON_A_PAGE

    @property
    def first(self) -> int:
        """How many stand before this page."""
        return self.page * ON_A_PAGE


def lay_out(language: str, shelf: Shelf, *, removing: bool = False) -> Answer:
    """Show a page, each with its number and a button that opens it, or lets it go."""
    if not shelf.bookmarks:
        return Answer(phrase(language, "saved-nothing"), keyboard=keyboard([latest_button(language)]))
    heading = FormattedText(phrase(language, "saved-removing" if removing else "saved-count", count=shelf.of))
    lines = [_line(language, number, each) for number, each in enumerate(shelf.bookmarks, shelf.first + 1)]
    text = join([heading, *lines], "\n\n")
    numbers = [
        _number(number, each, shelf, removing=removing) for number, each in enumerate(shelf.bookmarks, shelf.first + 1)
    ]
    rows = [numbers[start : start + _IN_A_ROW] for start in range(0, len(numbers), _IN_A_ROW)]
    return Answer(
        text.text,
        text.entities,
        keyboard(*rows, _pages(shelf, removing=removing), _ways_on(language, shelf, removing=removing)),
    )


def as_markdown(language: str, bookmarks: Iterable[Bookmark]) -> str:
    """Write all of them as a list, each with its digest and day."""
    return "\n".join([f"# {phrase(language, 'saved-heading')}", "", *map(_markdown_line, bookmarks), ""])


def _line(language: str, number: int, saved: Bookmark) -> FormattedText:
    builder = TextBuilder().append(f"{number}. ")
    link = saved.link or saved.permalink or ""
    fits = 0 < len(link.encode()) <= _HEAVIEST_LINK
    name = _one_line(_name(saved), _LONGEST_HEADLINE)
    builder.append(name, EntityType.TEXT_LINK if fits else EntityType.BOLD, link if fits else "").append("\n")
    if saved.item_id != WHOLE_DIGEST:
        title = _one_line(saved.title, _LONGEST_TITLE)
        builder.append(f"{title}{mark_after(title)} · ")
    return builder.append(day_of(language, saved.at)).build()


def _number(number: int, saved: Bookmark, shelf: Shelf, *, removing: bool) -> Button:
    if removing:
        return button(f"✕ {number}", LetGo(saved.digest_id, saved.item_id, shelf.page))
    whole = saved.item_id == WHOLE_DIGEST
    return button(str(number), OpenSaved(saved.digest_id) if whole else OpenItem(saved.item_id))


def _pages(shelf: Shelf, *, removing: bool) -> list[Button]:
    if shelf.last == 0:
        return []
    around = [("‹", shelf.page - 1), (f"{shelf.page + 1}/{shelf.last + 1}", shelf.page), ("›", shelf.page + 1)]
    return [button(label, ShowSaved(page, removing)) for label, page in around if 0 <= page <= shelf.last]


def _ways_on(language: str, shelf: Shelf, *, removing: bool) -> list[Button]:
    if removing:
        return [button(phrase(language, "button-done"), ShowSaved(shelf.page, removing=False))]
    return [
        button(phrase(language, "button-remove"), ShowSaved(shelf.page, removing=True)),
        button(phrase(language, "button-export"), ExportSaved()),
    ]


def _markdown_line(saved: Bookmark) -> str:
    return "- " + ", ".join(_markdown_parts(saved))


def _markdown_parts(saved: Bookmark) -> Iterator[str]:
    yield _linked(_name(saved), saved.link or (saved.permalink if saved.item_id == WHOLE_DIGEST else None))
    if saved.item_id != WHOLE_DIGEST:
        yield _linked(saved.title, saved.permalink)
    yield f"{saved.at:%Y-%m-%d}"


def _linked(text: str, address: str | None) -> str:
    shown = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return f"[{shown}]({''.join(_IN_ADDRESSES.get(sign, sign) for sign in address)})" if address else shown


def _name(saved: Bookmark) -> str:
    return saved.headline or saved.summary or saved.title


def _one_line(text: str, longest: int) -> str:
    return shortened(" ".join(text.split()), longest)
