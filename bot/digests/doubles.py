"""Find categories that may be one and the same, for an operator to decide: pure, and sparing with guesses.

Two kinds can be seen. Names *spelled alike* are a letter apart, or have the same words in another order (`News AI`).
Names *akin* begin with the same word and go on in another script (`AI资讯` and `AI News`, `开源AI` and `开源动态`), and
never stand together in a digest, as two names of one thing would not.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Literal

from bot.digests.emphasis import is_cjk
from bot.digests.tables import width
from storage.model import Category

Why = Literal["spelled alike", "akin"]

# In columns, a Chinese character being two: in shorter names every letter counts.
_SHORTEST = 6
# A beginning that more names share than these is a subject, not a sign.
_MOST_AKIN = 6
_MOST_GUESSES = 12
_WORDS = re.compile(r"[^\W_]+")
# Chinese words have two characters as a rule.
_CJK_WORD = 2

_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Double:
    """A category that may be the same as *kept*, which more digests carry."""

    kept: Category
    other: Category
    why: Why


def likely_doubles(categories: Sequence[Category], carriers: Mapping[str, set[int]]) -> list[Double]:
    """Pair those of *categories*, the busiest first, that may be the same; *carriers* are digests by folded names.

    No category is the other of two, and none that is kept is also another.
    """
    reasons: dict[_Pair, Why] = dict.fromkeys(_akin(categories, carriers), "akin")
    reasons |= dict.fromkeys(_alike(categories), "spelled alike")
    kept: dict[int, int] = {}
    doubles: list[Double] = []
    for (one, other), why in sorted(reasons.items()):
        if other not in kept:
            kept[other] = kept.get(one, one)
            doubles.append(Double(categories[kept[other]], categories[other], why))
    return doubles


def _alike(categories: Sequence[Category]) -> Iterator[_Pair]:
    """Those that share a key: all letters but one, or the same words. So three thousand need no comparing of all."""
    sharing: dict[str, list[int]] = {}
    for number, category in enumerate(categories):
        folded = category.folded
        keys = {" ".join(sorted(_WORDS.findall(category.name.casefold()))), folded}
        if width(folded) >= _SHORTEST - folded.endswith("s"):
            keys |= {folded[:at] + folded[at + 1 :] for at in range(len(folded))}
        for key in keys:
            sharing.setdefault(key, []).append(number)
    for key, numbers in sharing.items():
        for one, other in combinations(numbers, 2):
            if " " in key or _is_letter_apart(categories[one].folded, categories[other].folded):
                yield one, other


def _is_letter_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, or another one, or two in the other order, makes *one* *other*; digits count."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if any(not letter.isalpha() for letter in one + other):
        return False
    return max(len(one), len(other)) == 1 or (len(one) == len("ab") and one == other[::-1])


def _akin(categories: Sequence[Category], carriers: Mapping[str, set[int]]) -> list[_Pair]:
    """The busiest pairs that begin with the same word, go on in another script, and are in no digest together."""
    beginnings: dict[str, list[tuple[int, bool]]] = {}
    for number, category in enumerate(categories):
        first, rest = _beginning(category.name)
        if any(map(str.isalpha, rest)):
            beginnings.setdefault(first, []).append((number, is_cjk(rest[0])))
    found = [
        (one, other)
        for sharing in beginnings.values()
        if len(sharing) <= _MOST_AKIN
        for (one, in_cjk), (other, other_in_cjk) in combinations(sharing, 2)
        if in_cjk != other_in_cjk
        and carriers.get(categories[one].folded, set()).isdisjoint(carriers.get(categories[other].folded, set()))
    ]
    return sorted(found, key=lambda pair: pair[1])[:_MOST_GUESSES]


def _beginning(name: str) -> tuple[str, str]:
    """The first word of *name*, and the rest."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", name).casefold())
    runs = ["".join(run) for word in words for _, run in groupby(word, key=is_cjk)]
    if runs and is_cjk(runs[0][0]):
        whole = "".join(runs)
        return whole[:_CJK_WORD], whole[_CJK_WORD:]
    return (runs[0], "".join(runs[1:])) if runs else ("", "")
