"""Groups and supergroups: what people do to the bot there, and how it hears of it."""

from typing import Any

import pytest
import telegram
from telegram import ChatMember, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.sandbox.client import Group, Person, Telegram, connect
from bot.sandbox.seen import SandboxError
from bot.sandbox.state import Sandbox
from tests.by_the_book import serve
from tests.sandbox.conftest import TOKEN, Api

EVERYTHING = ["message", "my_chat_member", "chat_member", "channel_post", "callback_query"]


@pytest.fixture
async def bees(sandbox: Telegram, ada: Person) -> Group:
    """A group with the bot in it."""
    bees = await sandbox.group("Bees", creator=ada)
    await bees.adds()
    return bees


@pytest.fixture
async def hive(sandbox: Telegram, ada: Person) -> Group:
    """A supergroup with the bot in it."""
    hive = await sandbox.group("Hive", creator=ada, kind="supergroup")
    await hive.adds()
    return hive


async def heard(telegram_bot: telegram.Bot) -> list[Update]:
    """All that the bot has not heard yet, but the /start of Ada."""
    updates = list(await telegram_bot.get_updates())
    if updates:
        await telegram_bot.get_updates(offset=updates[-1].update_id + 1)
    return [update for update in updates if not (update.message and update.message.text == "/start")]


def standing(update: Update) -> tuple[str, str]:
    changed = update.my_chat_member or update.chat_member
    assert changed is not None
    return changed.old_chat_member.status, changed.new_chat_member.status


async def test_being_added_is_told_twice(telegram_bot: telegram.Bot, bees: Group, ada: Person) -> None:
    membership, service = await heard(telegram_bot)

    assert standing(membership) == (ChatMember.LEFT, ChatMember.MEMBER)
    assert membership.my_chat_member is not None
    assert membership.my_chat_member.from_user.id == ada.id
    assert service.message is not None
    assert [user.id for user in service.message.new_chat_members] == [telegram_bot.id]
    assert (service.message.chat.id, service.message.chat.type) == (bees.id, "group")


async def test_ids_look_as_telegrams(bees: Group, hive: Group) -> None:
    assert -1_000_000_000_000 < bees.id < 0
    assert hive.id < -1_000_000_000_000


async def test_a_link_brings_its_payload_into_the_group(
    telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person
) -> None:
    bees = await sandbox.group("Bees", creator=ada)

    await bees.adds(start="feed_7")

    *_, start = await heard(telegram_bot)
    assert start.message is not None
    assert start.message.text == "/start@digest_sandbox_bot feed_7"
    assert start.message.entities[0].type == "bot_command"


async def test_in_a_group_the_bot_hears_only_what_is_for_it(
    telegram_bot: telegram.Bot, bees: Group, ada: Person
) -> None:
    sent = await telegram_bot.send_message(bees.id, "Ask me")
    await heard(telegram_bot)

    await ada.says("nothing for bots", chat_id=bees.id)
    await ada.says("hello @digest_sandbox_bot", chat_id=bees.id)
    await ada.says("/latest@another_bot", chat_id=bees.id)
    await ada.says("I like /latest", chat_id=bees.id)
    await ada.says("/latest", chat_id=bees.id)
    await ada.says("/latest@Digest_Sandbox_Bot 3", chat_id=bees.id)
    await ada.says("an answer", chat_id=bees.id, reply_to=sent.message_id)

    texts = [update.message.text for update in await heard(telegram_bot) if update.message]
    assert texts == ["/latest", "/latest@Digest_Sandbox_Bot 3", "an answer"]


async def test_an_administrator_hears_everything(telegram_bot: telegram.Bot, bees: Group, ada: Person) -> None:
    await bees.promotes()
    await heard(telegram_bot)

    await ada.says("nothing for bots", chat_id=bees.id)

    [update] = await heard(telegram_bot)
    assert update.message is not None
    assert update.message.text == "nothing for bots"


async def test_without_privacy_mode_a_member_hears_everything() -> None:
    async with (
        serve(Sandbox(TOKEN, privacy=False)) as address,
        connect(address) as sandbox,
        telegram.Bot(TOKEN, base_url=f"{address}/bot") as telegram_bot,
    ):
        ada = await sandbox.person("Ada")
        bees = await sandbox.group("Bees", creator=ada)
        await bees.adds()
        await ada.says("nothing for bots", chat_id=bees.id)

        said = (await telegram_bot.get_updates())[-1].message
        me = await telegram_bot.get_me()

    assert said is not None
    assert said.text == "nothing for bots"
    assert me.can_read_all_group_messages


