"""Each thing that happens to a chat leaves the right state, and coming back restores all that the chat had."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot.clock import SystemClock
from bot.digests.wording import read_words
from bot.sandbox.client import Group, Telegram
from storage.database import Database
from storage.deliveries import finish
from storage.groups import Group as Known
from storage.groups import group_with, note_manager, topic_name
from storage.model import Address, ChatType, Schedule, Subscriber, SubscriberState
from storage.subscribers import subscriber_at
from storage.topics import Topic, topics_of
from storage.words import keep_words
from tests.builders import a_subscriber, subscribed
from tests.chat.conftest import AnyApplication, Archive, Talk, a_digest
from tests.chat.test_membership import Kind, group_becomes, notices

ACTIVE, PAUSED, GONE, STOPPED = SubscriberState


@dataclass(slots=True)
class Life:
    """A chat, the bot in it, and what it has: a choice, words, a schedule, and a digest that it is owed."""

    telegram: Telegram
    database: Database
    group: Group
    kind: ChatType
    whole: Subscriber | None = None

    async def begins(self, archive: Archive, ada: Talk, *, topic_id: int = 0) -> None:
        await archive.add(a_digest())
        await subscribed(
            self.database,
            a_subscriber(
                self.group.id,
                topic_id=topic_id,
                type_=self.kind,
                categories=["AI", "Bees"],
                layout="headlines",
                subscribed_by=ada.person.id,
            ),
        )
        now = int(SystemClock().now().timestamp() * 1000)
        async with self.database.transaction() as tx:
            await keep_words(tx, 1, "follow", read_words("Qwen"))
            await note_manager(tx, self.group.id, ada.person.id, now=SystemClock().now())
            await tx.run("UPDATE subscribers SET send_time = 420, time_zone = 'Asia/Shanghai', footer = 'Join us'")
            await tx.run(
                """
                INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at)
                VALUES ('digest', 1, 1, :now, :now)
                """,
                {"now": now},
            )
        self.whole = await self.subscriber()
        assert self.whole is not None
        assert self.whole.preferences.schedule == Schedule(send_time=time(7), time_zone="Asia/Shanghai")

    async def subscriber(self) -> Subscriber | None:
        async with self.database.snapshot() as tx:
            [row] = await tx.rows("SELECT chat_id, topic_id FROM subscribers WHERE id = 1")
            return await subscriber_at(tx, Address(row["chat_id"], row["topic_id"]))

    async def becomes(self, state: SubscriberState) -> None:
        """Wait for it; whatever it is owed then is skipped while it is lost, and waits when it is there."""
        async with asyncio.timeout(5):
            while (present := await self.subscriber()) is None or present.state is not state:
                await asyncio.sleep(0.01)
        assert self.whole is not None
        assert present == replace(self.whole, state=state, address=present.address, type=present.type)
        async with self.database.transaction() as tx:
            assert await tx.value("SELECT state FROM deliveries") == "waiting"
            assert await tx.value("SELECT count(*) FROM managers WHERE chat_id = :id", {"id": self.group.id}) == 1
            if state is not ACTIVE:
                await finish(tx, 1, "skipped", now=SystemClock().now(), reason=f"the subscriber is {state}")

    async def stays(self) -> None:
        """Wait until all that happened was heard of; nothing has changed."""
        await self.heard()
        await self.becomes(ACTIVE)

    async def heard(self) -> None:
        """Wait until the bot heard of all that happened."""
        async with asyncio.timeout(5):
            while await self.telegram.updates():
                await asyncio.sleep(0.01)

    async def known(self) -> Known:
        async with self.database.snapshot() as tx:
            known = await group_with(tx, self.group.id)
        assert known is not None
        return known


Event = Callable[[Group], Awaitable[Any]]
Step = tuple[Event, SubscriberState | None]
# What happens one after the other, and what the chat is to us then; None: as before, and nothing is missed.
LIVES: dict[ChatType, list[Step]] = {
    "group": [
        (lambda group: group.promotes(), None),
        (lambda group: group.demotes(), None),
        (lambda group: group.kicks(), GONE),
        (lambda group: group.adds(), ACTIVE),
        (lambda group: group.becomes_supergroup(), None),
        (lambda group: group.deletes(), GONE),
    ],
    "supergroup": [
        (lambda group: group.promotes(), None),
        (lambda group: group.demotes(), None),
        (lambda group: group.restricts(), PAUSED),
        (lambda group: group.restricts(can_send=True), ACTIVE),
        (lambda group: group.restricts(), PAUSED),
        (lambda group: group.promotes(), ACTIVE),
        (lambda group: group.kicks(), GONE),
        (lambda group: group.adds(), ACTIVE),
        (lambda group: group.turns_on_topics(), None),
        (lambda group: group.is_renamed("Wasps"), None),
        (lambda group: group.deletes(), GONE),
    ],
    "channel": [
        (lambda channel: channel.promotes(rights=["can_edit_messages"]), PAUSED),
        (lambda channel: channel.promotes(), ACTIVE),
        (lambda channel: channel.demotes(), GONE),
        (lambda channel: channel.promotes(), ACTIVE),
        (lambda channel: channel.kicks(), GONE),
        (lambda channel: channel.promotes(), ACTIVE),
        (lambda channel: channel.is_renamed("Wasps"), None),
        (lambda channel: channel.deletes(), GONE),
    ],
}


@pytest.fixture
async def life(
    request: pytest.FixtureRequest, telegram: Telegram, database: Database, archive: Archive, ada: Talk
) -> Life:
    kind: Kind = getattr(request, "param", "supergroup")
    group = await telegram.group("Bees", creator=ada.person, kind=kind)
    await (group.promotes() if kind == "channel" else group.adds())
    life = Life(telegram, database, group, kind)
    await life.begins(archive, ada)
    return life


@pytest.mark.parametrize("life", LIVES, indirect=True)
async def test_each_thing_that_happens_leaves_the_right_state_and_coming_back_restores_it(life: Life) -> None:
    for event, state in LIVES[life.kind]:
        await event(life.group)
        await (life.stays() if state is None else life.becomes(state))


async def test_a_bot_that_leaves_by_itself_is_gone_and_back_when_it_is_added(
    life: Life, telegram_bot: ExtBot[None]
) -> None:
    await telegram_bot.leave_chat(life.group.id)
    await life.becomes(GONE)
    await life.group.adds()
    await life.becomes(ACTIVE)


async def test_who_blocks_the_bot_has_all_again_when_they_unblock_it(
    telegram: Telegram, database: Database, archive: Archive, ada: Talk
) -> None:
    await ada.says("/help")
    life = Life(telegram, database, Group(telegram, ada.person.id, "Ada"), "private")
    await life.begins(archive, ada)

    for _ in range(2):
        await ada.person.blocks()
        await life.becomes(GONE)
        await ada.person.unblocks()
        await life.becomes(ACTIVE)


@pytest.mark.parametrize("life", ["group", "channel"], indirect=True)
async def test_the_present_title_is_known(life: Life) -> None:
    await life.group.is_renamed("Wasps")
    await life.stays()
    assert (await life.known()).title == "Wasps"

    await life.group.is_renamed("Hornets")
    await life.group.promotes()
    await life.stays()
    assert (await life.known()).title == "Hornets"


async def test_who_brought_the_bot_is_known_also_when_the_group_has_moved(
    telegram: Telegram, database: Database, archive: Archive, ada: Talk
) -> None:
    group = await telegram.group("Bees", creator=ada.person)
    await group.adds()
    life = Life(telegram, database, group, "group")
    await life.begins(archive, ada)
    async with database.transaction() as tx:
        await tx.run("UPDATE chats SET tidy_minutes = 5, readers = 'administrators'")

    await group.becomes_supergroup()
    await life.stays()

    known = await life.known()
    assert (known.type, known.title, known.added_by) == ("supergroup", "Bees", ada.person.id)
    assert (known.tidy_minutes, known.readers) == (5, "administrators")
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM chats") == 1


async def test_with_which_group_a_channel_is_linked_is_learned_from_either(
    telegram: Telegram, database: Database, ada: Talk
) -> None:
    channel = await telegram.channel("Daily", creator=ada.person)
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await channel.is_discussed_in(bees)
    await channel.promotes()
    await bees.adds()

    async def links() -> dict[int, int | None]:
        async with database.snapshot() as tx:
            return {row["chat_id"]: row["linked_chat_id"] for row in await tx.rows("SELECT * FROM chats")}

    async with asyncio.timeout(5):
        while await links() != {channel.id: bees.id, bees.id: channel.id}:
            await asyncio.sleep(0.01)


@pytest.fixture
async def forum(telegram: Telegram, ada: Talk) -> Group:
    forum = await telegram.group("Lab", creator=ada.person, kind="supergroup")
    await forum.adds()
    await forum.turns_on_topics()
    return forum


async def test_a_topic_is_known_by_its_name_and_paused_while_it_is_closed(
    database: Database, archive: Archive, ada: Talk, forum: Group
) -> None:
    topic, other = await forum.topic("News"), await forum.topic("Honey")
    life = Life(forum.telegram, database, forum, "supergroup")
    await life.begins(archive, ada, topic_id=topic.id)
    await subscribed(database, a_subscriber(forum.id, topic_id=other.id, type_="supergroup", everything=True))
    await topic.is_renamed("Fresh news")

    await topic.closes()
    await life.becomes(PAUSED)
    await group_becomes(archive, forum.id, ACTIVE, other.id)
    async with database.snapshot() as tx:
        assert await topics_of(tx, forum.id) == [
            Topic(topic.id, "Fresh news", closed=True),
            Topic(other.id, "Honey", closed=False),
        ]
        assert await tx.value("SELECT facts ->> 'topic' FROM notices") == "Fresh news"
    assert await notices(archive) == [(ada.person.id, "topic-closed")]

    # The bot goes and comes back, and the topic is still closed.
    await forum.kicks()
    await group_becomes(archive, forum.id, GONE, topic.id)
    await forum.adds()
    await group_becomes(archive, forum.id, ACTIVE, other.id)
    await group_becomes(archive, forum.id, PAUSED, topic.id)

    await topic.reopens()
    await life.becomes(ACTIVE)
    assert await notices(archive) == [(ada.person.id, "topic-closed")]


async def test_a_closed_topic_goes_on_where_the_bot_may_write_and_is_started_again(
    database: Database, archive: Archive, ada: Talk, forum: Group
) -> None:
    topic = await forum.topic("News")
    await forum.promotes()
    life = Life(forum.telegram, database, forum, "supergroup")
    await life.begins(archive, ada, topic_id=topic.id)

    await topic.closes()
    await life.becomes(PAUSED)
    assert await notices(archive) == [(ada.person.id, "topic-closed-to-others")]
    # That it may do more now says nothing of the topic.
    await forum.promotes(rights={"can_manage_topics", "can_pin_messages"})
    await life.heard()
    await group_becomes(archive, forum.id, PAUSED, topic.id)

    await ada.person.says("/start", chat_id=forum.id, topic_id=topic.id)
    await life.becomes(ACTIVE)


def told(forum: Group, **what: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A message as Telegram tells it in the topic that is always there."""
    chat = {"id": forum.id, "type": "supergroup", "title": "Lab", "is_forum": True}
    sender = {"id": 7, "is_bot": False, "first_name": "Ada"}
    return {"message": {"message_id": 99, "date": 1750000000, "chat": chat, "from": sender} | what, "update_id": 1}


