"""What is asked in the benchmark of search: queries of each kind, in words that the texts are made of."""

import random
from collections.abc import Callable, Mapping
from functools import cache

from benchmarks.search_archive import CATEGORIES
from benchmarks.search_text import EVERYWHERE, a_vocabulary

_COMMON = 25
_YEARS = range(2019, 2026)


def kinds() -> tuple[str, ...]:
    """Name all kinds."""
    return tuple(_KINDS)


def a_query_of(kind: str, chance: random.Random) -> str:
    """Make up a query of *kind*."""
    return _KINDS[kind](chance)


_vocabulary = cache(a_vocabulary)


def _chinese(chance: random.Random, characters: int) -> str:
    """Draw a word of so many characters, as likely each as it is to be met in a text."""
    while len(word := _vocabulary().chinese.some(chance, 1)[0]) != characters:
        pass
    return word


def _english(chance: random.Random) -> str:
    return _vocabulary().english.some(chance, 1)[0]


def _word(chance: random.Random) -> str:
    return _english(chance) if chance.random() < 1 / 3 else _chinese(chance, 2)


def _host(chance: random.Random) -> str:
    return _vocabulary().hosts.some(chance, 1)[0]


def _common_phrase(chance: random.Random) -> str:
    """Put two of the commonest words together."""
    if chance.random() < 0.5:
        return f'"{" ".join(chance.sample(_vocabulary().english.words[:_COMMON], 2))}"'
    common = [word for word in _vocabulary().chinese.words[:100] if len(word) == 2]
    return f'"{"".join(chance.sample(common, 2))}"'


def _nothing(chance: random.Random) -> str:
    """Ask for what no text has: an unknown word, one beside a common one, two rare ones that never meet."""
    unknown = "".join(chance.choices("qxzj", k=7))
    rare = [chance.choice(_vocabulary().chinese.words[20_000:]) for _ in range(3)]
    return chance.choice((unknown, f"的 {unknown}", f"{_word(chance)} {unknown}", " ".join(rare), f'"{"".join(rare)}"'))


_KINDS: Mapping[str, Callable[[random.Random], str]] = {
    "one character": lambda chance: _chinese(chance, 1),
    "two characters": lambda chance: _chinese(chance, 2),
    "four characters": lambda chance: _chinese(chance, 4),
    "a Latin word": _english,
    "a word in 60 % of items": lambda _: EVERYWHERE,
    "two words": lambda chance: f"{_word(chance)} {_word(chance)}",
    "a character and a word": lambda chance: f"{_chinese(chance, 1)} {_word(chance)}",
    "a word, -another": lambda chance: f"{_word(chance)} -{_word(chance)}",
    "a word, category:": lambda chance: f"{_word(chance)} category:{chance.choice(CATEGORIES)}",
    "a word, from:": lambda chance: f"{_word(chance)} from:{_host(chance)}",
    "a word, since: until:": lambda chance: f"{_word(chance)} since:{chance.choice(_YEARS)} until:2025",
    "category: since: alone": lambda chance: f"category:{chance.choice(CATEGORIES)} since:{chance.choice(_YEARS)}",
    "a phrase of common words": _common_phrase,
    "nothing found": _nothing,
}
