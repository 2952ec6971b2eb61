"""Say what a subscriber chose."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Literal

from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.rows import in_a_row
from storage.model import Category, Preferences, Word

_MOST_NAMES = 20
_LONGEST_NAME = 64
# In a sentence that is about more.
_FEW_NAMES = 5
# A word of many phrases is longer by far.
_COMMON_LENGTH = 50
# Who gets it: the person who is told, the group or topic in which that is said, or a chat that is told of elsewhere.
Whom = Literal["you", "group", "topic", "there"]

_YOU = ("state-everything", "state-categories-words", "state-categories", "state-words", "state-nothing")
_HERE = ("here-everything", "here-categories-words", "here-categories", "here-words", "here-nothing")
_THERE = ("there-everything", "there-categories-words", "there-categories", "there-words", "there-nothing")
# Phrases for everything, categories and words, only categories, only words, and nothing.
_STATES: Mapping[Whom, tuple[str, str, str, str, str]] = {"you": _YOU, "group": _HERE, "topic": _HERE, "there": _THERE}


def gets_anything(preferences: Preferences) -> bool:
    """Say whether anything at all is asked for."""
    return preferences.everything or bool(preferences.categories or preferences.followed)


def state(language: str, preferences: Preferences, *, whom: Whom = "you") -> str:
    """Say in one line what the subscriber gets."""
    gets = _gets(language, preferences, whom)
    if not preferences.muted or not gets_anything(preferences):
        return gets
    return phrase(language, "state-muted", gets=gets, words=quoted_words(language, preferences.muted, most=_FEW_NAMES))


def _gets(language: str, preferences: Preferences, whom: Whom) -> str:
    everything, both, only_categories, only_words, nothing = _STATES[whom]
    facts = {"whom": whom} if _STATES[whom] is _HERE else {}
    if preferences.everything:
        return phrase(language, everything, **facts)
    categories = named(language, preferences.categories)
    words = quoted_words(language, preferences.followed, most=_FEW_NAMES)
    match bool(preferences.categories), bool(preferences.followed):
        case True, True:
            return phrase(language, both, categories=categories, words=words, **facts)
        case True, False:
            return phrase(language, only_categories, categories=categories, **facts)
        case False, True:
            return phrase(language, only_words, words=words, **facts)
        case _:
            return phrase(language, nothing, **facts)


def named(language: str, categories: Sequence[Category]) -> str:
    """Name *categories* where nothing else stands; past twenty the rest are counted."""
    return listed(language, [_short(category) for category in categories])


def quoted(language: str, categories: Sequence[Category]) -> str:
    """Name *categories* inside a sentence, marked as names; past twenty the rest are counted."""
    return listed(language, [phrase(language, "quoted", category=_short(category)) for category in categories])


def quoted_words(language: str, words: Sequence[Word], *, most: int = _MOST_NAMES) -> str:
    """Name *words* inside a sentence, each whole and in quotes; what is beyond *most*, or no room for, is counted."""
    return listed(language, [quoted_word(language, word) for word in words], most=count_named(words, most=most))


def count_named(words: Sequence[Word], *, most: int = _MOST_NAMES) -> int:
    """Say how many of *words* a sentence names that may name *most* of common length."""
    lengths = accumulate(len(word.shown) for word in words[:most])
    return max(1, sum(length <= most * _COMMON_LENGTH for length in lengths))


def quoted_word(language: str, word: Word) -> str:
    """Put *word* in quotes, whole: from them `bot.digests.quotes` takes it again."""
    return phrase(language, "quoted", category=word.shown)


def listed(language: str, shown: Sequence[str], *, most: int = _MOST_NAMES) -> str:
    """Put *shown* one after the other as the language does; past *most* the rest are counted."""
    more = [phrase(language, "more-categories", count=len(shown) - most)] if len(shown) > most else []
    return in_a_row(language, [*shown[:most], *more])


def _short(category: Category) -> str:
    return shortened(category.name, _LONGEST_NAME)
