"""What of a digest is for whoever has these preferences, and what asks for it or hides it: pure.

A muted word hides an item, whatever else asks for it; of a digest that the subscriber gets anyway all others are shown,
and of any other digest those with a followed word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.digests.wording import Worded
from storage.model import Category, Digest, Preferences, Word

UNSUBSCRIBED = "unsubscribed since"
ALL_MUTED = "muted words hide all of it"
NO_WORD = "no followed word is in it"


@dataclass(frozen=True, slots=True)
class Found:
    """A word, and the places of the items that have it, counted from 0, in order."""

    word: Word
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What of a digest a subscriber is to get, and what asks for that or hides the rest."""

    everything: bool
    # The chosen ones that any edition names.
    categories: tuple[Category, ...]
    # Only words that are in it.
    followed: tuple[Found, ...]
    muted: tuple[Found, ...]
    # The places of what is to be shown, in order; None: all of it. Empty: it is not wanted, or nothing is left of it.
    items: tuple[int, ...] | None

    @property
    def is_wanted(self) -> bool:
        """Say whether anything is to be shown."""
        return self.items != ()

    @property
    def is_all_muted(self) -> bool:
        """Say whether nothing is to be shown only because muted words hide it."""
        return not self.is_wanted and (self.everything or bool(self.categories or self.followed))


def match(preferences: Preferences, shown: Digest, editions: Sequence[Digest], worded: Worded) -> Match:
    """Decide what of the edition that is *shown*, prepared as *worded*, is for a subscriber with these *preferences*.

    Categories count whichever edition names them; words only where the subscriber can read them.
    """
    named = {category.folded for digest in editions for category in digest.categories}
    categories = tuple(category for category in preferences.categories if category.folded in named)
    followed, muted = _found(preferences.followed, worded), _found(preferences.muted, worded)
    # A digest without items is looked through as if it were one.
    whole = range(len(shown.items) or 1)
    wanted = set(whole) if preferences.everything or categories else _places(followed)
    left = wanted - _places(muted)
    items = None if len(left) == len(whole) else tuple(sorted(left))
    return Match(preferences.everything, categories, followed, muted, items)


def _found(words: Sequence[Word], worded: Worded) -> tuple[Found, ...]:
    places = ((word, worded.places_of(word)) for word in words)
    return tuple(Found(word, tuple(sorted(found))) for word, found in places if found)


def _places(found: Sequence[Found]) -> set[int]:
    return {place for each in found for place in each.places}
