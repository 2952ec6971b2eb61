"""`/follow` and `/mute`: words that bring items, or keep them away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.lately import tell_lately
from bot.chat.outlook import out_of_date, outlook
from bot.chat.request import Request
from bot.chat.standstill import ended
from bot.chat.undo_words import new_ones, said_words, undo_button
from bot.chat.words import has_room, kind_of, list_button, list_words, no_room, other, words_of
from bot.digests.wording import LONGEST_PHRASE, can_be_kept, read_words, word_of
from bot.messages.choices import gets_anything, quoted_words, state
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.model import Preferences, Word
from storage.words import WordKind, drop_words, keep_words

# A phrase has no more words.
_MOST_IN_PHRASE = 4


@tap("phrase")
@dataclass(frozen=True, slots=True)
class TakeAsPhrase(Tap):
    """What the message names as words as one phrase instead; *had*, by their places as bits, stay."""

    muted: bool
    had: int


async def follow(request: Request) -> list[Answer]:
    """Follow words; without any, show those that are followed."""
    return [await _take(request, "follow", request.words)]


async def mute(request: Request) -> list[Answer]:
    """Mute words; without any, show those that are muted."""
    return [await _take(request, "mute", request.words)]


async def follow_typed(request: Request) -> list[Answer]:
    """Follow the words that were asked for."""
    return [await _take(request, "follow", request.text)]


async def mute_typed(request: Request) -> list[Answer]:
    """Mute the words that were asked for."""
    return [await _take(request, "mute", request.text)]


async def take_as_phrase(request: Request, tap: TakeAsPhrase) -> Reaction:
    """Take one phrase for the words that the message names."""
    kind, words = kind_of(muted=bool(tap.muted)), said_words(request)
    together = word_of([" ".join(word.shown for word in words)])
    if together is None:
        return out_of_date(request.language)
    async with request.services.database.transaction() as tx:
        await drop_words(tx, (await request.ensure_known(tx)).id, kind, new_ones(words, tap.had))
    return Replace(await take_words(request, kind, [together]))


async def take_words(request: Request, kind: WordKind, words: Sequence[Word], *, typed: str = "") -> Answer:
    """Follow or mute *words*, and not the other any more; say what happens now, or why they cannot be kept."""
    if not all(map(can_be_kept, words)):
        return Answer(phrase(request.language, "words-too-long", longest=LONGEST_PHRASE))
    async with request.services.database.transaction() as tx:
        # Whoever stopped receives again for what they follow, not for what they mute.
        subscriber = await (request.ensure_subscriber(tx) if kind == "follow" else request.ensure_known(tx))
        before = subscriber.preferences
        if not has_room(before, kind, words):
            return no_room(request.language, before, kind, whom=request.whom)
        await keep_words(tx, subscriber.id, kind, words)
    sentences = [*_sentences(request, before, kind, words), *await tell_lately(request, words)]
    offers = _offers(request, before, kind, words, typed)
    # To mute is no use to whoever gets nothing.
    if kind == "mute" and not gets_anything(before):
        present = state(request.language, before, whom=request.whom)
        return outlook(request.language, before, [*sentences, present], offers=offers)
    return Answer("\n".join(sentences), keyboard=keyboard(*packed(offers)))


async def _take(request: Request, kind: WordKind, typed: str) -> Answer:
    words = read_words(typed)
    if not words:
        return list_words(request.language, request.preferences, kind, whom=request.whom)
    return await take_words(request, kind, words, typed=typed)


def _sentences(request: Request, before: Preferences, kind: WordKind, words: Sequence[Word]) -> Iterator[str]:
    language, whom = request.language, request.whom
    named = quoted_words(language, words)
    yield phrase(language, "followed" if kind == "follow" else "muted", whom=whom, words=named)
    if moved := _moved(before, kind, words):
        name = "followed-instead" if kind == "follow" else "muted-instead"
        yield phrase(language, name, words=quoted_words(language, moved))
    if kind == "follow":
        yield from ended(request)
        had = "everything" if before.everything else "categories" if before.categories else "nothing"
        yield phrase(language, "follow-brings", whom=whom, had=had, count=len(words))
    else:
        yield phrase(language, "mute-hides", count=len(words))


def _offers(request: Request, before: Preferences, kind: WordKind, words: Sequence[Word], typed: str) -> list[Button]:
    language, had = request.language, words_of(before, kind)
    return [
        *undo_button(language, kind, words, had=had, moved=_moved(before, kind, words)),
        *_phrase_button(language, kind, words, had, typed),
        list_button(language, kind, request.whom),
    ]


def _moved(before: Preferences, kind: WordKind, words: Sequence[Word]) -> list[Word]:
    elsewhere = words_of(before, other(kind))
    return [word for word in words if word in elsewhere]


def _phrase_button(
    language: str, kind: WordKind, words: Sequence[Word], had: Sequence[Word], typed: str
) -> list[Button]:
    """Offer one phrase to whoever typed a few words of an alphabet, which may have been meant as one."""
    together = " ".join(typed.split())
    meant = typed.isascii() and together == " ".join(word.shown for word in words)
    if not meant or not 1 < len(words) <= _MOST_IN_PHRASE:
        return []
    bits = sum(1 << place for place, word in enumerate(words) if word in had)
    return [button(phrase(language, "button-as-one", words=together), TakeAsPhrase(kind == "mute", bits))]
