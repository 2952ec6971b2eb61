"""What a person chose, beside what they may choose from, and how that changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.known import Known, name_categories
from bot.chat.request import Request
from bot.digests.categories import fold
from storage.categories import ensure_category
from storage.database import Transaction
from storage.model import Category, Preferences
from storage.subscribers import choose, drop, set_everything

# As folded; what a button says is typed, too.
_EVERYTHING = frozenset(
    {"all", "everything", "全部", "所有", "全部订阅", "全部分类", "所有分类", "全部訂閱", "全部分類", "所有分類"}
)


@dataclass(frozen=True, slots=True)
class Choice(Known):
    """A subscriber's preferences among what is known; somebody who never subscribed has the id 0."""

    subscriber_id: int
    preferences: Preferences
    # The folded names of the chosen categories.
    chosen: frozenset[str]

    @property
    def chosen_ids(self) -> list[int]:
        """The ids of the chosen categories."""
        return [self.named[folded].id for folded in self.chosen]

    def gets(self, category: Category) -> bool:
        """Say whether *category* is what brings digests to the subscriber, or one of what does."""
        return category.folded in self.chosen or (self.preferences.everything and self.is_carried(category))


async def look(tx: Transaction, request: Request) -> Choice:
    """See what the person may choose from and chose, without waiting for whoever writes."""
    return await _choice(tx, request, request.subscriber.id if request.subscriber else 0, request.preferences)


async def names_everything(request: Request) -> bool:
    """Say whether what was typed after the command means everything; a category may be called so."""
    typed = fold(request.words)
    if not request.words or typed not in _EVERYTHING:
        return not request.words
    async with request.services.database.snapshot() as tx:
        known = await look(tx, request)
    category = known.spellings.get(typed)
    return category is None or not known.is_carried(category)


async def look_to_change(tx: Transaction, request: Request) -> Choice:
    """See it as it stands in this transaction; from now on the person is a subscriber."""
    subscriber = await request.ensure_subscriber(tx)
    return await _choice(tx, request, subscriber.id, subscriber.preferences)


async def take(tx: Transaction, before: Choice, categories: Sequence[Category]) -> None:
    """Add *categories*, known or not, to what the subscriber chose; everything stays everything."""
    await choose(tx, before.subscriber_id, [await ensure_category(tx, category) for category in categories])


async def leave(tx: Transaction, before: Choice, categories: Sequence[Category]) -> None:
    """Take *categories*, which must be known, from what the subscriber gets; of everything, all others stay."""
    if before.preferences.everything:
        await set_everything(tx, before.subscriber_id, everything=False)
        await choose(tx, before.subscriber_id, [each.id for each in before.named.values()])
    await drop(tx, before.subscriber_id, [before.id_of(category) for category in categories])


async def _choice(tx: Transaction, request: Request, subscriber_id: int, preferences: Preferences) -> Choice:
    chosen = frozenset(category.folded for category in preferences.categories)
    named = await name_categories(tx, subscriber_id=subscriber_id)
    return Choice(named, request.services.categories, subscriber_id, preferences, chosen)
