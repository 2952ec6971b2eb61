"""What may have been meant where a search finds nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.chat.known import Known, name_categories
from bot.chat.nearest import nearest as nearest_categories
from bot.chat.services import Services
from bot.digests.categories import fold
from storage.database import Transaction
from storage.model import Category
from storage.search import find, nearest
from storage.search_query import InCategory, Query

_MOST = 5


async def instead_of(tx: Transaction, services: Services, query: Query, *, now: datetime) -> list[str]:
    """Give what can be searched for instead of *query* and is there, the nearest first."""
    renamed = []
    if query.unknown_categories:
        known = Known(await name_categories(tx, subscriber_id=0), services.categories)
        renamed = [each for each in _renamed(query, known) if await find(tx, each, now=now, limit=1)]
    near = await nearest(tx, query, now=now)
    return list(dict.fromkeys(each.text for each in (*renamed, *near.respelled, *near.shortened)))[:_MOST]


def _renamed(query: Query, known: Known) -> Iterator[Query]:
    """Give *query* with a category that there is in the place of one that there is not."""
    for part in query.parts:
        if isinstance(part, InCategory) and part.folded is None:
            for category in nearest_categories(Category(fold(part.name), part.name), known.carried):
                yield query.but(part, instead=_named(part, category))


def _named(part: InCategory, category: Category) -> InCategory:
    operator = part.typed.partition(":")[0]
    return replace(part, typed=f'{operator}:"{category.name}"', name=category.name, folded=category.folded)
