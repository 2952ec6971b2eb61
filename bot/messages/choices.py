"""Say what a subscriber chose."""

from collections.abc import Sequence

from babel.lists import format_list

from bot.messages.phrases import phrase
from storage.model import Category, Preferences

_MOST_NAMES = 20
_LONGEST_NAME = 64


def state(language: str, preferences: Preferences) -> str:
    """Say in one line what the subscriber gets."""
    if preferences.everything:
        return phrase(language, "state-everything")
    if preferences.categories:
        return phrase(language, "state-categories", categories=names(language, preferences.categories))
    return phrase(language, "state-nothing")


def names(language: str, categories: Sequence[Category]) -> str:
    """List *categories* in a sentence; past twenty the rest are counted."""
    listed = [_shortened(category.name) for category in categories[:_MOST_NAMES]]
    if len(categories) > _MOST_NAMES:
        listed.append(phrase(language, "more-categories", count=len(categories) - _MOST_NAMES))
    return format_list(listed, locale=language.replace("-", "_"))


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
