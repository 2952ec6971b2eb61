"""The button under what a search found, or did not: what will have the words comes by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.answer import Reaction, Toast
from bot.chat.keyboards import Button, button
from bot.chat.request import Request
from bot.chat.standstill import ended
from bot.chat.understand import asked_in
from bot.digests.wording import MOST_WORDS, can_be_kept, word_of
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.model import Word
from storage.search_query import Query, Words, read_query
from storage.words import keep_words

# A toast has room for 200 characters.
_LONGEST_SHOWN = 60


@tap("alert")
@dataclass(frozen=True, slots=True)
class FollowSearch(Tap):
    """What the message shows the hits of, from now on."""


def alert_button(language: str, query: Query) -> Sequence[Button]:
    """Offer to follow the words of *query*; nothing where following them would bring other items than it finds."""
    return [button(phrase(language, "button-alert"), FollowSearch())] if word_for(query) else []


def word_for(query: Query) -> Word | None:
    """Say which word to follow for *query*; None: there is none for it, or it is too long."""
    wanted = [part for part in query.parts if isinstance(part, Words) and part.wanted]
    word = word_of([part.typed.strip('"') for part in wanted]) if len(wanted) == len(query.parts) else None
    return word if word and can_be_kept(word) else None


async def follow_search(request: Request, _: FollowSearch) -> Reaction:
    """Let what has the words of the search come by itself."""
    word = word_for(read_query(asked_in(request.message)))
    if word is None:
        return Toast(phrase(request.language, "old-search"))
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_subscriber(tx)
        followed = subscriber.preferences.followed
        if word not in followed and len(followed) >= MOST_WORDS:
            return Toast(phrase(request.language, "alert-full", most=MOST_WORDS))
        await keep_words(tx, subscriber.id, "follow", [word])
    on = phrase(request.language, "alert-on", words=shortened(word.shown, _LONGEST_SHOWN))
    return Toast("\n".join([on, *ended(request)]))
