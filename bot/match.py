"""What of a digest is for whoever has these preferences, and what asks for it or hides it: pure.

A muted word hides an item, whatever else asks for it; of a digest that the subscriber gets anyway all others are shown,
and of any other digest those with a followed word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.digests.wording import Worded
from storage.model import Category, Digest, Preferences, Word

UNSUBSCRIBED = "unsubscribed since"
ALL_MUTED = "muted words hide all of it"
NO_WORD = "no followed word is in it"
# Who has had a story so long ago may have forgotten it.
REMEMBERED = timedelta(days=14)


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


def told_before(
    overlaps: Mapping[int, tuple[tuple[int, int], ...]],
    had: Mapping[int, frozenset[int] | None],
    items: tuple[int, ...] | None,
) -> tuple[tuple[int, int], ...]:
    """Say which places among *items* (None: all) were told a chat before, and by which digest: of several, the newest.

    *overlaps*: where a digest tells what this one does, here and there; *had*: what the chat was shown of it.
    """
    by_place: dict[int, int] = {}
    for digest_id, places in sorted(overlaps.items()):
        if digest_id not in had:
            continue
        shown = had[digest_id]
        by_place |= {here: digest_id for here, there in places if shown is None or there in shown}
    return tuple(sorted((here, digest_id) for here, digest_id in by_place.items() if items is None or here in items))


def _found(words: Sequence[Word], worded: Worded) -> tuple[Found, ...]:
    places = ((word, worded.places_of(word)) for word in words)
    return tuple(Found(word, tuple(sorted(found))) for word, found in places if found)


def _places(found: Sequence[Found]) -> set[int]:
    return {place for each in found for place in each.places}
