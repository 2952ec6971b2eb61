"""The list of categories with a button for each: which ones it shows, and how."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.answer import Answer
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.request import Request
from bot.chat.standstill import return_row, standstill
from bot.digests.categories import fold
from bot.messages.choices import state
from bot.messages.phrases import phrase
from bot.messages.taps import Close, ShowCategories, Tap, Toggle, ToggleEverything, tap
from storage.category_pages import Offer, Page, category_page
from storage.model import Preferences
from storage.subscribers import subscriber_at

_ON_A_PAGE = 10
# What counts as of late.
_LATELY = timedelta(days=30)
# As much of what is sought as callback data hold beside the rest; a shorter one finds a little more.
_MOST_BYTES = 24


@tap("none")
@dataclass(frozen=True, slots=True)
class TakeNone(Tap):
    """No category, and not everything."""


@tap("ask-category")
@dataclass(frozen=True, slots=True)
class AskForCategory(Tap):
    """Part of a category's name is to be typed."""


@tap("found")
@dataclass(frozen=True, slots=True)
class ShowFound(Tap):
    """A page of the categories that have this in their names, as `Place` writes it."""

    page: int
    sought: str


@tap("pick")
@dataclass(frozen=True, slots=True)
class Pick(Tap):
    """A category on or off, seen on such a page."""

    category_id: int
    on: bool
    page: int
    sought: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the categories a person is: on which page of those that have *sought* in their folded names."""

    page: int = 0
    sought: str = ""

    @classmethod
    def of(cls, words: str) -> "Place":
        """Begin with the categories that have *words* in their names."""
        return cls(sought=fold(words).encode()[:_MOST_BYTES].decode(errors="ignore"))

    @classmethod
    def read(cls, tap: ShowCategories | Toggle | ToggleEverything | ShowFound | Pick) -> "Place":
        """Read where a button was pressed; whatever it carries, it is some place."""
        if not isinstance(tap, ShowFound | Pick):
            return cls(tap.page)
        try:
            return cls(tap.page, urlsafe_b64decode(tap.sought + "===").decode())
        except ValueError:
            return cls(tap.page)

    def page_tap(self, page: int) -> Tap:
        """Ask for another page."""
        return ShowFound(page, self._written) if self.sought else ShowCategories(page)

    def toggle_tap(self, offer: Offer, *, on: bool) -> Tap:
        """Ask for a category of this page."""
        return Pick(offer.id, on, self.page, self._written) if self.sought else Toggle(offer.id, on, self.page)

    @property
    def _written(self) -> str:
        return urlsafe_b64encode(self.sought.encode()).decode().rstrip("=")


async def list_categories(request: Request, place: Place) -> Answer:
    """Show the categories that are at *place*, as they and the person's choice are now."""
    now = request.services.clock.now()
    async with request.services.database.snapshot() as tx:
        subscriber = await subscriber_at(tx, request.address)
        page = await category_page(
            tx,
            subscriber.id if subscriber else 0,
            sought=place.sought,
            since=now - _LATELY,
            now=now,
            page=place.page,
            size=_ON_A_PAGE,
        )
    present, here = replace(request, subscriber=subscriber), Place(page.number, place.sought)
    return Answer(
        "\n".join(_sentences(present, page, here)),
        keyboard=keyboard(
            return_row(present),
            _whole(request.language, present.preferences, here),
            *packed(_offer_button(each, here, present.preferences) for each in page.offers),
            _page_buttons(here, page),
            _ways_out(request.language, page, here),
        ),
    )


def _sentences(request: Request, page: Page, place: Place) -> list[str]:
    language, preferences = request.language, request.preferences
    sentences = [*standstill(request), state(language, preferences, whom=request.whom)]
    if not page.of:
        sentences.append(phrase(language, "no-category-found" if place.sought else "no-categories"))
    else:
        sentences.append(phrase(language, "narrow-hint" if preferences.everything else "categories-hint"))
    if any(each.lately for each in page.offers):
        sentences.append(phrase(language, "lately-hint"))
    return sentences


def _whole(language: str, preferences: Preferences, place: Place) -> list[Button]:
    """Offer all and none; not above what was sought."""
    if place.sought:
        return []
    everything = preferences.everything
    all_ = phrase(language, "button-everything-toggle")
    none = [button(phrase(language, "button-none"), TakeNone())] if everything or preferences.categories else []
    return [_checkable(all_, ToggleEverything(not everything, place.page), checked=everything), *none]


def _offer_button(each: Offer, place: Place, preferences: Preferences) -> Button:
    chosen = each.chosen and not preferences.everything
    label = f"{each.category.name} · {each.lately}" if each.lately else each.category.name
    return _checkable(label, place.toggle_tap(each, on=not chosen), checked=chosen)


def _checkable(label: str, tap: Tap, *, checked: bool) -> Button:
    return button(f"✅ {label}" if checked else label, tap)


def _page_buttons(place: Place, page: Page) -> list[Button]:
    if page.last == 0:
        return []
    return [
        *([button("‹", place.page_tap(place.page - 1))] if place.page > 0 else []),
        button(f"{place.page + 1}/{page.last + 1}", place.page_tap(place.page)),
        *([button("›", place.page_tap(place.page + 1))] if place.page < page.last else []),
    ]


def _ways_out(language: str, page: Page, place: Place) -> list[Button]:
    find = [button(phrase(language, "button-find"), AskForCategory())] if place.sought or page.last else []
    every = [button(phrase(language, "button-all-categories"), ShowCategories(0))] if place.sought else []
    return [*find, *every, button(phrase(language, "button-done"), Close())]
