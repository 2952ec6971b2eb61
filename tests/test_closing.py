"""Whoever subscribed a chat that closes is told so in private, and once."""

import pytest

from bot.closing import close_chat
from bot.delivery.courier import Courier
from bot.messages.phrases import phrase
from bot.sandbox.client import Person, Telegram
from storage.groups import note_group
from storage.model import Subscriber
from storage.topics import note_topic
from tests.builders import MONDAY, a_subscriber, subscribed
from tests.delivery.conftest import address, courier, database, telegram
from tests.test_notices import ada, all_told, left, notices_of, telling

__all__ = ["ada", "address", "courier", "database", "telegram"]

REASON = "Bad Request: not enough rights to send text messages to the chat"


def a_topic(chat_id: int, topic_id: int, *, subscribed_by: int | None = None) -> Subscriber:
    return a_subscriber(chat_id, topic_id=topic_id, type_="supergroup", subscribed_by=subscribed_by)


async def told(courier: Courier, ada: Person) -> list[str]:
    async with telling(notices_of(courier)):
        await all_told(courier.database)
    return [message.text for message in await ada.received()]


async def test_each_who_subscribed_is_told_once_by_the_chats_name_of_now(
    courier: Courier, telegram: Telegram, ada: Person
) -> None:
    bees = await telegram.group("Bees", creator=ada, kind="supergroup")
    await bees.adds()
    bob = await telegram.person("Bob", language="zh")
    await bob.says("/start")
    await subscribed(
        courier.database,
        a_topic(bees.id, 2, subscribed_by=ada.id),
        a_topic(bees.id, 3, subscribed_by=ada.id),
        a_topic(bees.id, 4, subscribed_by=bob.id),
        a_topic(bees.id, 5),
        a_subscriber(bob.id, language="zh"),
    )
    async with courier.database.transaction() as tx:
        assert await close_chat(tx, bees.id, reason=REASON, now=MONDAY) == 4
        assert await close_chat(tx, bees.id, reason=REASON, now=MONDAY) == 0
    await bees.is_renamed("Wasps")

    assert await told(courier, ada) == [phrase("en", "chat-closed", title="Wasps")]
    assert [message.text for message in await bob.received()] == [phrase("zh-Hans", "chat-closed", title="Wasps")]


async def test_of_a_topic_its_own_subscriber_is_told(courier: Courier, telegram: Telegram, ada: Person) -> None:
    bees = await telegram.group("Bees", creator=ada, kind="supergroup")
    await bees.adds()
    await subscribed(courier.database, a_topic(bees.id, 2, subscribed_by=ada.id), a_topic(bees.id, 3, subscribed_by=9))
    async with courier.database.transaction() as tx:
        await note_topic(tx, bees.id, 2, "Hive")
        await close_chat(tx, bees.id, topic_id=2, reason="Bad Request: TOPIC_CLOSED", now=MONDAY)

    assert await told(courier, ada) == [phrase("en", "topic-closed", title="Bees", topic="Hive")]


@pytest.mark.parametrize("reason", ["Bad Request: TOPIC_DELETED", "Bad Request: message thread not found"])
async def test_nobody_is_asked_to_open_a_topic_that_was_deleted(courier: Courier, ada: Person, reason: str) -> None:
    await subscribed(courier.database, a_topic(-5, 2, subscribed_by=ada.id))
    async with courier.database.transaction() as tx:
        await note_topic(tx, -5, 2, "Hive")
        await close_chat(tx, -5, topic_id=2, reason=reason, now=MONDAY)

    assert await told(courier, ada) == [phrase("en", "topic-deleted", title="-5", topic="Hive")]


async def test_where_nobody_is_known_nobody_is_told(courier: Courier) -> None:
    await subscribed(courier.database, a_topic(-5, 2))
    async with courier.database.transaction() as tx:
        await close_chat(tx, -5, reason=REASON, now=MONDAY)

    assert await left(courier.database) == 0


@pytest.mark.parametrize("fault", ["refuse", "drop", "text"])
async def test_a_chat_whose_name_telegram_does_not_say_goes_by_its_id(
    fault: str, courier: Courier, telegram: Telegram, ada: Person
) -> None:
    await telegram.fault(fault, "getChat", **({"code": 500} if fault == "refuse" else {}))
    await subscribed(courier.database, a_subscriber(-5, type_="group", subscribed_by=ada.id))
    async with courier.database.transaction() as tx:
        await close_chat(tx, -5, reason=REASON, now=MONDAY)

    assert await told(courier, ada) == [phrase("en", "chat-closed", title="-5")]


async def test_a_chat_that_telegram_does_not_tell_of_any_more_goes_by_the_name_it_had(
    courier: Courier, ada: Person
) -> None:
    await subscribed(courier.database, a_topic(-5, 2, subscribed_by=ada.id))
    async with courier.database.transaction() as tx:
        await note_group(tx, -5, "supergroup", title="Bees", is_forum=True)
        await close_chat(tx, -5, topic_id=2, reason="Bad Request: TOPIC_CLOSED", now=MONDAY)

    assert await told(courier, ada) == [phrase("en", "topic-closed", title="Bees", topic="#2")]
