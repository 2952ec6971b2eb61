"""Words that readers follow or mute: as they are typed, and where a digest carries them."""

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate

from bot.digests.characters import clean_line
from bot.digests.phrases import as_searched, pattern_of, read_phrases, runs_in
from bot.digests.quotes import by_quotes, without_quotes
from storage.model import Digest, Word

MOST_WORDS = 100
LONGEST_PHRASE = 64
MOST_PHRASES = 8

_COMMAS = re.compile(r"[,，、;；\n]+")
_HASHES = "#＃"
# Stands between the phrases of a word where it is shown; input methods give it seldom.
_JOINT = " ＋ "
# Stands between the texts that are looked through: no phrase goes over it, and no text has it (see `phrases`).
_END = "\ufdd1"


def read_words(typed: str) -> list[Word]:
    """Give each word, and each phrase in quotes, once; where there are commas, what they part.

    What has neither a letter nor a digit is none. Some may be too long (`can_be_kept`).
    """
    found = (word_of([piece]) for piece in _pieces(typed))
    return list({word.folded: word for word in reversed([*filter(None, found)])}.values())[::-1]


def word_of(phrases: Sequence[str]) -> Word | None:
    """Give the word that is there when each of *phrases* is, in any order; None when they say nothing."""
    shown = [*filter(None, map(_shown, phrases))]
    folded = sorted({folded for phrase in shown for folded in read_phrases(phrase)})
    return Word("\n".join(folded), _JOINT.join(shown)) if folded else None


def word_shown(shown: str) -> Word | None:
    """Give again the word that is shown so."""
    return word_of(shown.split(_JOINT))


def can_be_kept(word: Word) -> bool:
    """Say whether the word is short enough to be stored: no name is nearly as long."""
    phrases = word.folded.split("\n")
    return (
        len(phrases) <= MOST_PHRASES
        and max(map(len, phrases)) <= LONGEST_PHRASE
        and len(word.shown) <= LONGEST_PHRASE * len(phrases)
    )


class Worded:
    """A digest in which words are looked for: in the headline and the summary of each item.

    A digest without items is looked through as if it were one: its title and what it says besides.
    """

    __slots__ = ("_found", "_places", "_runs", "_starts", "_text")

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        """Look through *texts*, each of the item at a place."""
        self._places, searched, runs = list[int](), list[str](), set[str]()
        for place, text in texts:
            prepared, its_runs = as_searched(text)
            self._places.append(place)
            searched.append(prepared)
            runs |= its_runs
        self._text, self._runs = _END.join(searched), runs
        lengths = (len(text) + len(_END) for text in searched)
        self._starts = [0, *accumulate(lengths)][: len(searched)]
        self._found: dict[str, frozenset[int]] = {}

    def places_of(self, word: Word) -> frozenset[int]:
        """Give the places, from 0, of the items that have the word."""
        return self._places_of(word.folded)

    def carried(self, folded: Iterable[str]) -> list[str]:
        """Give those words, by their folded form, that any item has."""
        return [each for each in folded if self._places_of(each)]

    def _places_of(self, folded: str) -> frozenset[int]:
        # Most words are in most digests not at all, and this is asked for many.
        if not self._runs.issuperset(runs_in(folded)):
            return frozenset()
        if folded not in self._found:
            found = [self._places_of_phrase(phrase) for phrase in folded.split("\n")]
            self._found[folded] = frozenset.intersection(*found)
        return self._found[folded]

    def _places_of_phrase(self, phrase: str) -> frozenset[int]:
        starts = (found.start() for found in pattern_of(phrase).finditer(self._text))
        return frozenset(self._places[bisect(self._starts, start) - 1] for start in starts)


def worded(digest: Digest) -> Worded:
    """Prepare *digest* for looking; long ones take long enough to be prepared once, and in a thread."""
    if not digest.items:
        return Worded([(0, digest.title), (0, digest.intro.text)])
    return Worded(
        (place, formatted.text)
        for place, item in enumerate(digest.items)
        for formatted in (item.headline, item.summary)
        if formatted.text
    )


def _shown(phrase: str) -> str:
    return without_quotes(clean_line(phrase)).replace(_JOINT.strip(), "+").lstrip(_HASHES + " ").rstrip()


def _pieces(typed: str) -> Iterator[str]:
    pieces = list(by_quotes(typed))
    has_commas = any(_COMMAS.search(text) for is_quoted, text in pieces if not is_quoted)
    for is_quoted, text in pieces:
        yield from [text] if is_quoted else _unquoted(text, has_commas=has_commas)


def _unquoted(text: str, *, has_commas: bool) -> Collection[str]:
    return _COMMAS.split(text) if has_commas else text.split()
