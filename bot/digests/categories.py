"""Know a category under all the spellings that one site gives it."""

import re
import unicodedata
from collections.abc import Iterable

from storage.model import Category

_SEPARATORS = re.compile(r"[\s_\-\u2010-\u2015]+")


def fold(name: str) -> str:
    """Bring the spellings of one category together: `AI 资讯` and `ＡＩ资讯`, `open-source` and `Open Source`."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())


def categories_of(names: Iterable[str]) -> tuple[Category, ...]:
    """Name each category once, as it is first spelled, in the order given; what folds to nothing is none."""
    found: dict[str, Category] = {}
    for name in names:
        shown = " ".join(name.split())
        folded = fold(shown)
        if folded:
            found.setdefault(folded, Category(folded, shown))
    return tuple(found.values())
