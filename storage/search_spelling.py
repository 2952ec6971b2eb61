"""Other ways in which somebody may have meant to spell a word that nothing has."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from storage.search_query import Query, Words, spelled
from storage.search_terms import CJK, folded

# One of fewer letters or characters is near to too many others; a longer one is no word.
_LETTERS = re.compile(r"[a-z]{3,20}")
_CHARACTERS = re.compile(rf"[{CJK}]{{3,8}}")
# A longer run is a sentence.
_RUN = re.compile(rf"[{CJK}]{{3,12}}")
# What stands beside a wrong character is looked for by itself, if it is as long as that.
_SHORTEST_PIECE = 2


@dataclass(frozen=True, slots=True)
class Gap:
    """A word of a query with a character that may be wrong: what to look for instead, and what to look for there."""

    asked: Query
    query: Query
    _part: Words
    _pattern: re.Pattern[str]

    def filled(self, texts: Iterable[str], *, limit: int) -> list[Query]:
        """Give the query with what stands in *texts* for the character, the commonest first."""
        found = Counter(match[0] for text in texts for match in self._pattern.finditer(folded(text)))
        return [self.asked.but(self._part, instead=spelled(self._part, other)) for other, _ in found.most_common(limit)]


def misspelled(query: Query, part: Words) -> Iterator[Query]:
    """Give *query* with *part* a slip away from how it is spelled, the likelier slips first."""
    word = _word(part)
    if _LETTERS.fullmatch(word) or _CHARACTERS.fullmatch(word):
        for other in dict.fromkeys(_slips(word, ascii_lowercase if word.isascii() else "")):
            if other != word:
                yield query.but(part, instead=spelled(part, other))


def gaps(query: Query, part: Words) -> Iterator[Gap]:
    """Give each place in the CJK word *part* where another character may be meant, of which there are too many."""
    word = _word(part)
    for at in range(len(word) if _CHARACTERS.fullmatch(word) else 0):
        pieces = [piece for piece in (word[:at], word[at + 1 :]) if len(piece) >= _SHORTEST_PIECE]
        if pieces:
            pattern = re.compile(rf"{word[:at]}[{CJK}]{word[at + 1 :]}")
            yield Gap(query, query.but(part, instead=spelled(part, " ".join(pieces))), part, pattern)


def parted(query: Query, part: Words) -> Iterator[Query]:
    """Give *query* with *part* as two words: who writes without blanks runs together what need not stand together."""
    word = part.typed
    if _RUN.fullmatch(word):
        for at in range(_SHORTEST_PIECE, len(word) - _SHORTEST_PIECE + 1):
            yield query.but(part, instead=spelled(part, f"{word[:at]} {word[at:]}"))


def pieces(query: Query, part: Words) -> Iterator[Query]:
    """Give *query* with only a beginning or an end of *part*, no less than half of it, the longest first."""
    word = part.typed
    if _RUN.fullmatch(word):
        for length in range(len(word) - 1, max(_SHORTEST_PIECE, (len(word) + 1) // 2) - 1, -1):
            for piece in (word[:length], word[-length:]):
                yield query.but(part, instead=spelled(part, piece))


def _word(part: Words) -> str:
    return folded(part.typed.strip('"')).lower()


def _slips(word: str, alphabet: str) -> Iterator[str]:
    """Give *word* with two letters changed about, one too many, one wrong, one missing."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + tail[1:] for head, tail in cuts if tail)
    yield from (head + letter + tail[1:] for head, tail in cuts if tail for letter in alphabet)
    yield from (head + letter + tail for head, tail in cuts for letter in alphabet)
