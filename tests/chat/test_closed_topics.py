"""A topic that is closed is shown so, and goes on only where the bot may write, and when that is wanted."""

import pytest

from bot.sandbox.client import Group, Telegram
from storage.database import Database
from storage.model import SubscriberState
from tests.builders import a_subscriber, subscribed
from tests.chat.conftest import Archive, Talk, a_digest
from tests.chat.test_membership import group_becomes

ACTIVE, PAUSED = SubscriberState.ACTIVE, SubscriberState.PAUSED


@pytest.fixture
async def forum(telegram: Telegram, archive: Archive, ada: Talk) -> Group:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/start")
    forum = await telegram.group("Lab", creator=ada.person, kind="supergroup")
    await forum.adds()
    await forum.turns_on_topics()
    return forum


async def test_it_is_said_there_and_goes_on_with_a_tap(
    database: Database, archive: Archive, ada: Talk, forum: Group
) -> None:
    await forum.promotes()
    news = await forum.topic("News")
    await subscribed(database, a_subscriber(forum.id, topic_id=news.id, type_="supergroup", everything=True))
    await news.closes()
    await group_becomes(archive, forum.id, PAUSED, news.id)

    await ada.person.says("/settings", chat_id=forum.id, topic_id=news.id)
    shown = await forum.sees("⏸ This topic is closed: nothing comes for now.")
    assert shown.buttons[0] == ("Start again",)
    await ada.person.presses("Start again", chat_id=forum.id)
    await group_becomes(archive, forum.id, ACTIVE, news.id)

    # Neither being muted for a while ends that.
    await forum.demotes()
    await forum.restricts()
    await group_becomes(archive, forum.id, PAUSED, news.id)
    await forum.restricts(can_send=True)
    await group_becomes(archive, forum.id, ACTIVE, news.id)


async def test_nothing_begins_where_the_bot_may_not_write(archive: Archive, ada: Talk, forum: Group) -> None:
    news = await forum.topic("News")
    await ada.person.says("/subscribe", chat_id=forum.id, topic_id=news.id)
    await forum.sees("This topic gets everything.")
    await news.closes()
    await group_becomes(archive, forum.id, PAUSED, news.id)
    closed = "I may not write in this topic of Lab: it is closed or deleted. Open it again first."

    await ada.person.says("/start", chat_id=forum.id, topic_id=news.id)
    await ada.person.sees(closed)
    await ada.person.says("/channels")
    await ada.person.sees("What you set up")
    shown = await ada.presses("⏸ 👥 Lab › News")
    assert shown.text.startswith(f"👥 Lab › News\n⚠️ {closed}\n⏸ Paused")
    await ada.person.presses("👁 Preview, then start")
    await ada.person.sees("That is how it looks there.")
    assert (await ada.person.presses("▶️ Post from now on")).text == closed
    await group_becomes(archive, forum.id, PAUSED, news.id)
