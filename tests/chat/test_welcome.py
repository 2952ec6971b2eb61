"""What the bot says in a group when it comes there: one short thing, once."""

from dataclasses import dataclass
from typing import Any

import pytest
from telegram.ext import ExtBot

from bot.chat import Services
from bot.chat.rights import Rights
from bot.chat.welcome import welcome
from bot.clock import SystemClock
from bot.sandbox.client import Group, Telegram
from bot.updates import decode
from storage.database import Database
from storage.groups import group_with, note_group
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


@dataclass(slots=True)
class Fresh:
    """A bot that has just been started, and told that it is in a group now."""

    services: Services
    telegram: Telegram
    ada: Talk

    async def comes_into(self, group: Group) -> list[dict[str, Any]]:
        """What it calls then."""
        before = await self.telegram.last_call()
        bot = self.services.rights.telegram_bot
        user = {"id": bot.id, "is_bot": True, "first_name": bot.first_name}
        change = {
            "chat": {"id": group.id, "type": "supergroup", "title": group.title},
            "from": {"id": self.ada.person.id, "is_bot": False, "first_name": "Ada", "language_code": "en"},
            "date": 1_750_000_000,
            "old_chat_member": {"user": user, "status": "left"},
            "new_chat_member": {"user": user, "status": "member"},
        }
        update = decode({"update_id": 77, "my_chat_member": change}, bot)
        assert update is not None
        assert update.my_chat_member is not None
        await welcome(self.services, update.my_chat_member)
        calls = await self.telegram.calls(after=before)
        return [call.parameters for call in calls if call.method == "sendMessage"]


@pytest.fixture
def fresh(telegram_bot: ExtBot[None], database: Database, telegram: Telegram, ada: Talk) -> Fresh:
    clock = SystemClock()
    return Fresh(Services(database, clock, Rights(telegram_bot, clock)), telegram, ada)


async def test_a_group_that_moved_while_the_bot_was_down_is_not_welcomed_whatever_is_told_first(
    telegram: Telegram, database: Database, fresh: Fresh, ada: Talk
) -> None:
    bees = await telegram.group("Bees", creator=ada.person)
    await bees.adds()
    await bees.sees(WELCOME)
    old = await bees.becomes_supergroup()
    await all_said(bees, ada)
    async with database.transaction() as tx:
        # As it was before that was told.
        await note_group(tx, old, "group", title="Bees", is_forum=False)
        await note_group(tx, bees.id, "supergroup", title="Bees", is_forum=False)

    assert await fresh.comes_into(bees) == []


async def test_another_group_of_the_same_name_is_welcomed(
    telegram: Telegram, database: Database, fresh: Fresh, ada: Talk
) -> None:
    other = await telegram.group("Bees", creator=ada.person)
    await other.adds()
    await other.sees(WELCOME)
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await bees.adds()
    await bees.sees(WELCOME)
    async with database.transaction() as tx:
        await note_group(tx, bees.id, "supergroup", title="Bees", is_forum=False)

    assert len(await fresh.comes_into(bees)) == 1


async def test_a_group_in_which_a_channel_is_discussed_that_has_everything_is_left_alone(
    telegram: Telegram, database: Database, fresh: Fresh, ada: Talk
) -> None:
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    daily = await telegram.channel("Daily", creator=ada.person)
    await bees.adds()
    await bees.sees(WELCOME)
    await subscribed(database, a_subscriber(daily.id, type_="channel", everything=True))
    async with database.transaction() as tx:
        await tx.run(
            "UPDATE chats SET linked_chat_id = :daily WHERE chat_id = :bees", {"daily": daily.id, "bees": bees.id}
        )

    assert await fresh.comes_into(bees) == []
