"""Say what a subscriber chose."""

from collections.abc import Sequence

from babel import Locale
from babel.lists import format_list

from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from storage.model import Category, Preferences

_MOST_NAMES = 20
_LONGEST_NAME = 64


def state(language: str, preferences: Preferences) -> str:
    """Say in one line what the subscriber gets."""
    if preferences.everything:
        return phrase(language, "state-everything")
    if preferences.categories:
        return phrase(language, "state-categories", categories=named(language, preferences.categories))
    return phrase(language, "state-nothing")


def named(language: str, categories: Sequence[Category]) -> str:
    """Name *categories* where nothing else stands; past twenty the rest are counted."""
    return _listed(language, [_short(category) for category in categories])


def quoted(language: str, categories: Sequence[Category]) -> str:
    """Name *categories* inside a sentence, marked as names; past twenty the rest are counted."""
    return _listed(language, [phrase(language, "quoted", category=_short(category)) for category in categories])


def _listed(language: str, shown: Sequence[str]) -> str:
    more = [phrase(language, "more-categories", count=len(shown) - _MOST_NAMES)] if len(shown) > _MOST_NAMES else []
    return format_list([*shown[:_MOST_NAMES], *more], locale=Locale.parse(language, sep="-"))


def _short(category: Category) -> str:
    return shortened(category.name, _LONGEST_NAME)
