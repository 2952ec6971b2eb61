"""Find the categories that a mistyped name may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from storage.model import Category

_MOST = 3
_CLOSE_ENOUGH = 0.5


def nearest(name: Category, among: Iterable[Category]) -> list[Category]:
    """Give those of *among* that are spelled most like *name*, the nearest first; other than *name* itself."""
    by_spelling = {category.folded: category for category in among if category.folded != name.folded}
    close = get_close_matches(name.folded, by_spelling, n=_MOST, cutoff=_CLOSE_ENOUGH)
    # `ML` is too short to be like `ML papers`, and yet it is meant.
    inside = [folded for folded in by_spelling if name.folded in folded or folded in name.folded]
    return [by_spelling[folded] for folded in dict.fromkeys(close + inside)][:_MOST]