async def test_the_topic_that_is_always_there_is_paused_while_it_is_hidden(
    application: AnyApplication, database: Database, archive: Archive, ada: Talk, forum: Group
) -> None:
    topic = await forum.topic("News")
    life = Life(forum.telegram, database, forum, "supergroup")
    await life.begins(archive, ada)
    await subscribed(database, a_subscriber(forum.id, topic_id=topic.id, type_="supergroup", everything=True))

    await application.process_update(Update.de_json(told(forum, general_forum_topic_hidden={}), application.bot))
    await life.becomes(PAUSED)
    await group_becomes(archive, forum.id, ACTIVE, topic.id)
    async with database.snapshot() as tx:
        assert await tx.value("SELECT facts ->> 'topic' FROM notices") == "General"

    await application.process_update(Update.de_json(told(forum, general_forum_topic_unhidden={}), application.bot))
    await life.becomes(ACTIVE)


async def test_a_topic_older_than_the_bot_is_known_when_somebody_writes_there(
    application: AnyApplication, database: Database, forum: Group
) -> None:
    old = await forum.topic("Old")
    async with asyncio.timeout(5):
        while await forum.telegram.updates():
            await asyncio.sleep(0.01)
    async with database.transaction() as tx:
        await tx.run("DELETE FROM topics")
    began = told(forum, forum_topic_created={"name": "Old", "icon_color": 1})["message"] | {"message_id": old.id}
    command = {"text": "/help", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}
    topic = {"message_thread_id": old.id, "is_topic_message": True, "reply_to_message": began}

    await application.process_update(Update.de_json(told(forum, **command, **topic), application.bot))

    async with database.snapshot() as tx:
        assert await topic_name(tx, forum.id, old.id) == "Old"


async def test_a_button_whose_message_telegram_shows_no_more_changes_no_other_topic(
    application: AnyApplication, database: Database, ada: Talk, forum: Group
) -> None:
    chat = {"id": forum.id, "type": "supergroup", "title": "Lab", "is_forum": True}
    person = {"id": ada.person.id, "is_bot": False, "first_name": "Ada"}
    tap = {"id": "1", "from": person, "chat_instance": "1", "data": "1:everything:1"}
    gone = {"message_id": 9, "date": 0, "chat": chat}

    await application.process_update(
        Update.de_json({"update_id": 1, "callback_query": tap | {"message": gone}}, application.bot)
    )

    async with database.snapshot() as tx:
        assert await subscriber_at(tx, Address(forum.id)) is None
