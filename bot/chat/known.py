"""The categories that a person can name or be offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.digests.categories import CategoryTable, fold
from bot.messages.hashtags import hashtag
from storage.categories import NamedCategory, categories_for
from storage.database import Transaction
from storage.model import Category


@dataclass(frozen=True, slots=True)
class Known:
    """Categories by their folded names: those of digests, the last one's first, then what else the person chose."""

    named: Mapping[str, NamedCategory]
    table: CategoryTable

    @property
    def carried(self) -> list[Category]:
        """Those that a digest carries."""
        return [each.category for each in self.named.values() if each.carried]

    @property
    def spellings(self) -> Mapping[str, Category]:
        """Each by its folded name, by the operator's other names, and by what the hashtag in digests folds to."""
        named = {folded: each.category for folded, each in self.named.items()}
        meant = {name: named.get(each.folded, each) for name, each in self.table.meanings.items() if each}
        return {_as_hashtag(category): category for category in named.values()} | named | meant

    def is_carried(self, category: Category) -> bool:
        """Say whether a digest carries *category*."""
        return category.folded in self.named and self.named[category.folded].carried

    def id_of(self, category: Category) -> int:
        """Give the id by which buttons name *category*, which must be one of these."""
        return self.named[category.folded].id

    def category_with(self, id_: int) -> Category | None:
        """Give the category that a button names; None when it is none of these, or no more."""
        return next((each.category for each in self.named.values() if each.id == id_), None)


async def name_categories(tx: Transaction, *, subscriber_id: int) -> dict[str, NamedCategory]:
    """Read what `Known` holds for this subscriber; 0 is nobody."""
    return {each.category.folded: each for each in await categories_for(tx, subscriber_id)}


# Kept, for some sites have three thousand categories, and each typed name is looked up among all of them.
@lru_cache(maxsize=8_192)
def _as_hashtag(category: Category) -> str:
    return fold(hashtag(category).lstrip("#"))
