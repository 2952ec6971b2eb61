"""Topics of a supergroup, made by people and by the bot."""

from datetime import timedelta

import pytest
import telegram
from telegram import Update
from telegram.error import BadRequest

from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.seen import SandboxError


@pytest.fixture
async def forum(sandbox: Telegram, ada: Person) -> Group:
    """A supergroup with topics, the bot an ordinary member."""
    forum = await sandbox.group("Hive", creator=ada, kind="supergroup")
    await forum.adds()
    await forum.turns_on_topics()
    return forum


async def services(telegram_bot: telegram.Bot) -> list[Update]:
    return [update for update in await telegram_bot.get_updates() if update.message and not update.message.text]


async def test_a_topic_that_a_person_begins_is_told(telegram_bot: telegram.Bot, forum: Group) -> None:
    topic = await forum.topic("Digests")
    await topic.is_renamed("News")
    await topic.closes()
    await topic.reopens()

    created, renamed, closed, reopened = [update.message for update in (await services(telegram_bot))[-4:]]
    assert created is not None
    assert created.forum_topic_created is not None
    assert (created.message_thread_id, created.is_topic_message) == (topic.id, True)
    assert created.forum_topic_created.name == "Digests"
    assert created.chat.is_forum
    assert renamed is not None
    assert renamed.forum_topic_edited is not None
    assert renamed.forum_topic_edited.name == "News"
    assert closed is not None
    assert closed.forum_topic_closed is not None
    assert reopened is not None
    assert reopened.forum_topic_reopened is not None


async def test_a_message_stands_in_its_topic(telegram_bot: telegram.Bot, forum: Group, ada: Person) -> None:
    topic = await forum.topic("Digests")

    sent = await telegram_bot.send_message(forum.id, "news", message_thread_id=topic.id)
    said = await ada.says("/latest", chat_id=forum.id, topic_id=topic.id)

    assert (sent.message_thread_id, sent.is_topic_message) == (topic.id, True)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.forum_topic_created is not None
    assert said.raw["message_thread_id"] == topic.id
    assert [message.text for message in await forum.received()] == ["news"]


async def test_an_answer_stands_where_the_question_does(telegram_bot: telegram.Bot, forum: Group, ada: Person) -> None:
    topic = await forum.topic("Digests")
    said = await ada.says("/latest", chat_id=forum.id, topic_id=topic.id)

    sent = await telegram_bot.send_message(forum.id, "news", reply_to_message_id=said.id)

    assert sent.message_thread_id == topic.id


async def test_the_general_topic_is_not_named(telegram_bot: telegram.Bot, forum: Group) -> None:
    sent = await telegram_bot.send_message(forum.id, "to everybody")

    assert sent.message_thread_id is None
    with pytest.raises(BadRequest, match="Message thread not found"):
        await telegram_bot.send_message(forum.id, "to everybody", message_thread_id=1)


async def test_a_topic_that_never_was_is_not_found(telegram_bot: telegram.Bot, forum: Group) -> None:
    with pytest.raises(BadRequest, match="Message thread not found"):
        await telegram_bot.send_message(forum.id, "hello?", message_thread_id=4711)


async def test_a_closed_topic_takes_nothing_but_from_who_manages_topics(
    telegram_bot: telegram.Bot, forum: Group
) -> None:
    topic = await forum.topic("Digests")
    await topic.closes()

    with pytest.raises(BadRequest, match="Topic_closed"):
        await telegram_bot.send_message(forum.id, "hello?", message_thread_id=topic.id)
    await forum.promotes(rights=["can_manage_topics"])

    await telegram_bot.send_message(forum.id, "hello", message_thread_id=topic.id)


async def test_a_deleted_topic_is_deleted_and_after_a_minute_unknown(
    telegram_bot: telegram.Bot, sandbox: Telegram, forum: Group
) -> None:
    topic = await forum.topic("Digests")
    await telegram_bot.send_message(forum.id, "news", message_thread_id=topic.id)

    await topic.deletes()

    with pytest.raises(BadRequest, match="Topic_deleted"):
        await telegram_bot.send_message(forum.id, "more", message_thread_id=topic.id)
    await sandbox.pass_time(timedelta(seconds=61))
    with pytest.raises(BadRequest, match="Message thread not found"):
        await telegram_bot.send_message(forum.id, "more", message_thread_id=topic.id)
    assert await forum.received() == []


async def test_the_bot_makes_topics_where_it_may(telegram_bot: telegram.Bot, forum: Group) -> None:
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await telegram_bot.create_forum_topic(forum.id, "Digests")
    await forum.promotes(rights=["can_manage_topics", "can_delete_messages"])

    topic = await telegram_bot.create_forum_topic(forum.id, "Digests")
    await telegram_bot.edit_forum_topic(forum.id, topic.message_thread_id, name="News")
    await telegram_bot.close_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(BadRequest, match="Topic_not_modified"):
        await telegram_bot.close_forum_topic(forum.id, topic.message_thread_id)
    await telegram_bot.reopen_forum_topic(forum.id, topic.message_thread_id)
    sent = await telegram_bot.send_message(forum.id, "here", message_thread_id=topic.message_thread_id)
    await telegram_bot.delete_forum_topic(forum.id, topic.message_thread_id)

    assert topic.name == "Digests"
    assert sent.message_thread_id == topic.message_thread_id
    with pytest.raises(BadRequest, match="Topic_id_invalid"):
        await telegram_bot.close_forum_topic(forum.id, topic.message_thread_id)


async def test_a_topic_of_others_is_not_the_bots_to_close(telegram_bot: telegram.Bot, forum: Group) -> None:
    topic = await forum.topic("Digests")

    with pytest.raises(BadRequest, match="Not enough rights to close or open the topic"):
        await telegram_bot.close_forum_topic(forum.id, topic.id)


async def test_topics_need_a_forum(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    bees = await sandbox.group("Bees", creator=ada)
    await bees.adds()

    with pytest.raises(BadRequest, match="The chat is not a forum"):
        await telegram_bot.create_forum_topic(bees.id, "Digests")
    with pytest.raises(SandboxError, match="has no topics: turn them on first"):
        await bees.topic("Digests")


async def test_a_group_becomes_a_supergroup_for_its_topics(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    bees = await sandbox.group("Bees", creator=ada)
    await bees.adds()
    old = bees.id

    await bees.turns_on_topics()

    assert bees.id != old
    assert (await telegram_bot.get_chat(bees.id)).is_forum
