"""Read the names of categories as a person types them after a command."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.digests.categories import categories_of, fold
from bot.digests.quotes import by_quotes
from storage.model import Category

_COMMAS = re.compile(r"[,，、;；\n]+")
_HASH = re.compile(r"(?:^|(?<=\s))[#＃]+")
_CHINESE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Chinese puts no blanks inside a name, so one between two of its characters parts two names.
_BLANK_IN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")
# Bounds the work that a long line can ask for; longer names have their buttons.
_MOST_WORDS = 16
# Bound what strangers can store: no site's categories are near either.
_LONGEST_NEW = 64
_MOST_NEW = 20


def read_names(text: str, known: Mapping[str, Category]) -> tuple[Category, ...]:
    """Name the categories that *text* lists, each once, those in *known* (by folded spelling) as they are known.

    Commas, quotes and the hash of a hashtag part names. Without any of them the longest known name wins at each word,
    and what stands between known names is one that is not known yet.
    """
    found = [known.get(category.folded, category) for category in categories_of(_names(text, known))]
    return tuple({category.folded: category for category in found}.values())


def can_be_kept(unseen: Sequence[Category]) -> bool:
    """Say whether names that no digest carries are few and short enough to be stored."""
    return len(unseen) <= _MOST_NEW and all(len(category.name) <= _LONGEST_NEW for category in unseen)


def _names(text: str, known: Mapping[str, Category]) -> Iterator[str]:
    for is_quoted, piece in by_quotes(text):
        yield from [piece] if is_quoted else _unquoted(piece, known)


def _unquoted(text: str, known: Mapping[str, Category]) -> Iterator[str]:
    parts = _COMMAS.split(text)
    for part in parts:
        for name in _HASH.split(part):
            spans = list(_spans(name.split(), known))
            if len(parts) > 1 and not all(is_known for is_known, _ in spans):
                yield name
            else:
                yield from _apart(spans)


def _spans(words: list[str], known: Mapping[str, Category]) -> Iterator[tuple[bool, str]]:
    """Take the longest known name at each word, else the word alone; say which of the two."""
    start = 0
    while start < len(words):
        longest = min(len(words), start + _MOST_WORDS)
        end = next((end for end in range(longest, start, -1) if fold(" ".join(words[start:end])) in known), None)
        yield end is not None, " ".join(words[start : end or start + 1])
        start = end or start + 1


def _apart(spans: list[tuple[bool, str]]) -> Iterator[str]:
    for is_known, group in groupby(spans, key=lambda span: span[0]):
        names = [name for _, name in group]
        yield from names if is_known else _BLANK_IN_CHINESE.split(" ".join(names))
