"""Who may bring the bot into groups and channels, and what becomes of it where somebody else did."""

from typing import Literal

import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot.access import Access
from bot.clock import SystemClock
from bot.sandbox.client import Group, Person, Telegram
from storage.database import Database
from storage.groups import group_with
from storage.model import Address
from storage.subscribers import subscriber_at
from tests.builders import a_subscriber, subscribed
from tests.chat.conftest import AnyApplication, Archive, Talk, a_digest
from tests.chat.operated import clock, grace, operators

__all__ = ["clock", "grace", "operators"]

LEFT = "Not everybody may add me to groups. Ask whoever runs me to do it."
Kind = Literal["group", "supergroup", "channel"]


@pytest.fixture
def access() -> Access:
    return Access("public", "operators")


@pytest.fixture
async def bob(telegram: Telegram) -> Person:
    return await telegram.person("Bob", language="en")


async def a_chat(telegram: Telegram, creator: Person, *, kind: Kind = "group") -> Group:
    """One that *creator* brings the bot into."""
    chat = await telegram.group("Bees", creator=creator, kind=kind)
    await (chat.promotes() if kind == "channel" else chat.adds())
    return chat


async def stayed(telegram: Telegram, *people: Person) -> list[bool]:
    """In whose group the bot stayed."""
    chats = [await a_chat(telegram, person) for person in people]
    said = [(await chat.next_message()).text for chat in chats]
    stay = [text != LEFT for text in said]
    if not all(stay):
        await telegram.called("leaveChat", count=stay.count(False), outcome="answered")
    left = {int(call.parameters["chat_id"]) for call in await telegram.calls("leaveChat")}
    assert left == {chat.id for chat, stays in zip(chats, stay, strict=True) if not stays}
    return stay


@pytest.mark.parametrize(
    ("access", "who"),
    [
        (Access("public", "anyone"), [True, True, True]),
        (Access("public", "operators"), [True, False, False]),
        (Access("invited", "anyone"), [True, True, False]),
        (Access("invited", "operators"), [True, False, False]),
        (Access("private", "anyone"), [True, False, False]),
        (Access("private", "operators"), [True, False, False]),
    ],
)
async def test_it_stays_where_somebody_brought_it_who_may(
    telegram: Telegram, ada: Talk, grace: Talk, bob: Person, who: list[bool]
) -> None:
    assert await stayed(telegram, ada.person, grace.person, bob) == who


async def test_of_a_channel_that_person_is_told_in_private(telegram: Telegram, bob: Person) -> None:
    await bob.starts()
    await bob.next_message()
    channel = await a_chat(telegram, bob, kind="channel")

    told = await bob.next_message()
    await telegram.called("leaveChat", outcome="answered")

    assert told.text == "Not everybody may add me to channels, so I left Bees. Ask whoever runs me to add me."
    assert await channel.received() == []


async def test_an_anonymous_administrator_is_told_to_come_by_their_name(
    application: AnyApplication, telegram_bot: ExtBot[None], telegram: Telegram, ada: Talk
) -> None:
    bees = await a_chat(telegram, ada.person)
    await bees.next_message()
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    bot = telegram_bot.bot.to_dict()
    change = {
        "chat": {"id": bees.id, "type": "group", "title": "Bees"},
        "from": nobody,
        "date": 1,
        "old_chat_member": {"status": "left", "user": bot},
        "new_chat_member": {"status": "member", "user": bot},
    }

    await application.process_update(Update.de_json({"update_id": 1, "my_chat_member": change}, telegram_bot))

    assert (await bees.next_message()).text.endswith("Add me under your own name.")
    await telegram.called("leaveChat", outcome="answered")


async def test_nothing_is_kept_of_a_group_that_it_left(database: Database, telegram: Telegram, bob: Person) -> None:
    bees = await a_chat(telegram, bob)
    assert (await bees.next_message()).text == LEFT
    await telegram.called("leaveChat", outcome="answered")
    # One after the other is answered.
    await bob.says("/start")
    await bob.next_message()
    async with database.snapshot() as tx:
        assert await group_with(tx, bees.id) is None
        assert await subscriber_at(tx, Address(bees.id)) is None


async def test_where_it_is_subscribed_all_read_and_the_administrators_change(
    database: Database, archive: Archive, telegram: Telegram, ada: Talk, bob: Person
) -> None:
    await archive.add(a_digest(of="Bees"))
    bees = await a_chat(telegram, ada.person, kind="supergroup")
    await bees.adds(bob)
    await bees.promotes(bob)
    await bees.next_message()

    await bob.says("/latest", chat_id=bees.id)
    assert "About Morning" in (await bees.next_message()).text
    await bob.says("/subscribe Bees", chat_id=bees.id)
    await bees.next_message()
    async with database.snapshot() as tx:
        assert await subscriber_at(tx, Address(bees.id)) is not None