async def test_people_come_and_go(telegram_bot: telegram.Bot, sandbox: Telegram, bees: Group) -> None:
    grace = await sandbox.person("Grace")
    await heard(telegram_bot)

    await bees.gains(grace)
    await bees.loses(grace)

    came, went = [update.message for update in await heard(telegram_bot)]
    assert came is not None
    assert [user.id for user in came.new_chat_members] == [grace.id]
    assert went is not None
    assert went.left_chat_member is not None
    assert went.left_chat_member.id == grace.id
    await bees.adds(grace)
    await bees.kicks(grace)
    with pytest.raises(SandboxError, match="Grace cannot join Bees"):
        await bees.gains(grace)


async def test_every_change_of_the_bots_standing_is_told(telegram_bot: telegram.Bot, hive: Group) -> None:
    await heard(telegram_bot)

    await hive.promotes(rights=["can_pin_messages"])
    await hive.demotes()
    await hive.restricts()
    await hive.restricts(can_send=True)
    await hive.kicks()
    await hive.adds()

    updates = [update for update in await heard(telegram_bot) if update.my_chat_member]
    assert [standing(update) for update in updates] == [
        ("member", "administrator"),
        ("administrator", "member"),
        ("member", "restricted"),
        ("restricted", "member"),
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    assert updates[0].my_chat_member is not None
    promoted = updates[0].my_chat_member.new_chat_member
    assert isinstance(promoted, telegram.ChatMemberAdministrator)
    assert (promoted.can_pin_messages, promoted.can_delete_messages) == (True, False)


async def test_from_a_basic_group_one_is_kicked_by_leaving(telegram_bot: telegram.Bot, bees: Group) -> None:
    await heard(telegram_bot)

    await bees.kicks()

    membership, service = await heard(telegram_bot)
    assert standing(membership) == ("member", "left")
    assert service.message is not None
    assert service.message.left_chat_member is not None
    assert service.message.left_chat_member.id == telegram_bot.id
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await telegram_bot.send_message(bees.id, "hello?")


async def test_others_are_told_of_only_to_administrators_that_ask(
    telegram_bot: telegram.Bot, sandbox: Telegram, hive: Group
) -> None:
    grace = await sandbox.person("Grace")
    await telegram_bot.get_updates(allowed_updates=EVERYTHING)
    await heard(telegram_bot)

    await hive.adds(grace)
    unheard = [update for update in await heard(telegram_bot) if update.chat_member]
    await hive.promotes()
    await hive.promotes(grace)
    told = [standing(update) for update in await heard(telegram_bot) if update.chat_member]

    assert unheard == []
    assert told == [("member", "administrator")]


async def test_the_bot_leaves(telegram_bot: telegram.Bot, hive: Group) -> None:
    await heard(telegram_bot)

    assert await telegram_bot.leave_chat(hive.id)

    membership = (await heard(telegram_bot))[0]
    assert standing(membership) == ("member", "left")
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await telegram_bot.send_message(hive.id, "hello?")


async def test_a_group_becomes_a_supergroup_under_another_id(
    telegram_bot: telegram.Bot, bees: Group, ada: Person
) -> None:
    await heard(telegram_bot)

    old = await bees.becomes_supergroup()

    to, membership, begun = await heard(telegram_bot)
    assert to.message is not None
    assert (to.message.chat.id, to.message.migrate_to_chat_id) == (old, bees.id)
    assert membership.my_chat_member is not None
    assert membership.my_chat_member.chat.id == bees.id
    assert begun.message is not None
    assert (begun.message.chat.id, begun.message.migrate_from_chat_id) == (bees.id, old)
    with pytest.raises(ChatMigrated) as caught:
        await telegram_bot.send_message(old, "hello?")
    assert caught.value.new_chat_id == bees.id
    assert (await telegram_bot.send_message(bees.id, "here")).chat.type == "supergroup"
    await ada.says("/latest", chat_id=bees.id)
    with pytest.raises(SandboxError, match="became a supergroup"):
        await ada.says("/latest", chat_id=old)


async def test_the_old_group_answers_in_the_servers_words(api: Api, bees: Group) -> None:
    old = await bees.becomes_supergroup()

    assert await api("sendMessage", chat_id=old, text="hi") == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": bees.id},
        },
    )


async def test_a_deleted_group_is_gone(telegram_bot: telegram.Bot, bees: Group) -> None:
    await heard(telegram_bot)

    await bees.deletes()

    [membership] = await heard(telegram_bot)
    assert standing(membership) == ("member", "left")
    with pytest.raises(Forbidden, match="the group chat was deleted"):
        await telegram_bot.send_message(bees.id, "hello?")


