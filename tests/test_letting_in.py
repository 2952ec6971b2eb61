"""What becomes of readers when the bot is not for everybody any more, and when it is again."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Access
from bot.delivery.fan_out import fan_out
from bot.letting_in import keep_others_out, take_back
from storage.access import let_in
from storage.database import Database, open_database
from storage.fan_outs import begin_fan_out
from storage.model import SubscriberState
from tests.builders import MONDAY, a_digest, a_subscriber, set_state, stored, subscribed
from tests.clocks import HandClock

ADA, BOB, OLGA, GROUP = 700_001, 700_002, 700_003, -700_004
DAY = timedelta(days=1)
PUBLIC, INVITED, PRIVATE = Access("public"), Access("invited"), Access("private")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "digest-bot.db") as database:
        await subscribed(database, *(a_subscriber(each, everything=True) for each in (ADA, BOB, OLGA)))
        await subscribed(database, a_subscriber(GROUP, type_="supergroup", everything=True))
        async with database.transaction() as tx:
            await let_in(tx, ADA, now=MONDAY)
        yield database


async def start(database: Database, access: Access, clock: HandClock) -> None:
    await keep_others_out(database, access, [OLGA], now=clock.now())
    await take_back(database, access, [OLGA], clock=clock, catch_up=DAY)


async def publish(database: Database, clock: HandClock, name: str) -> set[int]:
    """Publish a digest; for whom it waits."""
    digest = await stored(database, a_digest(path=f"{name}.md", title=name))
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=clock.now())
    while await fan_out(database, now=clock.now()):
        pass
    return await waiting(database, digest.id)


async def waiting(database: Database, digest_id: int) -> set[int]:
    async with database.snapshot() as tx:
        rows = await tx.rows(
            """
            SELECT chat_id FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
             WHERE digest_id = :digest_id AND deliveries.state = 'waiting'
            """,
            {"digest_id": digest_id},
        )
    return {row["chat_id"] for row in rows}


@pytest.mark.parametrize(
    ("access", "served"),
    [(PUBLIC, {ADA, BOB, OLGA}), (INVITED, {ADA, OLGA}), (PRIVATE, {OLGA})],
    ids=["public", "invited", "private"],
)
async def test_who_may_not_use_it_gets_nothing_and_groups_stay(
    database: Database, access: Access, served: set[int]
) -> None:
    clock = HandClock()
    await start(database, access, clock)

    assert await publish(database, clock, "bees") == served | {GROUP}


async def test_who_may_again_gets_what_they_missed_if_that_is_news(database: Database) -> None:
    clock = HandClock()
    await start(database, PRIVATE, clock)
    await publish(database, clock, "old")
    clock.let_pass(2 * DAY)
    # To start again changes nothing, and tells no lie about since when they miss something.
    await start(database, PRIVATE, clock)
    await publish(database, clock, "later")
    clock.let_pass(timedelta(hours=1))
    await start(database, PUBLIC, clock)

    assert await waiting(database, 1) == {OLGA, GROUP}
    assert await publish(database, clock, "next") == {ADA, BOB, OLGA, GROUP}


async def test_what_was_missed_for_an_hour_comes(database: Database) -> None:
    clock = HandClock()
    await start(database, PRIVATE, clock)
    await publish(database, clock, "bees")
    clock.let_pass(timedelta(hours=1))
    await start(database, INVITED, clock)

    assert await waiting(database, 1) == {ADA, OLGA, GROUP}


async def test_who_stopped_or_is_gone_stays_so(database: Database) -> None:
    clock = HandClock()
    async with database.transaction() as tx:
        await set_state(tx, ADA, SubscriberState.STOPPED)
        await set_state(tx, BOB, SubscriberState.GONE)
    await start(database, PRIVATE, clock)
    await start(database, PUBLIC, clock)

    assert await publish(database, clock, "bees") == {OLGA, GROUP}
