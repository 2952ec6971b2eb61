"""Subscribers and what they asked for."""

from dataclasses import replace

import pytest

from storage.categories import ensure_category
from storage.database import Database
from storage.model import Address, Category, Subscriber, SubscriberState
from storage.subscribers import (
    all_subscribers,
    choose,
    count_by_state,
    drop,
    drop_all,
    ensure_subscriber,
    set_everything,
    subscriber_at,
)
from tests.builders import MONDAY, a_subscriber, set_state, subscribed


async def everyone(database: Database) -> list[Subscriber]:
    async with database.snapshot() as tx:
        return [replace(subscriber, id=0) async for subscriber in all_subscribers(tx)]


async def at(database: Database, chat_id: int, topic_id: int = 0) -> Subscriber | None:
    async with database.snapshot() as tx:
        return await subscriber_at(tx, Address(chat_id, topic_id))


async def test_whoever_comes_back_is_active_and_keeps_what_they_asked_for(database: Database) -> None:
    await subscribed(database, a_subscriber(7, categories=["AI"], language="zh"))
    async with database.transaction() as tx:
        await set_state(tx, 7, SubscriberState.GONE)

        back = await ensure_subscriber(tx, Address(7), type_="private", language="en", now=MONDAY)

    assert replace(back, id=0) == a_subscriber(7, categories=["AI"], language="zh")


@pytest.mark.parametrize("before", list(SubscriberState))
async def test_whoever_asks_for_something_receives_again(database: Database, before: SubscriberState) -> None:
    await subscribed(database, a_subscriber(7, state=before))
    async with database.transaction() as tx:
        back = await ensure_subscriber(tx, Address(7), type_="private", language=None, now=MONDAY)

    assert back.state is SubscriberState.ACTIVE


async def test_the_last_one_who_asked_for_a_group_is_who_subscribed_it(database: Database) -> None:
    async with database.transaction() as tx:
        for person in (7, 8, None):
            group = await ensure_subscriber(
                tx, Address(-5), type_="group", language=None, subscribed_by=person, now=MONDAY
            )

    assert group.subscribed_by == 8


async def test_choosing_twice_and_dropping_twice_is_harmless(database: Database) -> None:
    async with database.transaction() as tx:
        one = await ensure_subscriber(tx, Address(7), type_="private", language=None, now=MONDAY)
        ai, b = [await ensure_category(tx, Category(name.lower(), name)) for name in ("AI", "B")]
        for _ in range(2):
            await choose(tx, one.id, [ai, b])
            await drop(tx, one.id, [b])
            await set_everything(tx, one.id, everything=True)

    found = await at(database, 7)
    assert found is not None
    assert found.preferences.everything
    assert found.preferences.categories == (Category("ai", "AI"),)
    async with database.transaction() as tx:
        await drop_all(tx, one.id)
    assert await at(database, 7) == replace(one, preferences=replace(one.preferences, everything=False))


async def test_what_is_imported_is_what_is_there(database: Database) -> None:
    arrivals = [
        a_subscriber(7, categories=["AI", "开源"], language="zh"),
        a_subscriber(-100, topic_id=3, type_="supergroup", everything=True, layout="headlines", language=None),
        a_subscriber(-101, type_="channel", state=SubscriberState.PAUSED, subscribed_by=7),
    ]
    await subscribed(database, *arrivals)

    assert await everyone(database) == arrivals


async def test_an_import_replaces_what_was_known_and_of_two_the_later_counts(database: Database) -> None:
    await subscribed(database, a_subscriber(7, categories=["old"], everything=True))
    async with database.transaction() as tx:
        await set_state(tx, 7, SubscriberState.STOPPED)

    await subscribed(database, a_subscriber(7, categories=["one"]), a_subscriber(7, categories=["two"]))

    assert await everyone(database) == [a_subscriber(7, categories=["two"])]


async def test_subscribers_come_a_thousand_at_a_time_and_all(database: Database) -> None:
    await subscribed(database, *(a_subscriber(n) for n in range(1, 2502)))

    assert [one.address.chat_id for one in await everyone(database)] == list(range(1, 2502))


async def test_subscribers_are_counted_by_their_states(database: Database) -> None:
    active, gone = SubscriberState.ACTIVE, SubscriberState.GONE
    await subscribed(database, *(a_subscriber(n, state=state) for n, state in enumerate((active, active, gone), 7)))

    async with database.snapshot() as tx:
        assert await count_by_state(tx) == {active: 2, gone: 1}
