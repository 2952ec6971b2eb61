"""Queries for what each topic of a forum is subscribed to."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Transaction
from storage.model import Category
from storage.subscribers import choose, drop, set_everything


@dataclass(frozen=True, slots=True)
class Route:
    """What a topic gets, or the chat itself as the topic 0."""

    topic_id: int
    subscriber_id: int
    everything: bool
    # Of the categories that it chose, by their ids.
    categories: dict[int, Category]

    def gets(self, category_id: int) -> bool:
        """Say whether the category comes there."""
        return self.everything or category_id in self.categories


async def routes_of(tx: Transaction, chat_id: int) -> list[Route]:
    """Give what the chat's topics get that did not stop, in the order in which the topics came."""
    rows = await tx.rows(
        """
        SELECT subscribers.id, topic_id, everything, category_id, folded, name
          FROM subscribers
          LEFT JOIN subscriptions ON subscriber_id = subscribers.id
          LEFT JOIN categories ON categories.id = category_id
         WHERE chat_id = :chat_id AND state <> 'stopped' ORDER BY topic_id, folded
        """,
        {"chat_id": chat_id},
    )
    routes = {row["id"]: Route(row["topic_id"], row["id"], bool(row["everything"]), {}) for row in rows}
    for row in rows:
        if row["category_id"] is not None:
            routes[row["id"]].categories[row["category_id"]] = Category(row["folded"], row["name"])
    return list(routes.values())


async def add_route(tx: Transaction, subscriber_id: int, category_id: int) -> None:
    """Let the category come to the subscriber."""
    await choose(tx, subscriber_id, [category_id])


async def end_route(tx: Transaction, route: Route, category_id: int, *, others: Sequence[int]) -> None:
    """Let the category come there no more; of everything, all *others* stay."""
    if route.everything:
        await set_everything(tx, route.subscriber_id, everything=False)
        await choose(tx, route.subscriber_id, others)
    await drop(tx, route.subscriber_id, [category_id])
