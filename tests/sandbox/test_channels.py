"""Channels: posts of people and of the bot, rights, and the group where they are discussed."""

import pytest
import telegram
from telegram import Update
from telegram.error import BadRequest, Forbidden

from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.seen import SandboxError


@pytest.fixture
async def news(sandbox: Telegram, ada: Person) -> Group:
    """A channel without the bot."""
    return await sandbox.channel("News", creator=ada, username="daily_news")


async def updates(telegram_bot: telegram.Bot) -> list[Update]:
    return [update for update in await telegram_bot.get_updates() if not (update.message and update.message.text)]


async def test_an_administrator_of_a_channel_is_told_and_posts(telegram_bot: telegram.Bot, news: Group) -> None:
    await news.promotes()

    [update] = await updates(telegram_bot)
    sent = await telegram_bot.send_message(news.id, "today")

    assert update.my_chat_member is not None
    promoted = update.my_chat_member.new_chat_member
    assert isinstance(promoted, telegram.ChatMemberAdministrator)
    assert promoted.can_post_messages
    assert (update.my_chat_member.chat.type, update.my_chat_member.chat.username) == ("channel", "daily_news")
    assert sent.from_user is None
    assert sent.sender_chat is not None
    assert sent.sender_chat.id == news.id
    assert [message.text for message in await news.received()] == ["today"]


async def test_a_channel_is_known_by_its_name(telegram_bot: telegram.Bot, news: Group) -> None:
    await news.promotes()

    assert (await telegram_bot.send_message("@Daily_News", "today")).chat.id == news.id
    assert (await telegram_bot.get_chat("@daily_news")).title == "News"


async def test_without_the_right_to_post_nothing_is_posted(telegram_bot: telegram.Bot, news: Group) -> None:
    await news.promotes(rights=["can_invite_users"])

    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await telegram_bot.send_message(news.id, "today")


async def test_a_bot_is_in_a_channel_as_administrator_only(telegram_bot: telegram.Bot, news: Group) -> None:
    with pytest.raises(SandboxError, match="a channel has bots as administrators only"):
        await news.adds()
    await news.promotes()
    await news.demotes()

    assert (await updates(telegram_bot))[-1].my_chat_member is not None
    with pytest.raises(Forbidden, match="bot is not a member of the channel chat"):
        await telegram_bot.send_message(news.id, "today")


async def test_who_is_kicked_from_a_channel_cannot_even_read(telegram_bot: telegram.Bot, news: Group) -> None:
    await news.promotes()
    await news.kicks()

    for asked in (telegram_bot.send_message(news.id, "today"), telegram_bot.get_chat(news.id)):
        with pytest.raises(Forbidden, match="bot was kicked from the channel chat"):
            await asked


async def test_a_persons_post_is_a_channel_post(telegram_bot: telegram.Bot, news: Group, ada: Person) -> None:
    await news.promotes()

    said = await ada.says("read this #today", chat_id=news.id)

    post = (await telegram_bot.get_updates())[-1].channel_post
    assert post is not None
    assert (post.text, post.from_user) == ("read this #today", None)
    assert post.sender_chat is not None
    assert post.sender_chat.id == news.id
    assert (said.from_bot, said.raw["author_id"]) == (False, ada.id)


async def test_only_administrators_post(sandbox: Telegram, news: Group) -> None:
    grace = await sandbox.person("Grace")
    await news.adds(grace)

    with pytest.raises(SandboxError, match="Grace cannot write in News"):
        await grace.says("me too", chat_id=news.id)


async def test_posts_are_forwarded_to_the_discussion(
    telegram_bot: telegram.Bot, sandbox: Telegram, news: Group, ada: Person
) -> None:
    talk = await sandbox.group("Talk", creator=ada, kind="supergroup")
    await talk.promotes()
    await news.promotes()
    await news.is_discussed_in(talk)

    sent = await telegram_bot.send_message(news.id, "today")

    forwarded = (await telegram_bot.get_updates())[-1].message
    assert forwarded is not None
    assert (forwarded.chat.id, forwarded.text, forwarded.is_automatic_forward) == (talk.id, "today", True)
    assert forwarded.from_user is not None
    assert forwarded.from_user.id == 777000
    assert forwarded.sender_chat is not None
    assert forwarded.sender_chat.id == news.id
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginChannel)
    assert forwarded.forward_origin.message_id == sent.message_id
    assert (await telegram_bot.get_chat(news.id)).linked_chat_id == talk.id


async def test_a_deleted_channel_is_gone(telegram_bot: telegram.Bot, news: Group) -> None:
    await news.promotes()

    await news.deletes()

    with pytest.raises(Forbidden, match="bot was kicked from the channel chat"):
        await telegram_bot.send_message(news.id, "today")


async def test_a_discussion_ends(telegram_bot: telegram.Bot, sandbox: Telegram, news: Group, ada: Person) -> None:
    talk = await sandbox.group("Talk", creator=ada, kind="supergroup")
    await news.promotes()
    await news.is_discussed_in(talk)

    await news.is_discussed_nowhere()

    await telegram_bot.send_message(news.id, "today")
    assert [message.text for message in await talk.messages() if not message.is_service] == []
    assert (await telegram_bot.get_chat(news.id)).linked_chat_id is None
    with pytest.raises(SandboxError, match="News is discussed nowhere"):
        await news.is_discussed_nowhere()


async def test_a_channel_takes_another_name_and_none(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    daily = await sandbox.channel("Daily", creator=ada)

    await daily.takes_username("@daily")
    assert (await telegram_bot.get_chat("@Daily")).username == "daily"
    await daily.takes_username("")

    with pytest.raises(BadRequest, match="Chat not found"):
        await telegram_bot.get_chat("@daily")


@pytest.mark.usefixtures("news")
async def test_no_two_chats_share_a_name_and_a_basic_group_has_none(sandbox: Telegram, ada: Person) -> None:
    daily, bees = await sandbox.channel("Daily", creator=ada), await sandbox.group("Bees", creator=ada)

    with pytest.raises(SandboxError, match="@Daily_News is taken"):
        await daily.takes_username("Daily_News")
    with pytest.raises(SandboxError, match="a basic group, which cannot be public"):
        await bees.takes_username("bees")
