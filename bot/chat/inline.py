"""Inline mode: whoever types `@bot words` in any chat is offered items to share there."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
)

from bot.chat.editions import in_their_language
from bot.chat.errors import harmless_ignored
from bot.chat.services import Services
from bot.chat.understand import marks_of, understand
from bot.messages.entities import as_bot_api
from bot.messages.offered import Offer, offer
from bot.messages.phrases import choose_language, phrase
from storage.database import Transaction
from storage.digests import latest_digests
from storage.items import hits_of
from storage.model import Address, Hit, Preferences
from storage.search import find
from storage.search_query import Query
from storage.subscribers import subscriber_at

_PAGE = 20
# What Telegram gives again to whoever asks the same: new digests do not come by the minute.
_KEPT = timedelta(minutes=1)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_START = "inline"
# Digests without items in a row, behind which nobody looks.
_MOST_EMPTY = 3
# Of the newest, which digest, and which of its items; of what was searched, only the latter.
_OFFSET = re.compile(r"([0-9]{1,4}):([0-9]{1,4})")
# Nobody goes farther, and to find all that stand before costs more with each.
_FARTHEST = 2_000


@dataclass(frozen=True, slots=True)
class _Page:
    """Some of what is offered, and the offset of what follows; empty: nothing does."""

    hits: Sequence[Hit] = ()
    following: str = ""


async def offer_items(services: Services, query: InlineQuery) -> None:
    """Offer what was found for what is typed, or the newest when nothing is yet, some at a time."""
    async with services.database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(query.from_user.id))
        preferences = subscriber.preferences if subscriber else Preferences()
        reads = preferences.language or query.from_user.language_code
        asked = await understand(tx, services, query.query, preferences=preferences)
        look = _found if query.query.strip() else partial(_newest, reads=reads)
        page = await look(tx, asked, now=services.clock.now(), offset=_read(query.offset))
    language, marks = choose_language(reads), marks_of(asked)
    # In a thread: twenty take long enough for others to notice.
    offers = await asyncio.to_thread(lambda: [offer(language, hit, marks) for hit in page.hits])
    articles = [_article(hit.item_id, each) for hit, each in zip(page.hits, offers, strict=True)]
    button = None if articles or query.offset else _nothing(language)
    with harmless_ignored():
        # Personal: it is in their language, and their days are those of their time zone.
        await query.answer(articles, cache_time=_KEPT, is_personal=True, next_offset=page.following, button=button)


async def _found(tx: Transaction, query: Query, *, now: datetime, offset: tuple[int, int]) -> _Page:
    _, first = offset
    hits = await find(tx, query, now=now, limit=_PAGE + 1, offset=first)
    goes_on = len(hits) > _PAGE and first + _PAGE <= _FARTHEST
    return _Page(hits[:_PAGE], _written(0, first + _PAGE) if goes_on else "")


async def _newest(tx: Transaction, _: Query, *, now: datetime, offset: tuple[int, int], reads: str | None) -> _Page:
    """Look at the newest digests, one after the other."""
    digest, first = offset
    for place in range(digest, digest + _MOST_EMPTY):
        newest = await latest_digests(tx, now=now, limit=1, offset=place)
        stored = await in_their_language(tx, newest[0].id, reads, now=now) if newest else None
        hits = await hits_of(tx, stored.id, limit=_PAGE + 1, offset=first) if stored else []
        if hits:
            following = _written(place, first + _PAGE) if len(hits) > _PAGE else _written(place + 1, 0)
            return _Page(hits[:_PAGE], following)
        first = 0
    return _Page()


def _article(item_id: int, offer: Offer) -> InlineQueryResultArticle:
    entities = MessageEntity.de_list(as_bot_api(offer.message.text, offer.message.entities), None)
    content = InputTextMessageContent(offer.message.text, entities=entities, link_preview_options=_NO_PREVIEW)
    return InlineQueryResultArticle(str(item_id), offer.title, content, description=offer.description)


def _nothing(language: str) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(phrase(language, "inline-nothing"), start_parameter=_START)


def _read(offset: str) -> tuple[int, int]:
    read = _OFFSET.fullmatch(offset)
    return (min(int(read[1]), _FARTHEST), min(int(read[2]), _FARTHEST)) if read else (0, 0)


def _written(digest: int, first: int) -> str:
    return f"{digest}:{first}"
