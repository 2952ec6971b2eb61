"""What a person chose, beside what they may choose from, and how that changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.known import Known, look_up
from bot.chat.request import Request
from storage.database import Transaction
from storage.digests import ensure_category
from storage.model import Category, Preferences, Subscriber
from storage.subscribers import choose, drop, set_everything


@dataclass(frozen=True, slots=True)
class Choice(Known):
    """A subscriber, and the categories to choose from."""

    subscriber: Subscriber

    @property
    def preferences(self) -> Preferences:
        """What the subscriber asked for."""
        return self.subscriber.preferences

    def gets(self, category: Category) -> bool:
        """Say whether *category* is what brings digests to the subscriber, or one of what does."""
        return (self.preferences.everything and category in self.carried) or category in self.preferences.categories


async def look(tx: Transaction, request: Request) -> Choice:
    """See what the person may choose from and chose, as it stands now; from now on they are a subscriber."""
    subscriber = await request.ensure_subscriber(tx)
    return Choice((await look_up(tx, subscriber)).counted, subscriber)


async def take(tx: Transaction, before: Choice, categories: Sequence[Category]) -> None:
    """Add *categories*, known or not, to what the subscriber chose; everything stays everything."""
    await choose(tx, before.subscriber.id, [await ensure_category(tx, category) for category in categories])


async def leave(tx: Transaction, before: Choice, categories: Sequence[Category]) -> None:
    """Take *categories* from what the subscriber gets; of everything, all other categories stay."""
    subscriber_id = before.subscriber.id
    if before.preferences.everything:
        await set_everything(tx, subscriber_id, everything=False)
        await choose(tx, subscriber_id, [each.id for each in before.counted])
    await drop(tx, subscriber_id, [each.id for each in before.counted if each.category in categories])
