"""Administrators ask in a group, or about a channel, why a digest came there: by what the chat asked for, no person."""

from dataclasses import replace

import pytest

from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.seen import Message
from storage.model import ALL, Address, MadeOf
from storage.subscribers import subscriber_at
from storage.time import to_millis
from tests.chat.conftest import MONDAY, Archive, Talk, a_digest, an_item, labels
from tests.sent import add_delivery, add_roundup

# Nothing in it tells which digest it is.
BARE = replace(a_digest("Evening", of="Wasps", hour=12, items=(an_item("Wasps sting", None),)), permalink=None)


@pytest.fixture
async def published(archive: Archive) -> None:
    """Two digests, which were sent."""
    await archive.add(a_digest("Morning", of="Bees", items=(an_item("Bees dance"), an_item("Spam", None))), BARE)
    async with archive.database.transaction() as tx:
        await tx.run("UPDATE sources SET first_look_completed_at = :at", {"at": to_millis(MONDAY) - 1})


async def sent(archive: Archive, chat: Group, digest_id: int, message_id: int, *, topic_id: int = 0) -> None:
    async with archive.database.transaction() as tx:
        subscriber = await subscriber_at(tx, Address(chat.id, topic_id))
        assert subscriber is not None
        made_of = MadeOf(digest_id, 1, "full", "en", ALL)
        await add_delivery(tx, subscriber.id, digest_id, made_of=made_of, message_ids=(message_id,))


async def asks(
    ada: Talk, chat: Group, text: str = "/why", *, reply_to: int | None = None, topic_id: int = 0
) -> Message:
    await ada.person.says(text, chat_id=chat.id, reply_to=reply_to, topic_id=topic_id)
    return await chat.next_message()


@pytest.mark.usefixtures("published")
async def test_an_administrator_asks_about_the_last_digest_and_by_reply_about_any(
    archive: Archive, bees: Group, ada: Talk
) -> None:
    await asks(ada, bees, "/subscribe Bees, Wasps")
    first = await asks(ada, bees, "/help")
    await sent(archive, bees, 1, first.id)
    await sent(archive, bees, 2, 999)

    last, replied = await asks(ada, bees), await asks(ada, bees, reply_to=first.id)
    other = await asks(ada, bees, "/why 99")

    assert last.text.splitlines() == ["Evening · no. 2", "It has “Wasps”, as chosen."]
    assert replied.text.splitlines() == ["Morning · no. 1", "It has “Bees”, as chosen."]
    assert labels(replied) == ["Without Bees"]
    assert other.text.startswith("I know no such digest.")
    await ada.person.presses("Without Bees", chat_id=bees.id)
    assert "This group gets Wasps." in (await bees.sees("Unsubscribed from “Bees”.")).text


@pytest.mark.usefixtures("published")
async def test_a_message_of_a_roundup_tells_which_it_is(archive: Archive, bees: Group, ada: Talk) -> None:
    await asks(ada, bees, "/subscribe Bees, Wasps")
    shown = await asks(ada, bees, "/help")
    async with archive.database.transaction() as tx:
        subscriber = await subscriber_at(tx, Address(bees.id))
        assert subscriber is not None
        await add_roundup(tx, subscriber.id, {1: ALL, 2: ALL})
        await tx.run(
            """
            INSERT INTO messages (delivery_id, part, message_id)
            SELECT id, 0, :message_id FROM deliveries WHERE kind = 'roundup'
            """,
            {"message_id": shown.id},
        )

    answer = await asks(ada, bees, reply_to=shown.id)

    assert answer.text.splitlines()[0] == "2 digests came in one roundup."


@pytest.mark.usefixtures("published")
async def test_who_administers_nothing_is_refused(bees: Group, grace: Person) -> None:
    await grace.starts()
    await grace.next_message()

    await grace.says("/why", chat_id=bees.id)

    assert (await grace.next_message()).text == "Only administrators of Bees can do that."


@pytest.mark.usefixtures("published")
async def test_in_a_topic_it_is_about_what_the_topic_got(archive: Archive, bees: Group, ada: Talk) -> None:
    await bees.turns_on_topics()
    news = await bees.topic("News")
    nothing = await asks(ada, bees, topic_id=news.id)
    await asks(ada, bees, "/subscribe Bees", topic_id=news.id)
    await sent(archive, bees, 1, 999, topic_id=news.id)

    # As apps send whatever is written in a topic.
    answer = await asks(ada, bees, reply_to=news.id, topic_id=news.id)
    hidden = await asks(ada, bees, "/why 2", topic_id=news.id)

    assert nothing.text == "Nothing has come here yet.\nThis topic gets nothing."
    assert answer.raw["message_thread_id"] == news.id
    assert answer.text.splitlines() == ["Morning · no. 1", "It has “Bees”, as chosen."]
    assert hidden.text.splitlines()[1:] == ["It did not come: it is from before I came."]


@pytest.mark.usefixtures("published")
async def test_of_a_channel_it_is_asked_in_private(archive: Archive, telegram: Telegram, ada: Talk) -> None:
    await ada.says("/start")
    daily = await telegram.channel("Daily", creator=ada.person)
    await daily.promotes()
    await ada.person.next_message()
    settings = await ada.presses("Everything")
    await sent(archive, daily, 1, 999)

    await ada.person.says("/why", reply_to=settings.id)

    answer = await ada.person.next_message()
    assert answer.text.splitlines() == ["📢 Daily", "Morning · no. 1", "It gets everything."]
    assert await daily.received() == []
