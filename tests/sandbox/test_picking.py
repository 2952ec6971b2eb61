"""The chat picker: which chats a key offers, what becomes of the bot there, and what it is told."""

from typing import Any

import pytest
import telegram
from telegram import ChatAdministratorRights, KeyboardButton, KeyboardButtonRequestChat, ReplyKeyboardMarkup

from bot.sandbox.client import Group, Person, Telegram
from bot.sandbox.seen import SandboxError
from tests.sandbox.conftest import Api

# Whether they are anonymous, and all that must be said of rights.
NONE = (False,) * 11
POSTING = ChatAdministratorRights(*NONE, can_post_messages=True)
PINNING = ChatAdministratorRights(*NONE, can_pin_messages=True)
CHANNEL = KeyboardButtonRequestChat(1, chat_is_channel=True, request_title=True, request_username=True)
POSTED = KeyboardButtonRequestChat(
    2, chat_is_channel=True, user_administrator_rights=POSTING, bot_administrator_rights=POSTING
)
GROUP = KeyboardButtonRequestChat(3, chat_is_channel=False, bot_is_member=True, bot_administrator_rights=PINNING)


async def test_the_bot_is_told_which_chat_was_picked_and_no_more_than_it_asked_for(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    daily = await sandbox.channel("Daily", creator=ada, username="the_daily")
    bees = await sandbox.group("Bees", creator=ada)
    await offers(telegram_bot, ada, channel=CHANNEL, group=KeyboardButtonRequestChat(7, chat_is_channel=False))
    heard = await confirmed(telegram_bot)

    said = await ada.picks(daily)
    await ada.picks(bees, button="group")

    assert said.is_service
    updates = await telegram_bot.get_updates(offset=heard)
    assert [update.effective_message.chat_shared for update in updates if update.effective_message] == [
        telegram.ChatShared(1, daily.id, title="Daily", username="the_daily"),
        telegram.ChatShared(7, bees.id),
    ]
    assert {update.effective_user.id for update in updates if update.effective_user} == {ada.id}


async def test_a_bot_that_wants_rights_gets_them_before_it_is_told(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    daily = await sandbox.channel("Daily", creator=ada)
    await offers(telegram_bot, ada, post=POSTED)
    heard = await confirmed(telegram_bot)

    await ada.picks(daily)

    promoted, told = await telegram_bot.get_updates(offset=heard)
    assert promoted.my_chat_member is not None
    assert promoted.my_chat_member.from_user.id == ada.id
    bot = promoted.my_chat_member.new_chat_member
    assert isinstance(bot, telegram.ChatMemberAdministrator)
    assert (bot.can_post_messages, bot.can_edit_messages) == (True, False)
    assert told.message is not None
    assert told.message.chat_shared == telegram.ChatShared(2, daily.id)
    await telegram_bot.send_message(daily.id, "Good morning")


async def test_a_bot_that_has_what_it_wants_stays_as_it_is(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    daily = await sandbox.channel("Daily", creator=ada)
    await daily.promotes(rights=["can_post_messages", "can_edit_messages"])
    await offers(telegram_bot, ada, post=POSTED)
    heard = await confirmed(telegram_bot)

    await ada.picks(daily)

    (told,) = await telegram_bot.get_updates(offset=heard)
    assert told.message is not None
    assert told.message.chat_shared is not None


async def test_a_group_takes_the_bot_in_and_lets_it_pin(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    bees = await sandbox.group("Bees", creator=ada, kind="supergroup")
    await offers(telegram_bot, ada, group=GROUP)

    await ada.picks(bees)

    bot = await telegram_bot.get_chat_member(bees.id, telegram_bot.id)
    assert isinstance(bot, telegram.ChatMemberAdministrator)
    assert (bot.can_pin_messages, bot.can_delete_messages) == (True, False)


async def test_only_chats_that_fit_are_offered(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    grace = await sandbox.person("Grace")
    await sandbox.channel("Hers", creator=ada)
    await sandbox.channel("Public", creator=ada, username="public")
    read, helped, run = [await sandbox.channel(title, creator=grace) for title in ("Read", "Helped", "Run")]
    await read.adds(ada)
    await helped.promotes(ada, rights=["can_post_messages"])
    await run.promotes(ada, rights=["can_post_messages", "can_promote_members", "can_invite_users"])
    await (await sandbox.channel("Deleted", creator=ada)).deletes()
    await sandbox.channel("Strange", creator=grace)

    forum = await sandbox.group("Forum", creator=ada)
    await forum.turns_on_topics()
    await sandbox.group("Group", creator=ada)

    def of(**asked: Any) -> KeyboardButtonRequestChat:  # noqa: ANN401 as python-telegram-bot takes them
        return KeyboardButtonRequestChat(1, **asked)

    offered = {
        "any": of(chat_is_channel=True),
        "mine": of(chat_is_channel=True, chat_is_created=True),
        "public": of(chat_is_channel=True, chat_has_username=True),
        "private": of(chat_is_channel=True, chat_has_username=False, chat_is_created=True),
        "i post": of(chat_is_channel=True, user_administrator_rights=POSTING),
        "we post": of(chat_is_channel=True, user_administrator_rights=POSTING, bot_administrator_rights=POSTING),
        "groups": of(chat_is_channel=False),
        "forums": of(chat_is_channel=False, chat_is_forum=True),
        "no forums": of(chat_is_channel=False, chat_is_forum=False),
    }
    await offers(telegram_bot, ada, **offered)

    assert {button: await ada.may_pick(button=button) for button in offered} == {
        "any": ["Hers", "Public", "Read", "Helped", "Run"],
        "mine": ["Hers", "Public"],
        "public": ["Public"],
        "private": ["Hers"],
        "i post": ["Hers", "Public", "Helped", "Run"],
        "we post": ["Hers", "Public", "Run"],
        "groups": ["Forum", "Group"],
        "forums": ["Forum"],
        "no forums": ["Group"],
    }
    with pytest.raises(SandboxError, match=r"Helped is not offered: The bot can't be promoted in the chat"):
        await ada.picks(helped, button="we post")


async def test_nothing_is_picked_without_a_key_that_asks(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    daily = await sandbox.channel("Daily", creator=ada)
    await offers(telegram_bot, ada, channel=CHANNEL)
    await telegram_bot.send_message(ada.id, "Never mind", reply_markup=telegram.ReplyKeyboardRemove())

    with pytest.raises(SandboxError, match="Ada sees no key"):
        await ada.picks(daily)


async def test_chats_are_requested_in_private_only(api: Api, sandbox: Telegram, ada: Person) -> None:
    bees: Group = await sandbox.group("Bees", creator=ada)
    await bees.adds()

    _, answer = await api("sendMessage", chat_id=bees.id, text="Which?", reply_markup=keyboard(request_id=1))

    assert answer["description"] == "Bad Request: chats can be requested in private chats only"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, 'Can\'t find field "request_id"'),
        ({"request_id": "x"}, 'Field "request_id" must be a valid Number'),
        ({"request_id": 1, "chat_is_channel": "yes"}, 'Field "chat_is_channel" must be of type Boolean'),
        ({"request_id": 1, "bot_administrator_rights": "all"}, "ChatAdministratorRights must be an Object"),
    ],
)
async def test_what_cannot_be_read_is_refused(api: Api, ada: Person, asked: dict[str, Any], words: str) -> None:
    _, answer = await api("sendMessage", chat_id=ada.id, text="Which?", reply_markup=keyboard(**asked))

    assert answer["description"] == f"Bad Request: can't parse keyboard button: {words}"


def keyboard(**asked: object) -> dict[str, Any]:
    return {"keyboard": [[{"text": "Choose", "request_chat": asked}]]}


async def offers(telegram_bot: telegram.Bot, person: Person, **keys: KeyboardButtonRequestChat) -> None:
    """Send a keyboard with these keys."""
    rows = [[KeyboardButton(text, request_chat=asked)] for text, asked in keys.items()]
    await telegram_bot.send_message(person.id, "Which chat?", reply_markup=ReplyKeyboardMarkup(rows))


async def confirmed(telegram_bot: telegram.Bot) -> int:
    """The offset after all that the bot was to hear so far."""
    updates = await telegram_bot.get_updates()
    return updates[-1].update_id + 1 if updates else 0
