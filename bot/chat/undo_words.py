"""The button that takes back what was done with words: the message says which, so that nothing has to be kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.chat.answer import Reaction, Replace
from bot.chat.keyboards import Button, button
from bot.chat.outlook import out_of_date
from bot.chat.request import Request
from bot.chat.words import has_room, kind_of, list_words, no_room, other, preferences_now
from bot.digests.quotes import by_quotes
from bot.digests.wording import word_shown
from bot.messages.choices import count_named
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.model import Word
from storage.words import WordKind, drop_words, keep_words


@tap("unword")
@dataclass(frozen=True, slots=True)
class UndoWords(Tap):
    """What the message says is done no more: words were followed or muted, or just that was ended.

    Of the words, by their places in the message as bits, *had* were so before, and *moved* were of the other kind.
    """

    muted: bool
    ended: bool
    had: int
    moved: int


def undo_button(
    language: str,
    kind: WordKind,
    words: Sequence[Word],
    *,
    ended: bool = False,
    had: Collection[Word] = (),
    moved: Collection[Word] = (),
) -> list[Button]:
    """Offer to undo what a message's first line says of *words*; nothing where nothing was done, or to too many."""
    if len(words) > count_named(words) or {*words} <= {*had}:
        return []
    tap = UndoWords(kind == "mute", ended, _bits(words, had), _bits(words, moved))
    return [button(phrase(language, "button-undo"), tap)]


async def undo_words(request: Request, tap: UndoWords) -> Reaction:
    """Let the person have the words that they had."""
    kind, words = kind_of(muted=bool(tap.muted)), said_words(request)
    if not words:
        return out_of_date(request.language)
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_known(tx)
        if not has_room(subscriber.preferences, kind, words):
            return Replace(no_room(request.language, subscriber.preferences, kind, whom=request.whom))
        if tap.ended:
            await keep_words(tx, subscriber.id, kind, words)
        else:
            await drop_words(tx, subscriber.id, kind, new_ones(words, tap.had))
            await keep_words(tx, subscriber.id, other(kind), _at(words, tap.moved))
    preferences = await preferences_now(request)
    said = [phrase(request.language, "words-undone")]
    return Replace(list_words(request.language, preferences, kind, whom=request.whom, said=said))


def said_words(request: Request) -> list[Word]:
    """Give the words that the message whose button was pressed names in its first line; none where it is gone."""
    text = (request.message.text or "") if request.message else ""
    quoted = (piece for is_quoted, piece in by_quotes(text.partition("\n")[0]) if is_quoted)
    return [word for piece in quoted if (word := word_shown(piece)) is not None]


def new_ones(words: Sequence[Word], had: int) -> list[Word]:
    """Give those of *words* that are not among the bits of *had*."""
    return [word for place, word in enumerate(words) if not had >> place & 1]


def _at(words: Sequence[Word], bits: int) -> list[Word]:
    return [word for place, word in enumerate(words) if bits >> place & 1]


def _bits(words: Sequence[Word], those: Collection[Word]) -> int:
    return sum(1 << place for place, word in enumerate(words) if word in those)
