"""Where the words of a query stand in a text, so that they can be shown: where the index finds them, nowhere else."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from storage.search_query import Query
from storage.search_terms import Phrase, folded, words_in


def spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Give offset and length, in characters, of each place where wanted words stand; in order, none touching another.

    Of words of which only some stand here, those are given; the others may stand in the item's other text.
    """
    whole, places = _placed(text)
    found = list(words_in(whole))
    words = [_plain(word) for word, _, _ in found]
    stretches = [
        (places[found[first][1]].begin, places[found[last][1] + len(phrase.words[-1]) - 1].end)
        for part in query.words
        for phrases in part.spellings
        for phrase in phrases
        for first, last in _occurrences(phrase, words)
    ]
    return [(begin, end - begin) for begin, end in _joined(stretches)]


@dataclass(frozen=True, slots=True)
class _Place:
    """From where to where, in a text, there stands what became one character when it was folded."""

    begin: int
    end: int


def _placed(text: str) -> tuple[str, Sequence[_Place]]:
    """Fold *text*, and say for each character of the result where it comes from."""
    whole = folded(text)
    if whole == text:
        return whole, [_Place(at, at + 1) for at in range(len(text))]
    pieces = list(_pieces(text))
    return "".join(piece for piece, _ in pieces), [place for piece, place in pieces for _ in piece]


def _pieces(text: str) -> Iterator[tuple[str, _Place]]:
    """Fold *text* piece by piece, where a piece is what does not combine with its neighbours (`ｶﾞ` is one)."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _combine(text[begin:at], text[at]):
            yield folded(text[begin:at]), _Place(begin, at)
            begin = at


def _combine(before: str, after: str) -> bool:
    return not after.isascii() and folded(before + after) != folded(before) + folded(after)


def _occurrences(phrase: Phrase, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the first and the last of the words wherever *phrase* stands."""
    sought = [_plain(word) for word in phrase.words]
    last = len(sought) - 1
    for first in range(len(words) - last):
        here = words[first : first + last + 1]
        if here == sought or (phrase.open_ended and here[:-1] == sought[:-1] and here[-1].startswith(sought[-1])):
            yield first, first + last


def _plain(word: str) -> str:
    """Fold *word* as FTS5's tokenizer does: its case, and the accents of Latin letters."""
    return word.lower() if word.isascii() else "".join(map(_plain_letter, word))


def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base.lower() if base.isascii() else letter.lower()


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1]:
            begin, end = joined[-1][0], max(joined.pop()[1], end)  # noqa: PLW2901 - the two become one
        joined.append((begin, end))
    return joined