async def test_a_new_title_is_told(telegram_bot: telegram.Bot, bees: Group) -> None:
    await heard(telegram_bot)

    await bees.is_renamed("Wasps")

    [update] = await heard(telegram_bot)
    assert update.message is not None
    assert (update.message.new_chat_title, update.message.chat.title) == ("Wasps", "Wasps")


async def test_an_anonymous_administrator_speaks_as_the_group(
    telegram_bot: telegram.Bot, hive: Group, ada: Person
) -> None:
    await hive.promotes(ada, anonymous=True)
    await heard(telegram_bot)

    said = await ada.says("/subscribe", chat_id=hive.id)

    [update] = await heard(telegram_bot)
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.id == 1087968824
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == update.message.chat.id == hive.id
    assert (said.from_bot, said.raw["author_id"]) == (False, ada.id)
    [creator, *_] = await telegram_bot.get_chat_administrators(hive.id)
    assert (creator.user.id, creator.status) == (ada.id, "creator")
    assert isinstance(creator, telegram.ChatMemberOwner)
    assert creator.is_anonymous


async def test_somebody_speaks_as_their_channel(
    telegram_bot: telegram.Bot, sandbox: Telegram, hive: Group, ada: Person
) -> None:
    news = await sandbox.channel("News", creator=ada)
    await heard(telegram_bot)

    await ada.says("/subscribe", chat_id=hive.id, as_channel=news)

    [update] = await heard(telegram_bot)
    assert update.message is not None
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == news.id
    assert update.message.from_user is not None
    assert update.message.from_user.id == 136817688


async def test_members_are_known(telegram_bot: telegram.Bot, sandbox: Telegram, hive: Group, ada: Person) -> None:
    grace, eve = await sandbox.person("Grace"), await sandbox.person("Eve")
    await hive.adds(grace)
    await hive.promotes(grace, rights=["can_delete_messages"])

    administrators = await telegram_bot.get_chat_administrators(hive.id)

    assert [(member.user.id, member.status) for member in administrators] == [
        (ada.id, "creator"),
        (grace.id, "administrator"),
    ]
    assert await telegram_bot.get_chat_member_count(hive.id) == 3
    assert (await telegram_bot.get_chat_member(hive.id, eve.id)).status == "left"
    assert (await telegram_bot.get_chat_member(hive.id, telegram_bot.id)).status == "member"
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await telegram_bot.get_chat_administrators(ada.id)


async def test_a_press_in_a_group_tells_who_pressed(telegram_bot: telegram.Bot, sandbox: Telegram, hive: Group) -> None:
    grace = await sandbox.person("Grace")
    await hive.adds(grace)
    button = telegram.InlineKeyboardButton("On", callback_data="on")
    await telegram_bot.send_message(hive.id, "Switch", reply_markup=telegram.InlineKeyboardMarkup.from_button(button))
    await heard(telegram_bot)

    await grace.tap("On", chat_id=hive.id)

    [update] = await heard(telegram_bot)
    assert update.callback_query is not None
    assert update.callback_query.from_user.id == grace.id
    assert isinstance(update.callback_query.message, telegram.Message)
    assert update.callback_query.message.chat.id == hive.id


async def test_only_administrators_rule(sandbox: Telegram, hive: Group) -> None:
    grace = await sandbox.person("Grace")

    with pytest.raises(SandboxError, match="Grace is no administrator of Hive"):
        await hive.kicks(by=grace)
    with pytest.raises(SandboxError, match="Grace cannot write in Hive"):
        await grace.says("hello", chat_id=hive.id)
    with pytest.raises(SandboxError, match="Grace is not in Hive"):
        await grace.tap("On", chat_id=hive.id)


async def test_who_was_added_is_seen_in_the_state(sandbox: Telegram, hive: Group, ada: Person) -> None:
    await hive.promotes()

    state = await sandbox.state()

    [shown] = [chat for chat in state["chats"] if chat["id"] == hive.id]
    expected: dict[str, Any] = {"people": [ada.id], "administrators": [ada.id], "bot_status": "administrator"}
    assert shown | expected == shown
    assert "can_delete_messages" in shown["bot_rights"]


@pytest.mark.parametrize("right", [None, "can_delete_messages"])
async def test_deleting_what_others_said_is_a_right(
    telegram_bot: telegram.Bot, hive: Group, ada: Person, right: str | None
) -> None:
    said = await ada.says("/spam", chat_id=hive.id)
    if right:
        await hive.promotes(rights=[right])
        assert await telegram_bot.delete_message(hive.id, said.id)
    else:
        with pytest.raises(BadRequest, match="Message can't be deleted"):
            await telegram_bot.delete_message(hive.id, said.id)
