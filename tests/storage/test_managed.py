"""What people manage, and who manages a chat."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.groups import note_group, note_manager
from storage.managed import Managed, is_to_be_asked, managed_by, managers_of
from storage.model import Address, SubscriberState
from storage.subscribers import ensure_known, ensure_subscriber
from storage.topics import note_topic

NOW = datetime(2025, 7, 21, 4, tzinfo=UTC)
ADA, BOB, EVE = 1, 2, 3
DAILY, BEES, OLD = -1001, -1002, -1003


async def live(database: Database) -> None:
    """Ada brought the bot to a channel, Bob set up a topic, and Ada subscribed a group before anybody kept titles."""
    async with database.transaction() as tx:
        await note_group(tx, DAILY, "channel", title="Daily", is_forum=False, added_by=ADA)
        await note_group(tx, BEES, "supergroup", title="Bees", is_forum=True)
        await note_topic(tx, BEES, 7, "News")
        for address in (Address(BEES, 7), Address(BEES, 8)):
            await ensure_subscriber(tx, address, type_="supergroup", language=None, now=NOW)
        await note_manager(tx, BEES, BOB, now=NOW)
        await note_manager(tx, DAILY, BOB, now=NOW)
        await ensure_subscriber(tx, Address(OLD), type_="group", language=None, subscribed_by=ADA, now=NOW)


async def test_people_have_what_they_brought_the_bot_to_subscribed_or_changed(database: Database) -> None:
    await live(database)

    async with database.snapshot() as tx:
        assert await managed_by(tx, ADA, limit=9) == [
            Managed(Address(OLD), "group", "", "", SubscriberState.ACTIVE),
            Managed(Address(DAILY), "channel", "Daily", "", None),
        ]
        assert await managed_by(tx, BOB, limit=2) == [
            Managed(Address(BEES, 7), "supergroup", "Bees", "News", SubscriberState.ACTIVE),
            Managed(Address(BEES, 8), "supergroup", "Bees", "", SubscriberState.ACTIVE),
        ]
        assert await managed_by(tx, EVE, limit=9) == []
        assert await managers_of(tx, DAILY) == [ADA, BOB]
        assert await managers_of(tx, OLD) == [ADA]


async def test_who_was_asked_a_moment_ago_is_not_asked_again(database: Database) -> None:
    moment = timedelta(seconds=10)

    async with database.transaction() as tx:
        for later, is_asked in ((0, True), (9, False), (10, True), (11, False)):
            now = NOW + timedelta(seconds=later)
            assert await is_to_be_asked(tx, DAILY, ADA, now=now, again=moment) is is_asked
        assert await is_to_be_asked(tx, DAILY, BOB, now=NOW, again=moment)


async def test_a_chat_that_is_only_known_receives_nothing_and_stays_what_it_is(database: Database) -> None:
    async with database.transaction() as tx:
        known = await ensure_known(tx, Address(DAILY), type_="channel", language="en", subscribed_by=ADA, now=NOW)
        assert (known.state, known.subscribed_by) == (SubscriberState.STOPPED, ADA)
        started = await ensure_subscriber(tx, Address(DAILY), type_="channel", language=None, now=NOW)
        again = await ensure_known(tx, Address(DAILY), type_="channel", language="zh", subscribed_by=BOB, now=NOW)
        assert again == started
