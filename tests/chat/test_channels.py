"""A channel, set up in private by whoever may: nothing goes there before they have seen it, and said so.

By buttons whose kinds are Preview, StartPosting, StopPosting, ShowChannels, OpenChat and AddChat.
"""

import pytest

from bot.sandbox.client import Group, Telegram
from storage.changes import last_changes
from storage.database import Database
from storage.groups import group_with
from storage.model import Address, Subscriber, SubscriberState
from storage.subscribers import subscriber_at
from tests.chat.conftest import Archive, Talk, a_digest, an_item, labels


@pytest.fixture
async def daily(telegram: Telegram, archive: Archive, ada: Talk) -> Group:
    """Ada's channel, and something to send there."""
    await archive.add(
        a_digest("Morning", of="Bees", items=(an_item("Bees dance"),)),
        a_digest("Evening", of="Wasps", hour=12, items=(an_item("Wasps sting"),)),
    )
    await ada.says("/start")
    return await telegram.channel("Daily", creator=ada.person)


async def of(database: Database, daily: Group) -> Subscriber:
    async with database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(daily.id))
    assert subscriber is not None
    return subscriber


async def test_whoever_brings_the_bot_is_asked_in_private_and_nothing_comes_before(
    database: Database, daily: Group, ada: Talk
) -> None:
    await daily.promotes()

    asked = await ada.person.next_message()
    assert asked.text.startswith("📢 Daily\nI can post there now")
    assert labels(asked) == ["Everything", "Choose categories", "⚙️ All settings"]
    subscriber = await of(database, daily)
    assert (subscriber.state, subscriber.subscribed_by) == (SubscriberState.STOPPED, ada.person.id)
    assert subscriber.preferences.language == "en"
    async with database.snapshot() as tx:
        group = await group_with(tx, daily.id)
    assert group is not None
    assert (group.title, group.added_by) == ("Daily", ada.person.id)
    assert await daily.received() == []


async def test_what_is_chosen_is_seen_first_and_goes_there_once_they_say_so(
    database: Database, daily: Group, ada: Talk
) -> None:
    await daily.promotes()
    await ada.person.next_message()
    await ada.presses("Choose categories")
    await ada.presses("Bees")
    await ada.presses("Done")
    assert (await of(database, daily)).state is SubscriberState.STOPPED

    shown = await ada.is_sent("👁 Preview, then start")
    assert shown.text.splitlines()[0] == "Morning"
    assert (await ada.person.next_message()).text.startswith("📢 Daily\n↑ That is how it looks there.")
    said = await ada.presses("▶️ Post from now on")
    assert said.text.splitlines()[:3] == ["📢 Daily", "✅ On: new digests go there.", "It gets Bees."]
    assert "Last changed by Ada: on or off" in said.text
    assert (await of(database, daily)).state is SubscriberState.ACTIVE
    assert await daily.received() == []


async def test_it_is_stopped_and_begun_again_with_one_tap_each(database: Database, daily: Group, ada: Talk) -> None:
    await begin(daily, ada)
    stopped = await ada.presses("⏹ Stop")

    assert stopped.text == "📢 Daily\n⏹ Stopped: nothing goes there any more. All its settings stay."
    assert (await of(database, daily)).state is SubscriberState.STOPPED
    await ada.presses("Start again")
    subscriber = await of(database, daily)
    assert (subscriber.state, subscriber.preferences.everything) == (SubscriberState.ACTIVE, True)
    async with database.snapshot() as tx:
        changes = await last_changes(tx, subscriber.id, limit=9)
    assert [each.what for each in changes] == [("state",), ("state",), ("state",), ("everything",)]


async def test_start_says_of_one_that_is_off_that_it_is_and_begins_with_a_tap(
    database: Database, daily: Group, ada: Talk
) -> None:
    await begin(daily, ada)
    stopped = await ada.presses("⏹ Stop")

    await ada.person.says("/start", reply_to=stopped.id)
    said = await ada.person.next_message()
    await ada.person.says("/start cat_wasps", reply_to=stopped.id)
    linked = await ada.person.next_message()
    await ada.presses("▶️ Post from now on")
    await ada.person.says("/start", reply_to=stopped.id)
    on = await ada.person.next_message()

    off = "📢 Daily\n⏸ Off: nothing goes there before you start it.\nIt gets everything."
    assert said.text == off
    assert labels(said) == ["▶️ Post from now on", "👁 Preview, then start", "⚙️ All settings"]
    assert "⏸ Off: nothing goes there before you start it.\nIt gets everything." in linked.text
    assert on.text.startswith("📢 Daily\n✅ On: new digests go there.\nIt gets everything.")
    assert (await of(database, daily)).state is SubscriberState.ACTIVE


async def test_a_list_leads_to_each_and_back(daily: Group, ada: Talk) -> None:
    assert (await ada.says("/channels")).text.startswith("You have set up no channel or group yet.")
    await begin(daily, ada)

    await ada.presses("‹ Channels and groups")
    assert labels(await ada.says("/channels")) == ["✅ 📢 Daily", "➕ A channel or group"]
    whole = await ada.presses("✅ 📢 Daily")
    assert whole.text.startswith("📢 Daily\n✅ On")


async def test_a_channel_is_picked_in_telegrams_own_list_and_asked_about_once(
    database: Database, daily: Group, ada: Talk
) -> None:
    await ada.says("/channels")
    await ada.person.picks(daily)

    said = [(await ada.person.next_message()).text for _ in range(2)]
    # The bot is brought there, and told which it is: two updates in any order.
    assert "Daily: got it." in said
    assert any(text.startswith("📢 Daily\n") for text in said)
    await ada.says("/help")
    assert len([each for each in await ada.person.received() if each.text.startswith("📢 Daily")]) == 1
    assert (await of(database, daily)).subscribed_by == ada.person.id
    assert await daily.received() == []


async def test_a_group_is_picked_and_gets_nothing_for_that(database: Database, telegram: Telegram, ada: Talk) -> None:
    bees = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await ada.says("/channels")
    await ada.person.picks(bees)

    await ada.person.sees("Bees: got it.")
    asked = await ada.person.sees("👥 Bees")
    assert asked.text.splitlines()[1] == "Nothing goes there before you say so. What shall it get?"
    assert (await of(database, bees)).state is SubscriberState.STOPPED


async def test_who_picks_nothing_is_left_alone(daily: Group, ada: Talk) -> None:
    await ada.says("/channels")

    assert (await ada.says("Never mind")).text.startswith("All right.")
    assert await daily.received() == []


async def begin(daily: Group, talk: Talk) -> None:
    """Let the channel get everything from now on."""
    await daily.promotes()
    await talk.person.next_message()
    await talk.presses("Everything")
    await talk.is_sent("👁 Preview, then start")
    while "▶️ Post from now on" not in labels(await talk.person.next_message()):
        pass
    await talk.presses("▶️ Post from now on")
