"""What the bot says in a group when it comes there: one short thing, once."""

import pytest

from bot.sandbox.client import Group, Telegram
from storage.database import Database
from storage.groups import group_with
from storage.model import Address
from storage.subscribers import subscriber_at
from tests.builders import a_subscriber, subscribed
from tests.chat.conftest import Archive, Talk, a_digest, labels

WELCOME = "An administrator chooses what comes here; until then I say nothing. Anybody may ask: /latest, /search"


async def all_said(group: Group, ada: Talk) -> list[str]:
    """All that the bot has said there by now."""
    await ada.person.says("/help", chat_id=group.id)
    await group.sees("/search open source")
    return [message.text for message in await group.received()][:-1]


@pytest.fixture
async def bees(telegram: Telegram, ada: Talk) -> Group:
    return await telegram.group("Bees", creator=ada.person, kind="supergroup")


async def test_one_short_thing_is_said_with_buttons(
    database: Database, archive: Archive, bees: Group, ada: Talk
) -> None:
    await archive.add(a_digest(of="Bees"))
    await bees.adds()

    hello = await bees.sees(WELCOME)
    assert labels(hello) == ["Everything", "Choose categories", "Latest digest"]
    assert len(hello.text.splitlines()) == 2
    assert await all_said(bees, ada) == [hello.text]
    async with database.snapshot() as tx:
        group, subscriber = await group_with(tx, bees.id), await subscriber_at(tx, Address(bees.id))
    assert group is not None
    assert (group.title, group.added_by) == ("Bees", ada.person.id)
    # Nobody has chosen anything.
    assert subscriber is None


async def test_it_is_said_in_the_language_of_whoever_brought_it(telegram: Telegram, mei: Talk) -> None:
    bees = await telegram.group("蜜蜂", creator=mei.person)
    await bees.adds()

    assert (await bees.next_message()).text.splitlines()[-1].startswith("请管理员选择本群接收的内容")


async def test_its_buttons_are_for_administrators_and_the_taste_for_all(
    database: Database, archive: Archive, telegram: Telegram, bees: Group, ada: Talk
) -> None:
    await archive.add(a_digest(of="Bees"))
    grace = await telegram.person("Grace")
    await bees.adds()
    await bees.adds(grace)
    await bees.sees(WELCOME)

    refused = await grace.presses("Everything", chat_id=bees.id)
    await grace.presses("Latest digest", chat_id=bees.id)
    await bees.sees("About Morning")
    async with database.snapshot() as tx:
        assert await subscriber_at(tx, Address(bees.id)) is None
    await ada.person.presses("Everything", chat_id=bees.id)

    assert refused.text == "Only administrators of Bees can do that."
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(bees.id))
    assert subscriber is not None
    assert subscriber.preferences.everything


async def test_a_promotion_says_nothing(bees: Group, ada: Talk) -> None:
    await bees.adds()
    await bees.promotes()
    await bees.demotes()

    assert len(await all_said(bees, ada)) == 1


async def test_who_comes_as_an_administrator_says_it_too(bees: Group, ada: Talk) -> None:
    await bees.promotes()

    assert len(await all_said(bees, ada)) == 1


async def test_a_link_that_brings_it_into_a_group_has_it_said_once(telegram: Telegram, ada: Talk) -> None:
    bees = await telegram.group("Bees", creator=ada.person)
    await bees.adds(start="true")

    assert len(await all_said(bees, ada)) == 1


async def test_a_group_that_becomes_a_supergroup_is_not_welcomed_again(telegram: Telegram, ada: Talk) -> None:
    bees = await telegram.group("Bees", creator=ada.person)
    await bees.adds()
    await bees.sees(WELCOME)

    await bees.becomes_supergroup()

    assert await all_said(bees, ada) == []


async def test_a_group_that_had_chosen_is_told_what_it_gets_when_the_bot_is_back(
    database: Database, bees: Group, ada: Talk
) -> None:
    await subscribed(database, a_subscriber(bees.id, type_="supergroup", everything=True))
    await bees.adds()

    [said] = await all_said(bees, ada)
    assert WELCOME not in said
    assert "everything" in said


async def test_in_a_channel_nothing_is_said(telegram: Telegram, ada: Talk) -> None:
    daily = await telegram.channel("Daily", creator=ada.person)
    await daily.promotes()
    await ada.says("/help")

    assert await daily.received() == []


async def test_start_in_a_group_says_the_same_and_brings_back_what_was_stopped(
    database: Database, bees: Group, ada: Talk
) -> None:
    await bees.adds()
    await ada.person.says("/start", chat_id=bees.id)
    await ada.person.says("/subscribe Bees", chat_id=bees.id)
    await ada.person.says("/stop", chat_id=bees.id)
    await ada.person.says("/start", chat_id=bees.id)
    said = await all_said(bees, ada)
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(bees.id))

    assert subscriber is not None
    assert subscriber.state == "active"
    assert said[0] == said[1]
    assert said[1].endswith(WELCOME)
    assert said[-1] == "This group gets Bees."
