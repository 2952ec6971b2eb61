"""How often words occurred lately: what somebody who follows one can expect."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.chat.request import Request
from bot.digests.spellings import other_spellings
from bot.digests.wording import Worded
from bot.messages.choices import count_named, listed, quoted_word
from bot.messages.phrases import phrase
from storage.database import Transaction
from storage.model import Hit, Word
from storage.search import find
from storage.search_query import Query, Within, read_query

_LATELY = timedelta(days=30)
# Counting goes no further: whoever has so many knows enough.
_MOST = 200
# Of more words nobody reads it.
_FEW = 4


async def tell_lately(request: Request, words: Sequence[Word]) -> list[str]:
    """Say how many items of the last thirty days have each of *words*, if these are few."""
    if len(words) > min(_FEW, count_named(words)):
        return []
    now, language = request.services.clock.now(), request.language
    async with request.services.database.snapshot() as tx:
        found = [await _find(tx, word, now=now) for word in words]
    numbers = await asyncio.to_thread(_count, words, found)
    if len(numbers) == 1:
        return [phrase(language, "lately", counts=_items(language, numbers[0]))]
    each = [_of_word(language, word, number) for word, number in zip(words, numbers, strict=True)]
    return [phrase(language, "lately", counts=listed(language, each))]


def _items(language: str, number: int) -> str:
    return phrase(language, "lately-more-items" if number > _MOST else "lately-items", number=min(number, _MOST))


def _of_word(language: str, word: Word, number: int) -> str:
    name = "lately-word-more" if number > _MOST else "lately-word"
    return phrase(language, name, word=quoted_word(language, word), number=min(number, _MOST))


async def _find(tx: Transaction, word: Word, *, now: datetime) -> list[Hit]:
    # The index knows nothing of `C++`, and finds too much rather than too little.
    parts = [part for phrase in word.folded.split("\n") for part in _read(phrase).parts]
    return await find(tx, Query((*parts, Within("", since=now - _LATELY))), now=now, limit=_MOST + 1)


def _read(phrase: str) -> Query:
    return read_query(f'"{phrase}"', spellings_of=lambda _: other_spellings(phrase))


def _count(words: Sequence[Word], found: Sequence[Sequence[Hit]]) -> list[int]:
    return [len(_worded(hits).places_of(word)) for word, hits in zip(words, found, strict=True)]


def _worded(hits: Sequence[Hit]) -> Worded:
    return Worded(
        (place, text.text) for place, hit in enumerate(hits) for text in (hit.item.headline, hit.item.summary)
    )
