"""The categories that a person can name or be offered."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.digests.categories import fold
from bot.messages.hashtags import hashtag
from storage.database import Transaction
from storage.digests import CountedCategory, categories_for
from storage.model import Category, Subscriber


@dataclass(frozen=True, slots=True)
class Known:
    """Categories: those of digests, the busiest first, then what else the person chose."""

    counted: tuple[CountedCategory, ...]

    @property
    def carried(self) -> list[Category]:
        """Those that a digest carries."""
        return [each.category for each in self.counted if each.digests]

    @property
    def spellings(self) -> Mapping[str, Category]:
        """Each by its folded name, and by what the hashtag folds to that digests show for it."""
        named = {each.category.folded: each.category for each in self.counted}
        return {fold(hashtag(category).lstrip("#")): category for category in named.values()} | named

    def id_of(self, category: Category) -> int:
        """Give the id by which buttons name *category*, which must be one of these."""
        return next(each.id for each in self.counted if each.category == category)

    def category_with(self, id_: int) -> Category | None:
        """Give the category that a button names; None when it is none of these, or no more."""
        return next((each.category for each in self.counted if each.id == id_), None)


async def look_up(tx: Transaction, subscriber: Subscriber | None) -> Known:
    """See which categories there are for this subscriber (None: somebody who chose nothing)."""
    return Known(tuple(await categories_for(tx, subscriber.id if subscriber else 0)))
