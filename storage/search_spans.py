"""Where the words of a query stand in a text: where the index finds them, and nowhere else."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from storage.search_query import Query, Words
from storage.search_terms import Phrase, folded, words_in

# What becomes CJK characters, or part of one, when it is folded; or does so with what stands before.
_FORMS = ((0x1100, 0x11FF), (0x2E80, 0x2FDF), (0x3099, 0x309A), (0x3131, 0x33FF), (0xF900, 0xFAFF), (0xFF61, 0xFFDF))

_COMBINING = re.compile("[\u1160-\u11ff\u3099\u309a\uff9e\uff9f]")

# From where to where, in a text, there stands what became one character when it was folded.
_Place = tuple[int, int]


def spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Give offset and length, in characters, of each place where wanted words stand; in order, none touching another.

    Of words of which only some stand here, those are given; the others may stand in the item's other text.
    """
    whole, places = _placed(text)
    found = list(words_in(whole))
    words = [_plain(word) for word, _, _ in found]
    phrases = {phrase for part in query.words for way in part.spellings for phrase in way}
    stretches = [
        (places[found[first][1]][0], places[found[last][1] + len(phrase.words[-1]) - 1][1])
        for phrase in phrases
        for first, last in _occurrences(phrase, words)
    ]
    return [(begin, end - begin) for begin, end in _joined(stretches)]


def characters_in(part: Words) -> frozenset[str]:
    """Give the characters of which any text that has *part* has one at least; none where that cannot be said so."""
    ways = [way[0].words[0] for way in part.spellings if len(way) == len(way[0].words) == 1 and way[0].open_ended]
    if not part.wanted or len(ways) < len(part.spellings):
        return frozenset()
    return frozenset(ways).union(*map(_forms, ways))


def holds(part: Words, headline: str, summary: str) -> bool:
    """Say whether an item with these texts is as *part* wants it."""
    for way in part.spellings:
        if all(_stands(phrase, headline) or _stands(phrase, summary) for phrase in way):
            return part.wanted
    return not part.wanted


def _placed(text: str) -> tuple[str, Sequence[_Place]]:
    """Fold *text*, and say for each character of the result where it comes from."""
    whole = folded(text)
    if whole == text:
        return whole, [(at, at + 1) for at in range(len(text))]
    pieces = list(_pieces(text))
    return "".join(piece for piece, _ in pieces), [place for piece, place in pieces for _ in piece]


def _pieces(text: str) -> Iterator[tuple[str, _Place]]:
    """Fold *text* piece by piece, where a piece is what does not combine with its neighbours (`ｶﾞ` is one)."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _combine(text[begin:at], text[at]):
            yield folded(text[begin:at]), (begin, at)
            begin = at


def _combine(before: str, after: str) -> bool:
    return not after.isascii() and folded(before + after) != folded(before) + folded(after)


def _joined(stretches: Iterable[_Place]) -> list[_Place]:
    joined: list[_Place] = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _stands(phrase: Phrase, text: str) -> bool:
    if phrase.open_ended and len(phrase.words) == 1:
        return _has(phrase.words[0], text)
    return any(True for _ in _occurrences(phrase, [_plain(word) for word, _, _ in words_in(folded(text))]))


def _has(character: str, text: str) -> bool:
    """Say whether *text*, once folded, has *character*; without folding it, which takes long, if that can be."""
    if character in text and not _COMBINING.match(text, text.index(character) + 1):
        return True
    return any(form in text for form in (character, *_forms(character))) and character in folded(text)


def _occurrences(phrase: Phrase, words: list[str]) -> Iterator[tuple[int, int]]:
    """Give the first and the last of the plain *words* of a text wherever *phrase* stands."""
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


@lru_cache(1000)
def _forms(character: str) -> frozenset[str]:
    """Give what else may become *character* when it is folded, alone or with what follows it."""
    base = unicodedata.normalize("NFD", character)[0]
    forms = _folded_forms()
    return frozenset({base, *forms.get(character, ""), *forms.get(base, "")}) - {character}


@cache
def _folded_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for first, last in _FORMS:
        for code in range(first, last + 1):
            for character in folded(chr(code)):
                forms[character] = forms.get(character, "") + chr(code)
    return forms
