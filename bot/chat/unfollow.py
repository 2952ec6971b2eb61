"""`/unfollow` and `/unmute`, and the buttons of the list: words no more."""

from collections.abc import Sequence

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.outlook import out_of_date
from bot.chat.request import Request
from bot.chat.undo_words import undo_button
from bot.chat.words import DropWord, kind_of, list_words, marked, preferences_now, words_of
from bot.digests.wording import can_be_kept, read_words
from bot.messages.choices import quoted_words
from bot.messages.phrases import phrase
from storage.model import Word
from storage.words import WordKind, drop_words


async def unfollow(request: Request) -> list[Answer]:
    """Follow words no more; without any, show those that are followed."""
    return [await _end(request, "follow", read_words(request.words))]


async def unmute(request: Request) -> list[Answer]:
    """Mute words no more; without any, show those that are muted."""
    return [await _end(request, "mute", read_words(request.words))]


async def drop_word(request: Request, tap: DropWord) -> Reaction:
    """End one word, and show the others."""
    kind = kind_of(muted=bool(tap.muted))
    word = marked(words_of(request.preferences, kind), tap.mark)
    if word is None:
        return out_of_date(request.language)
    return Replace(await _end(request, kind, [word], page=tap.page))


async def _end(request: Request, kind: WordKind, words: Sequence[Word], *, page: int = 0) -> Answer:
    language, had = request.language, words_of(request.preferences, kind)
    # As they are kept: so they are told, and can be had again.
    ending = [word for word in had if word in words]
    if ending:
        async with request.services.database.transaction() as tx:
            await drop_words(tx, (await request.ensure_known(tx)).id, kind, ending)
    left = await preferences_now(request)
    # What is too long to be kept is too long to be repeated, too.
    missing = [word for word in words if word not in had and can_be_kept(word)]
    said = [*_ended(request, kind, ending), *_missing(request, kind, missing)]
    offers = undo_button(language, kind, ending, ended=True)
    return list_words(language, left, kind, whom=request.whom, page=page, said=said, offers=offers)


def _ended(request: Request, kind: WordKind, words: Sequence[Word]) -> list[str]:
    name = "unmuted" if kind == "mute" else "unfollowed"
    return _named(request, name, words)


def _missing(request: Request, kind: WordKind, words: Sequence[Word]) -> list[str]:
    name = "not-muted" if kind == "mute" else "not-followed"
    return _named(request, name, words)


def _named(request: Request, name: str, words: Sequence[Word]) -> list[str]:
    language = request.language
    return [phrase(language, name, whom=request.whom, words=quoted_words(language, words))] if words else []
