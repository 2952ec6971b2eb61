"""Digests, items and subscribers for tests, which mention only what matters to them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.alarm import Alarm
from bot.clock import Clock
from bot.digests.categories import categories_of
from storage.categories import ensure_category
from storage.database import Database, Transaction
from storage.digests import store_digest
from storage.model import (
    Address,
    ChatType,
    Delivery,
    Digest,
    Edition,
    FormattedText,
    Item,
    Layout,
    MadeOf,
    Preferences,
    StoredDigest,
    Subscriber,
    SubscriberState,
)
from storage.sources import Source, ensure_source
from storage.subscribers import import_subscribers

MONDAY = datetime(2025, 7, 21, 4, tzinfo=UTC)


def an_item(headline: str = "A story", summary: str = "", *, link: str | None = "https://example.org/a") -> Item:
    return Item(FormattedText(headline), link, FormattedText(summary))


def a_digest(
    *items: Item,
    path: str = "monday.md",
    title: str = "Monday",
    published_at: datetime | None = MONDAY,
    day_only: bool = False,
    categories: Iterable[str] = (),
    language: str | None = None,
) -> Digest:
    return Digest(
        path=path,
        title=title,
        published_at=published_at,
        day_only=day_only,
        categories=categories_of(categories),
        items=items or (an_item(),),
        language=language,
    )


def a_subscriber(
    chat_id: int = 7,
    *,
    id_: int = 0,
    topic_id: int = 0,
    type_: ChatType = "private",
    state: SubscriberState = SubscriberState.ACTIVE,
    everything: bool = False,
    categories: Iterable[str] = (),
    layout: Layout = "full",
    language: str | None = "en",
    subscribed_by: int | None = None,
) -> Subscriber:
    preferences = Preferences(everything, categories_of(categories), layout, language)
    return Subscriber(id_, Address(chat_id, topic_id), type_, state, preferences, subscribed_by)


def a_delivery(
    subscriber: Subscriber | None = None,
    *,
    due_at: datetime = MONDAY,
    attempts: int = 1,
    doubts: int = 0,
    parts_sent: int = 0,
    given_up: int = 0,
    made_of: MadeOf | None = None,
) -> Delivery:
    return Delivery(
        id=1,
        kind="digest",
        digest_id=1,
        editions=(Edition(1, 1, "en"),),
        subscriber=subscriber or a_subscriber(),
        due_at=due_at,
        attempts=attempts,
        doubts=doubts,
        parts_sent=parts_sent,
        given_up=given_up,
        made_of=made_of,
    )


async def _nobody(*_: object, **__: object) -> None:
    """Be told, and do nothing."""


def an_alarm(clock: Clock) -> Alarm:
    """One that nobody hears."""
    return Alarm(_nobody, clock, "wrong", "well")


async def a_source(database: Database, name: str = "main") -> Source:
    async with database.transaction() as tx:
        return await ensure_source(tx, name)


async def stored(database: Database, digest: Digest, *, now: datetime = MONDAY) -> StoredDigest:
    source = await a_source(database)
    async with database.transaction() as tx:
        return (await store_digest(tx, source.id, digest, now=now))[0]


async def subscribed(database: Database, *subscribers: Subscriber) -> None:
    async with database.transaction() as tx:
        arrivals = [
            (subscriber, [await ensure_category(tx, category) for category in subscriber.preferences.categories])
            for subscriber in subscribers
        ]
        await import_subscribers(tx, arrivals, now=MONDAY)


async def set_state(tx: Transaction, chat_id: int, state: SubscriberState) -> None:
    """Let all subscribers of the chat be in *state*, however that came to be."""
    await tx.run("UPDATE subscribers SET state = :state WHERE chat_id = :chat_id", {"chat_id": chat_id, "state": state})
