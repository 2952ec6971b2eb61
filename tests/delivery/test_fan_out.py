"""Who a digest is owed to, and how."""

from dataclasses import replace

import pytest

from bot.delivery.carried import CarriedWords
from bot.delivery.fan_out import fan_out
from bot.digests.wording import read_words
from storage.database import Database
from storage.digests import store_digest
from storage.fan_outs import FanOut, begin_fan_out
from storage.model import Item, SubscriberState
from storage.sources import ensure_source
from storage.time import NEVER_MILLIS, to_millis
from storage.words import WordKind, keep_words
from tests.builders import MONDAY, a_digest, a_subscriber, an_item, set_state, stored, subscribed


async def follows(database: Database, chat_id: int, typed: str, kind: WordKind = "follow") -> None:
    async with database.transaction() as tx:
        id_ = await tx.value("SELECT id FROM subscribers WHERE chat_id = :chat_id", {"chat_id": chat_id})
        await keep_words(tx, id_, kind, read_words(typed))


async def published(database: Database, *items: Item, categories: tuple[str, ...] = (), path: str = "a.md") -> int:
    digest = await stored(database, a_digest(*items, categories=categories, path=path))
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=MONDAY)
    return digest.id


async def owed(database: Database, digest_id: int = 1) -> list[int]:
    while await fan_out(database, now=MONDAY):
        pass
    async with database.snapshot() as tx:
        rows = await tx.rows(
            """
            SELECT chat_id FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
             WHERE digest_id = :digest_id ORDER BY chat_id
            """,
            {"digest_id": digest_id},
        )
    return [row["chat_id"] for row in rows]


async def test_a_digest_is_owed_to_those_who_follow_a_word_in_it_outside_their_categories(database: Database) -> None:
    await subscribed(database, a_subscriber(1), a_subscriber(2, categories=["Bees"]), a_subscriber(3), a_subscriber(4))
    await follows(database, 1, "具身智能")
    await follows(database, 2, '"world model"')
    await follows(database, 3, "world wasps")
    await follows(database, 4, "World", kind="mute")

    await published(database, an_item("A world, and a model"), an_item("具身智慧与具身智能"), an_item("World-Model"))

    assert await owed(database) == [1, 2, 3]


async def test_a_word_does_not_bring_what_only_looks_like_it(database: Database) -> None:
    await subscribed(database, a_subscriber(1), a_subscriber(2, categories=["Bees"]))
    await follows(database, 1, "AI")

    await published(database, an_item("Training"), categories=("Bees",))

    assert await owed(database) == [2]


async def test_one_row_is_owed_however_much_asks_for_it(database: Database) -> None:
    await subscribed(database, a_subscriber(1, everything=True, categories=["AI"]))
    await follows(database, 1, "Qwen 具身智能")

    await published(database, an_item("Qwen 具身智能"), categories=("AI",))

    assert await owed(database) == [1]


async def test_a_word_of_any_edition_counts(database: Database) -> None:
    await subscribed(database, a_subscriber(1))
    await follows(database, 1, "具身智能")
    await published(database, an_item("Embodied"), path="a.en.md")
    async with database.transaction() as tx:
        source = await ensure_source(tx, "main")
        twin = replace(a_digest(an_item("具身智能"), path="a.zh.md"), language="zh")
        stored_twin, _ = await store_digest(tx, source.id, twin, now=MONDAY)
        await tx.run("UPDATE digests SET edition_of = 1 WHERE id = :id", {"id": stored_twin.id})

    assert await owed(database) == [1]


async def test_who_begins_to_follow_between_two_digests_gets_the_second(database: Database) -> None:
    carried = CarriedWords()
    await subscribed(database, a_subscriber(1))
    await published(database, an_item("Qwen"))
    while await fan_out(database, now=MONDAY, carried=carried):
        pass

    await follows(database, 1, "Qwen")
    async with database.transaction() as tx:
        await begin_fan_out(tx, 1, due_at=MONDAY)
    while await fan_out(database, now=MONDAY, carried=carried):
        pass

    assert await owed(database) == [1]


async def test_what_a_digest_carries_is_found_once_for_all_its_chunks(database: Database) -> None:
    carried = CarriedWords()
    await subscribed(database, a_subscriber(1))
    await follows(database, 1, "Qwen")
    digest_id = await published(database, an_item("Qwen and bees"))

    first = await carried.of(database, FanOut(digest_id, MONDAY, 0), now=MONDAY)
    await follows(database, 1, "bees")

    assert first == ["qwen"]
    assert await carried.of(database, FanOut(digest_id, MONDAY, 5_000), now=MONDAY) is first
    assert await CarriedWords().of(database, FanOut(digest_id, MONDAY, 5_000), now=MONDAY) == ["bees", "qwen"]


@pytest.mark.parametrize(
    ("cadence", "state", "expected"),
    [
        ("at once", "active", ("waiting", 0, to_millis(MONDAY))),
        ("daily", "active", ("waiting", 1, NEVER_MILLIS)),
        ("weekly", "active", ("waiting", 1, NEVER_MILLIS)),
        ("daily", "paused", ("skipped", 0, to_millis(MONDAY))),
    ],
)
async def test_a_digest_is_kept_for_those_who_want_roundups(
    database: Database, cadence: str, state: str, expected: tuple[str, int, int]
) -> None:
    await subscribed(database, a_subscriber(1, everything=True))
    async with database.transaction() as tx:
        await set_state(tx, 1, SubscriberState(state))
        await tx.run(
            "UPDATE subscribers SET cadence = :cadence, state_since = :now",
            {"cadence": cadence, "now": to_millis(MONDAY)},
        )

    await published(database)

    assert await owed(database) == [1]
    async with database.snapshot() as tx:
        row = await tx.row("SELECT state, held, try_at, due_at FROM deliveries")
    assert row is not None
    assert (row["state"], row["held"], row["try_at"]) == expected
    assert row["due_at"] == to_millis(MONDAY)
