"""The words that somebody follows or mutes, as a list with a button for each."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from telegram import ForceReply

from bot.chat.answer import Add, Answer, Reaction, Replace
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.request import Request
from bot.digests.wording import MOST_WORDS
from bot.messages.choices import Whom
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.model import Preferences, Word
from storage.subscribers import subscriber_at
from storage.words import WordKind

_ON_A_PAGE = 10
# Of the phrase of a word, enough to tell a person's few words apart.
_MARK_BYTES = 9


@tap("words")
@dataclass(frozen=True, slots=True)
class ShowWords(Tap):
    """A page of the words that are followed or muted."""

    muted: bool
    page: int


@tap("word")
@dataclass(frozen=True, slots=True)
class DropWord(Tap):
    """The word with this mark no more, seen on a page."""

    muted: bool
    mark: str
    page: int


@tap("add")
@dataclass(frozen=True, slots=True)
class AskForWords(Tap):
    """To be asked for words, to follow or to mute."""

    muted: bool


async def show_words(request: Request, tap: ShowWords) -> Reaction:
    """Show a page of them."""
    return Replace(
        list_words(request.language, request.preferences, kind_of(muted=tap.muted), whom=request.whom, page=tap.page)
    )


async def ask_for_words(request: Request, tap: AskForWords) -> Reaction:
    """Ask for words."""
    asked = phrase(request.language, "words-to-mute" if tap.muted else "words-to-follow")
    return Add([Answer(asked, keyboard=ForceReply(input_field_placeholder='Qwen "world model"'))])


def list_words(
    language: str,
    preferences: Preferences,
    kind: WordKind,
    *,
    whom: Whom,
    page: int = 0,
    said: Sequence[str] = (),
    offers: Sequence[Button] = (),
) -> Answer:
    """List the words of a kind, below what was just *said* and done."""
    words = words_of(preferences, kind)
    last = max(0, len(words) - 1) // _ON_A_PAGE
    # Anybody can ask for any page, and words go.
    page = min(page, last)
    here = words[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
    return Answer(
        "\n".join([*said, *_sentences(language, kind, len(words), whom)]),
        keyboard=keyboard(
            offers,
            *packed(_word_button(word, kind, page) for word in here),
            _page_buttons(kind, page, last),
            [_add_button(language, kind), list_button(language, other(kind), whom)],
        ),
    )


def list_button(language: str, kind: WordKind, whom: Whom) -> Button:
    """Offer the list of a kind."""
    label = phrase(language, "button-muted-words" if kind == "mute" else "button-followed-words", whom=whom)
    return button(label, ShowWords(muted=kind == "mute", page=0))


def drop_button(label: str, word: Word, kind: WordKind) -> Button:
    """Offer to end one word."""
    return button(label, DropWord(kind == "mute", _mark(word), page=0))


def kind_of(*, muted: bool) -> WordKind:
    """Give the kind that a button means."""
    return "mute" if muted else "follow"


def words_of(preferences: Preferences, kind: WordKind) -> tuple[Word, ...]:
    """Give the words of a kind."""
    return preferences.muted if kind == "mute" else preferences.followed


async def preferences_now(request: Request) -> Preferences:
    """Read what the person asked for as it is by now."""
    async with request.services.database.snapshot() as tx:
        subscriber = await subscriber_at(tx, request.address)
    return subscriber.preferences if subscriber else Preferences()


def has_room(preferences: Preferences, kind: WordKind, words: Sequence[Word]) -> bool:
    """Say whether *words* may be kept beside those of the kind that there are."""
    return len({*words_of(preferences, kind), *words}) <= MOST_WORDS


def no_room(language: str, preferences: Preferences, kind: WordKind, *, whom: Whom) -> Answer:
    """Say that there is none, with the words to choose from what may go."""
    count = len(words_of(preferences, kind))
    said = phrase(language, "words-too-many", whom=whom, most=MOST_WORDS, count=count)
    return list_words(language, preferences, kind, whom=whom, said=[said])


def other(kind: WordKind) -> WordKind:
    """Give the kind that a word cannot be of meanwhile."""
    return kind_of(muted=kind == "follow")


def marked(words: Sequence[Word], mark: str) -> Word | None:
    """Give the one of *words* that a button names; None: it is none of them any more."""
    return next((word for word in words if _mark(word) == mark), None)


def _sentences(language: str, kind: WordKind, count: int, whom: Whom) -> list[str]:
    told = phrase(language, "words-muted" if kind == "mute" else "words-followed", whom=whom, count=count)
    if count:
        return [told, phrase(language, "words-tap")]
    return [told, phrase(language, "words-typed", command=f"/{kind}")]


def _word_button(word: Word, kind: WordKind, page: int) -> Button:
    return button(f"✕ {word.shown}", DropWord(kind == "mute", _mark(word), page))


def _add_button(language: str, kind: WordKind) -> Button:
    return button(phrase(language, "button-add-words"), AskForWords(muted=kind == "mute"))


def _page_buttons(kind: WordKind, page: int, last: int) -> list[Button]:
    muted = kind == "mute"
    if last == 0:
        return []
    return [
        *([button("‹", ShowWords(muted, page - 1))] if page > 0 else []),
        button(f"{page + 1}/{last + 1}", ShowWords(muted, page)),
        *([button("›", ShowWords(muted, page + 1))] if page < last else []),
    ]


def _mark(word: Word) -> str:
    return urlsafe_b64encode(blake2b(word.folded.encode(), digest_size=_MARK_BYTES).digest()).decode()
