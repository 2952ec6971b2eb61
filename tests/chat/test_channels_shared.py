"""A channel that several set up: Telegram says who may, each change who made it, and strangers learn nothing."""

import json
from dataclasses import fields
from itertools import count

import pytest
from structlog.testing import capture_logs

from bot.messages.phrases import languages, phrase
from bot.messages.settings import GROUP_SETTINGS
from bot.sandbox.client import Group, Telegram
from bot.sandbox.seen import Message
from storage.database import Database
from storage.model import Address, Preferences, SubscriberState
from storage.subscribers import ensure_known, subscriber_at
from tests.chat.client import Client, answers
from tests.chat.conftest import MONDAY, AnyApplication, Talk, labels
from tests.chat.test_channels import begin, daily, of

__all__ = ["daily"]


@pytest.fixture
async def grace(telegram: Telegram, daily: Group) -> Talk:
    """She posts in Ada's channel, too."""
    grace = Talk(await telegram.person("Grace", language="en"))
    await grace.says("/start")
    await daily.adds(grace.person)
    await daily.promotes(grace.person, rights=["can_post_messages"])
    return grace


async def link_to(database: Database, daily: Group) -> str:
    return f"/start set_{(await of(database, daily)).id}"


async def notices(database: Database) -> list[tuple[int, str, int, bool]]:
    """Who is to be told what, of whom, and whether without a sound."""
    async with database.snapshot() as tx:
        rows = await tx.rows("SELECT user_id, phrase, facts FROM notices ORDER BY id")
    facts = [json.loads(row["facts"]) for row in rows]
    return [(row["user_id"], row["phrase"], each["by"], each["silent"]) for row, each in zip(rows, facts, strict=True)]


async def all_heard(telegram: Telegram) -> None:
    """Wait until the bot has handled all that happened."""
    while await telegram.updates():
        await telegram.called("getUpdates", after=await telegram.last_call())


async def test_each_change_says_who_made_it(database: Database, daily: Group, ada: Talk, grace: Talk) -> None:
    await begin(daily, ada)
    assert (await grace.says("/channels")).text.startswith("You have set up no channel or group yet.")

    hers = await grace.says(await link_to(database, daily))
    assert "Last changed by Ada: on or off · " in hers.text
    assert "Last changed by Grace: layout · " in (await grace.presses("Layout: full")).text
    assert labels(await grace.says("/channels"))[0] == "✅ 📢 Daily"
    await ada.says("/channels")
    assert "Last changed by Grace: layout · " in (await ada.presses("✅ 📢 Daily")).text


async def test_the_others_are_told_when_it_begins_and_ends_if_they_may_know(
    database: Database, daily: Group, ada: Talk, grace: Talk
) -> None:
    await begin(daily, ada)
    await grace.says(await link_to(database, daily))
    assert await notices(database) == []

    await grace.presses("⏹ Stop")
    await daily.demotes(grace.person)
    await ada.presses("‹ Channels and groups")
    await ada.presses("⏸ 📢 Daily")
    await ada.is_sent("👁 Preview, then start")
    await ada.person.next_message()
    await ada.presses("▶️ Post from now on")
    assert await notices(database) == [(ada.person.id, "changed-stopped", grace.person.id, True)]
    async with database.snapshot() as tx:
        buttons = await tx.value("SELECT buttons FROM notices")
    assert json.loads(buttons) == [["button-all-settings", f"1@{(await of(database, daily)).id}:settings"]]


async def test_whoever_may_no_more_has_only_old_buttons(
    database: Database, daily: Group, ada: Talk, grace: Talk
) -> None:
    await begin(daily, ada)
    await grace.says(await link_to(database, daily))
    await daily.demotes(grace.person)

    for button in ("Layout: full", "⏹ Stop", "👁 Preview"):
        refused = await grace.person.presses(button)
        assert refused.text == "Only its administrators can set that up. If you are one, pick it: /channels"
    subscriber = await of(database, daily)
    assert (subscriber.state, subscriber.preferences.layout) == (SubscriberState.ACTIVE, "full")
    assert labels(await grace.says("/channels")) == []


async def test_an_administrator_who_may_not_post_has_us_post_nothing(
    database: Database, daily: Group, ada: Talk, grace: Talk
) -> None:
    await begin(daily, ada)
    await daily.promotes(grace.person, rights=["can_invite_users"])

    said = await grace.says(await link_to(database, daily))
    assert said.text == "Only administrators who may post in that chat can do that."


async def test_a_stranger_with_the_link_learns_no_more_than_with_any_number(
    database: Database, daily: Group, ada: Talk, mei: Talk
) -> None:
    await begin(daily, ada)

    said = {(await mei.says(text)).text for text in (await link_to(database, daily), "/start set_1", "/start set_999")}
    assert said == {"只有管理员才能设置它。如果你就是管理员，请用 /channels 选择。"}
    assert (await mei.says("/start set_x")).text in said
    assert not any("Daily" in message.text for message in await mei.person.received())


