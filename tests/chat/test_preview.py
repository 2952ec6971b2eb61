"""A preview is what the delivery would send, to the letter, and only whoever sets the chat up sees it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.delivery.made_of import made_of
from bot.delivery.selecting import Selector
from bot.delivery.views import Look, Views
from bot.messages.phrases import phrase
from bot.sandbox.client import Group
from storage.database import Database, Transaction
from storage.digests import editions_of, latest_digests
from storage.endings import set_footer, set_links, set_signature
from storage.model import Collected, FormattedText, MadeOf, Schedule, Subscriber, Word
from storage.preferences import keep_settings
from storage.schedules import set_schedule
from storage.subscribers import drop_all
from storage.words import keep_words
from tests.chat.conftest import Archive, Talk, a_digest, an_item, labels
from tests.chat.test_channels import begin, daily, of

__all__ = ["daily"]

# Later than any digest.
NOW = datetime(2026, 1, 1, tzinfo=UTC)
Change = Callable[[Transaction, Subscriber], Awaitable[None]]


async def as_it_is(tx: Transaction, subscriber: Subscriber) -> None:
    """Change nothing."""


async def headlines_in_chinese_with_a_preview(tx: Transaction, subscriber: Subscriber) -> None:
    changed = replace(subscriber.preferences, layout="headlines", language="zh-Hans", previews=True)
    await keep_settings(tx, subscriber.id, changed)


async def without_what_is_muted(tx: Transaction, subscriber: Subscriber) -> None:
    await keep_words(tx, subscriber.id, "mute", [Word("sting", "sting")])


async def only_what_is_followed(tx: Transaction, subscriber: Subscriber) -> None:
    await drop_all(tx, subscriber.id)
    await keep_words(tx, subscriber.id, "follow", [Word("dance", "dance")])


async def with_an_ending(tx: Transaction, subscriber: Subscriber) -> None:
    await set_footer(tx, subscriber.id, FormattedText("Read more on our site"))
    await set_signature(tx, subscriber.id, "The bees")
    await set_links(tx, subscriber.id, [("Site", "https://example.org/"), ("Chat", "https://t.me/example")])


async def every_week(tx: Transaction, subscriber: Subscriber) -> None:
    await set_schedule(tx, subscriber.id, Schedule(cadence="weekly", time_zone="UTC"), next_due_at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        as_it_is,
        headlines_in_chinese_with_a_preview,
        without_what_is_muted,
        only_what_is_followed,
        with_an_ending,
        every_week,
    ],
    ids=lambda change: change.__name__,
)
async def test_it_is_what_the_delivery_would_send(
    database: Database, archive: Archive, daily: Group, ada: Talk, change: Change
) -> None:
    long = tuple(an_item(f"Bees dance {place}", None, "words " * 300) for place in range(30))
    await archive.add(a_digest("Night", of="Bees", hour=20, items=(*long, an_item("Wasps sting"))))
    await begin(daily, ada)
    async with database.transaction() as tx:
        await change(tx, await of(database, daily))
    before = await ada.person.telegram.last_call()

    await ada.is_sent("👁 Preview")

    expected = await bodies(database, await of(database, daily), weekly=change is every_week)
    await ada.person.sees("↑ That is how it looks there.")
    calls = await ada.person.telegram.calls("sendMessage", after=before)
    assert [shown(call.parameters) for call in calls[:-1]] == [shown(body) for body in expected]
    assert {call.parameters["chat_id"] for call in calls} == {str(ada.person.id)}


async def test_what_asks_for_nothing_or_for_what_there_is_not_says_so(
    database: Database, daily: Group, ada: Talk
) -> None:
    await begin(daily, ada)
    async with database.transaction() as tx:
        await drop_all(tx, (await of(database, daily)).id)
    empty = await ada.is_sent("👁 Preview")
    assert empty.text == "📢 Daily\nNothing is chosen for it yet."
    assert labels(empty)[:2] == ["Everything", "Choose categories"]

    await ada.person.says("/subscribe Hornets", reply_to=empty.id)
    await ada.person.next_message()
    nothing = await ada.is_sent("👁 Preview")
    assert nothing.text.startswith("📢 Daily\nNo digest so far is what it asks for.")


async def test_a_story_that_the_chat_has_had_is_one_line_there_too(
    database: Database, archive: Archive, daily: Group, ada: Talk
) -> None:
    now = datetime.now(UTC)
    for title, ago in (("Yesterday", 24), ("Today", 1)):
        told = a_digest(title, of="Bees", items=(an_item("Bees dance", "https://example.org/dance"),))
        await archive.add(replace(told, published_at=now - timedelta(hours=ago)))
    await begin(daily, ada)
    async with database.transaction() as tx:
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at, finished_at, revision,
                                    layout, language)
            SELECT 'digest', digests.id, :id, 'sent', 1, 1, 1, 1, 'full', 'en' FROM digests WHERE title = 'Yesterday'
            """,
            {"id": (await of(database, daily)).id},
        )

    assert phrase("en", "also-in", title="Yesterday") in (await ada.is_sent("👁 Preview")).text


async def bodies(database: Database, subscriber: Subscriber, *, weekly: bool) -> list[dict[str, Any]]:
    """What the newest digest is to the subscriber, or all of them in one roundup, as the delivery sends it."""
    views, selector = Views(database), Selector()
    async with database.snapshot() as tx:
        newest = await latest_digests(tx, now=NOW, limit=9 if weekly else 1)
        made = [made_of(await editions_of(tx, each.id, now=NOW), subscriber.preferences) for each in newest]
    await selector.prepare(database, [(each.digest_id, each.revision) for each in made])
    async with database.snapshot() as tx:
        selected = [await _selected(selector, tx, subscriber, each) for each in made]
    collected = tuple(Collected(each.digest_id, each.revision, each.selection) for each in reversed(selected))
    whole = replace(made[0], collected=collected) if weekly else selected[0]
    return [json.loads(body) for body in await views.bodies(whole, Look.of(subscriber))]


async def _selected(selector: Selector, tx: Transaction, subscriber: Subscriber, made: MadeOf) -> MadeOf:
    editions = await editions_of(tx, made.digest_id, now=NOW)
    return replace(made, selection=await selector.select(tx, subscriber, made, editions, now=NOW))


def shown(body: Mapping[str, Any]) -> dict[str, Any]:
    """What decides how a message looks, however it was written down."""
    names = ("text", "entities", "link_preview_options", "reply_markup")
    read = {name: body[name] for name in names if name in body}
    return {name: json.loads(part) if name != "text" and isinstance(part, str) else part for name, part in read.items()}