@pytest.mark.parametrize("access", [Access("invited", "operators")])
async def test_by_invitation_only_guests_among_the_administrators_change_what_comes(
    database: Database, telegram: Telegram, ada: Talk, bob: Person, grace: Talk
) -> None:
    bees = await a_chat(telegram, ada.person, kind="supergroup")
    await bees.next_message()
    for person in (bob, grace.person):
        await bees.adds(person)
        await bees.promotes(person)

    await bob.says("/subscribe Bees", chat_id=bees.id)
    assert (await bees.next_message()).text.startswith("This bot is by invitation.")
    await bees.promotes(bob, anonymous=True)
    await bob.says("/subscribe Bees", chat_id=bees.id)
    assert (await bees.next_message()).text.startswith("Do that under your own name")
    async with database.snapshot() as tx:
        assert await subscriber_at(tx, Address(bees.id)) is None

    await grace.person.says("/subscribe Bees", chat_id=bees.id)
    await bees.next_message()
    async with database.snapshot() as tx:
        assert await subscriber_at(tx, Address(bees.id)) is not None


async def test_it_leaves_where_it_was_brought_while_nobody_looked_once_somebody_asks(
    database: Database, telegram: Telegram, ada: Talk, bob: Person
) -> None:
    bees = await a_chat(telegram, ada.person, kind="supergroup")
    await bees.adds(bob)
    await bees.next_message()
    async with database.transaction() as tx:
        await tx.run("UPDATE chats SET added_by = :bob", {"bob": bob.id})

    await ada.person.says("/latest", chat_id=bees.id)
    assert (await bees.next_message()).text != LEFT
    await bob.says("no command", chat_id=bees.id)
    await bob.says("/latest", chat_id=bees.id)
    assert (await bees.next_message()).text == LEFT
    await telegram.called("leaveChat", outcome="answered")


async def test_where_it_was_subscribed_before_it_stays(
    database: Database, telegram: Telegram, ada: Talk, bob: Person
) -> None:
    bees = await a_chat(telegram, ada.person, kind="supergroup")
    await bees.adds(bob)
    await bees.next_message()
    await subscribed(database, a_subscriber(bees.id, type_="supergroup"))
    async with database.transaction() as tx:
        await tx.run("UPDATE chats SET added_by = NULL")

    await bob.says("/latest", chat_id=bees.id)
    assert (await bees.next_message()).text != LEFT


async def test_that_somebody_brought_it_once_is_no_leave_for_the_next(
    database: Database, telegram: Telegram, ada: Talk, bob: Person
) -> None:
    bees = await a_chat(telegram, ada.person, kind="supergroup")
    await bees.next_message()
    await subscribed(database, a_subscriber(bees.id, type_="supergroup"))
    await bees.adds(bob)
    await bees.promotes(bob)
    await bees.kicks()

    await bees.adds(by=bob)

    assert (await bees.next_message()).text == LEFT


@pytest.mark.parametrize("known", [True, False])
async def test_a_channel_that_it_is_in_is_set_up_by_others_if_somebody_brought_it_who_may(
    database: Database, telegram: Telegram, ada: Talk, bob: Person, *, known: bool
) -> None:
    await bob.starts()
    await bob.next_message()
    channel = await a_chat(telegram, ada.person, kind="channel")
    await channel.adds(bob)
    await channel.promotes(bob)
    async with database.transaction() as tx:
        await tx.run("UPDATE chats SET added_by = :ada", {"ada": ada.person.id if known else None})

    await bob.says("/channels")
    await bob.next_message()
    await bob.picks(channel)
    answer = await bob.next_message()

    refused = "Not everybody may have me post in Bees. Ask whoever runs me."
    assert (answer.text == refused) is not known


@pytest.mark.parametrize("clock", [SystemClock()])
async def test_it_stays_in_the_supergroup_that_somebody_else_made_of_its_group(
    database: Database, telegram: Telegram, ada: Talk, bob: Person
) -> None:
    bees = await a_chat(telegram, ada.person)
    await bees.next_message()
    await subscribed(database, a_subscriber(bees.id, type_="group"))
    await bees.adds(bob)
    await bees.promotes(bob)

    await bees.becomes_supergroup(by=bob)

    await bob.says("/help", chat_id=bees.id)
    await bees.sees("/latest")
    assert await telegram.calls("leaveChat") == []
