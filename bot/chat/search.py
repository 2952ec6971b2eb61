"""`/search words`: items of the archive, the newest first."""

from bot.chat.answer import Answer
from bot.chat.keyboards import keyboard, latest_button
from bot.chat.request import Request
from bot.digests.builder import join
from bot.messages.hits import show_hits, show_no_hits
from bot.messages.phrases import phrase
from storage.model import FormattedText
from storage.search import find
from storage.search_query import read_query

_MOST = 10
_LONGEST = 200


async def search(request: Request) -> list[Answer]:
    """Show the newest items that have all the words."""
    return await look_for(request, request.words)


async def look_for(request: Request, words: str, *, was_asked: bool = True) -> list[Answer]:
    """Show the newest items that have all of *words*; should nobody have asked to, say why."""
    language = request.language
    query = read_query(words)
    if not query.names_something:
        return [Answer(phrase(language, "search-usage"))]
    if len(words) > _LONGEST:
        return [Answer(phrase(language, "search-too-long"))]
    async with request.services.database.snapshot() as tx:
        # One more than is shown tells whether these are all.
        hits = await find(tx, query, now=request.services.clock.now(), limit=_MOST + 1)
    if not hits:
        return [Answer(show_no_hits(language, words), keyboard=keyboard([latest_button(language)]))]
    shown = show_hits(language, words, hits[:_MOST], are_all=len(hits) <= _MOST)
    hint = [] if was_asked else [FormattedText(phrase(language, "typed-hint"))]
    whole = join([shown, *hint], "\n\n")
    return [Answer(whole.text, whole.entities)]
