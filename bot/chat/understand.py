"""Understand what somebody looks for, as far as it names what only the archive or they themselves know."""

from telegram import Message, MessageEntity

from bot.chat.known import Known, name_categories
from bot.chat.services import Services
from bot.digests.categories import fold
from bot.digests.spellings import other_spellings
from bot.due import zone
from bot.messages.hits import Marks
from storage.database import Transaction
from storage.model import Preferences
from storage.search_query import InCategory, Query, read_query
from storage.search_spans import spans


async def understand(
    tx: Transaction, services: Services, text: str, *, preferences: Preferences | None = None
) -> Query:
    """Understand *text* as somebody with *preferences* means it: names of categories, and days where they live."""
    where = zone(preferences.schedule.time_zone if preferences else None)
    query = read_query(text, spellings_of=other_spellings, zone=where)
    # Read only where one is named, for some sites have three thousand.
    if not any(isinstance(part, InCategory) for part in query.parts):
        return query
    spellings = Known(await name_categories(tx, subscriber_id=0), services.categories).spellings

    def category_of(name: str) -> str | None:
        category = spellings.get(fold(name.lstrip("#＃")))
        return category.folded if category else None

    return read_query(text, category_of=category_of, spellings_of=other_spellings, zone=where)


def marks_of(query: Query) -> Marks:
    """Say where in a text the words of *query* stand."""
    return lambda text: spans(text, query)


def asked_in(message: Message | None) -> str:
    """What a message of ours is the answer to, as `show_hits` writes it: the first that is in code."""
    entities = message.parse_entities([MessageEntity.CODE]) if message else {}
    return min(entities.items(), key=lambda found: found[0].offset)[1] if entities else ""