async def test_what_the_bot_lacks_is_said_above_and_what_is_chosen_is_kept(
    database: Database, daily: Group, ada: Talk
) -> None:
    await begin(daily, ada)
    await daily.promotes(rights=["can_invite_users"])

    changed = await ada.presses("Layout: full")
    lines = changed.text.splitlines()
    lacking = "I may not post in Daily. Make me an administrator who may."
    assert lines[:3] == ["📢 Daily", f"⚠️ {lacking}", "⏸ Paused: nothing goes there for now."]
    subscriber = await of(database, daily)
    assert (subscriber.state, subscriber.preferences.layout) == (SubscriberState.PAUSED, "headlines")
    await ada.is_sent("👁 Preview, then start")
    assert (await ada.person.next_message()).text.startswith(f"📢 Daily\n⚠️ {lacking}")
    assert (await ada.person.presses("▶️ Post from now on")).text == lacking
    await daily.promotes()
    await all_heard(ada.person.telegram)
    assert (await of(database, daily)).state is SubscriberState.ACTIVE


async def test_an_administrator_who_may_not_post_is_what_the_bot_says_it_is(
    database: Database, daily: Group, ada: Talk
) -> None:
    await daily.promotes(rights=["can_invite_users"])

    said = await ada.person.next_message()
    assert said.text == "I may not post in Daily. Make me an administrator who may."
    assert (await of(database, daily)).state is SubscriberState.STOPPED

    await daily.promotes()
    assert "Daily" in (await ada.person.next_message()).text


async def test_who_has_no_chat_with_the_bot_finds_the_channel_there_later(
    database: Database, telegram: Telegram
) -> None:
    eve = Talk(await telegram.person("Eve", language="en"))
    hers = await telegram.channel("Hers", creator=eve.person)
    await hers.promotes()
    await telegram.called("sendMessage", outcome="refused")

    await eve.says("/start")
    assert labels(await eve.says("/channels"))[0] == "⏸ 📢 Hers"
    assert await hers.received() == []
    assert (await of(database, hers)).subscribed_by == eve.person.id


async def test_an_anonymous_administrator_stays_so(database: Database, telegram: Telegram, ada: Talk) -> None:
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await bees.adds()
    await bees.promotes(ada.person, anonymous=True)
    await all_heard(telegram)

    await ada.says("/channels")
    await ada.presses("⏸ 👥 Bees")
    assert "Last changed by an administrator: layout · " in (await ada.presses("Layout: full")).text
    assert (await of(database, bees)).state is SubscriberState.STOPPED


async def test_what_was_picked_is_asked_of_telegram_again(
    application: AnyApplication, telegram: Telegram, daily: Group, ada: Talk, mei: Talk
) -> None:
    hello = await mei.says("/start")
    elsewhere = await telegram.channel("Elsewhere", creator=ada.person)
    await daily.promotes()
    with capture_logs() as logs:
        client = Client(application, mei, logs, hello.raw, count(10_000))
        for chat, said in (
            (daily, "只有管理员才能设置它。如果你就是管理员，请用 /channels 选择。"),
            (elsewhere, "我已不在“Elsewhere”里，请先重新添加我。"),
        ):
            shared = {"request_id": 1, "chat_id": chat.id, "title": chat.title}
            [answer] = answers(await client.says("", chat_shared=shared))
            assert answer.parameters["text"] == said


def test_every_preference_that_can_change_has_a_name() -> None:
    for language in languages():
        other = phrase(language, "changed", name="anything")
        for field in [*(each.name for each in fields(Preferences)), "state", *GROUP_SETTINGS]:
            assert phrase(language, "changed", name=field) != other, field


async def test_what_is_typed_in_reply_is_about_the_channel(database: Database, daily: Group, ada: Talk) -> None:
    await begin(daily, ada)
    shown: Message = await ada.says(await link_to(database, daily))

    await ada.person.says("/subscribe Bees", reply_to=shown.id)
    said = await ada.person.next_message()
    assert said.text.startswith("📢 Daily\n")
    assert labels(said)[-1] == "⚙️ All settings"
    assert [each.name for each in (await of(database, daily)).preferences.categories] == ["Bees"]


async def test_who_lets_others_post_and_may_not_is_told_who_may(database: Database, daily: Group, grace: Talk) -> None:
    await daily.promotes(grace.person, rights=["can_promote_members"])
    await daily.promotes(by=grace.person, rights=[])

    said = await grace.person.next_message()
    assert said.text == "Only administrators who may post in Daily can do that."
    async with database.snapshot() as tx:
        assert await subscriber_at(tx, Address(daily.id)) is None


async def test_what_older_versions_subscribed_is_listed_by_its_name_of_now(
    database: Database, daily: Group, ada: Talk
) -> None:
    await begin(daily, ada)
    async with database.transaction() as tx:
        await tx.run("DELETE FROM chats")
        await tx.run("DELETE FROM managers")

    assert labels(await ada.says("/channels"))[0] == "✅ 📢 Daily"


async def test_a_group_that_is_only_known_is_not_told_that_it_was_stopped(
    database: Database, telegram: Telegram, ada: Talk
) -> None:
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    async with database.transaction() as tx:
        await ensure_known(tx, Address(bees.id), type_="supergroup", language=None, subscribed_by=None, now=MONDAY)
    await bees.adds()

    assert (await bees.next_message()).text.endswith(phrase("en", "group-welcome"))
