"""Other ways in which somebody may have meant to spell a word that nothing has."""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from storage.search_query import Query, spelled
from storage.search_terms import CJK, folded

# One of fewer letters or characters is near to too many others; a longer one is no word.
_LETTERS = re.compile(r"[a-z]{3,20}")
_CHARACTERS = re.compile(rf"[{CJK}]{{3,8}}")


def misspelled(query: Query) -> Iterator[Query]:
    """Give *query* with one of its words a slip away from how it is spelled, the likelier slips first."""
    for part in query.words:
        for other in dict.fromkeys(_others(folded(part.typed.strip('"')).lower())):
            yield query.but(part, instead=spelled(part, other))


def _others(word: str) -> Iterator[str]:
    if _LETTERS.fullmatch(word):
        yield from (other for other in _slips(word, ascii_lowercase) if other != word)
    elif _CHARACTERS.fullmatch(word):
        yield from (other for other in _slips(word, "") if other != word)


def _slips(word: str, alphabet: str) -> Iterator[str]:
    """Give *word* with two letters changed about, one too many, one wrong, one missing."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + tail[1:] for head, tail in cuts if tail)
    yield from (head + letter + tail[1:] for head, tail in cuts if tail for letter in alphabet)
    yield from (head + letter + tail for head, tail in cuts for letter in alphabet)
