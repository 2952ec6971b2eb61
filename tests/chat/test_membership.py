"""Who is gone, muted the bot, moved or came back, told by the sandbox as Telegram tells it."""

import asyncio
from datetime import timedelta
from typing import Literal

import pytest
from telegram import ChatMember

from bot.chat.membership import state_of
from bot.clock import SystemClock
from bot.sandbox.client import Group, Telegram
from bot.sandbox.members import permissions_json, rights_json
from storage.model import Address, Subscriber, SubscriberState
from storage.subscribers import subscriber_at
from tests.builders import a_subscriber, set_state, subscribed
from tests.chat.conftest import Archive, Talk, a_digest

ACTIVE, PAUSED, GONE, STOPPED = SubscriberState


def a_member(status: str, **more: bool | int | None) -> ChatMember:
    user = {"id": 4242, "is_bot": True, "first_name": "Digest"}
    return ChatMember.de_json({"status": status, "user": user} | more, None)


def an_administrator(**rights: bool) -> ChatMember:
    return a_member("administrator", can_be_edited=False, **rights_json(frozenset(), "group") | rights)


def a_restricted(*, inside: bool, writes: bool) -> ChatMember:
    return a_member("restricted", is_member=inside, until_date=0, **permissions_json(allowed=writes))


@pytest.mark.parametrize(
    ("member", "private", "group", "channel"),
    [
        pytest.param(a_member("creator", is_anonymous=False), ACTIVE, ACTIVE, ACTIVE, id="owner"),
        pytest.param(an_administrator(), ACTIVE, ACTIVE, PAUSED, id="administrator"),
        pytest.param(an_administrator(can_post_messages=True), ACTIVE, ACTIVE, ACTIVE, id="administrator who posts"),
        pytest.param(an_administrator(can_post_messages=False), ACTIVE, ACTIVE, PAUSED, id="administrator in silence"),
        pytest.param(a_member("member"), ACTIVE, ACTIVE, PAUSED, id="member"),
        pytest.param(a_restricted(inside=True, writes=True), ACTIVE, ACTIVE, ACTIVE, id="restricted, and may write"),
        pytest.param(a_restricted(inside=True, writes=False), PAUSED, PAUSED, PAUSED, id="muted"),
        pytest.param(a_restricted(inside=False, writes=True), GONE, GONE, GONE, id="restricted, and left"),
        pytest.param(a_member("left"), GONE, GONE, GONE, id="left"),
        pytest.param(a_member("kicked", until_date=0), GONE, GONE, GONE, id="kicked"),
    ],
)
def test_how_the_bot_stands_says_what_the_chat_is(
    member: ChatMember, private: SubscriberState, group: SubscriberState, channel: SubscriberState
) -> None:
    chats = {"private": private, "group": group, "supergroup": group, "channel": channel}
    assert {chat: state_of(member, chat) for chat in chats} == chats


async def state_of_talk(archive: Archive, talk: Talk) -> SubscriberState | None:
    subscriber = await archive.subscriber(talk)
    return subscriber.state if subscriber else None


async def becomes(archive: Archive, talk: Talk, state: SubscriberState) -> bool:
    """Wait for what no answer tells of."""
    async with asyncio.timeout(5):
        while await state_of_talk(archive, talk) != state:
            await asyncio.sleep(0.01)
    return True


async def put(archive: Archive, talk: Talk, state: SubscriberState) -> None:
    async with archive.database.transaction() as tx:
        await set_state(tx, talk.person.id, state)


async def test_who_blocks_the_bot_is_gone_and_who_unblocks_it_is_back_with_the_same_choice(
    ada: Talk, archive: Archive
) -> None:
    await ada.says("/subscribe Bees")

    await ada.person.blocks()
    assert await becomes(archive, ada, SubscriberState.GONE)

    await ada.person.unblocks()
    assert await becomes(archive, ada, SubscriberState.ACTIVE)
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_whoever_writes_is_gone_no_longer(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe")
    await put(archive, mei, SubscriberState.GONE)

    await mei.says("/help")

    assert await state_of_talk(archive, mei) == SubscriberState.ACTIVE


async def test_who_stopped_stays_stopped_through_a_block(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await put(archive, ada, SubscriberState.STOPPED)

    await ada.person.blocks()
    await ada.person.unblocks()
    await ada.says("/help")

    assert await state_of_talk(archive, ada) == SubscriberState.STOPPED


async def test_start_brings_back_who_stopped(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await put(archive, ada, SubscriberState.STOPPED)

    answer = await ada.says("/start")

    assert answer.text.endswith("You get everything.")
    assert await state_of_talk(archive, ada) == SubscriberState.ACTIVE


async def test_what_an_operator_paused_is_not_resumed_by_a_message(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await put(archive, ada, SubscriberState.PAUSED)

    await ada.says("/help")

    assert await state_of_talk(archive, ada) == SubscriberState.PAUSED


async def test_a_stranger_who_blocks_the_bot_is_not_kept(ada: Talk, archive: Archive) -> None:
    await ada.says("/help")

    await ada.person.blocks()
    await ada.person.unblocks()
    await ada.says("/help")

    assert await archive.subscriber(ada) is None


async def test_start_brings_back_who_was_paused(ada: Talk, archive: Archive) -> None:
    await ada.says("/subscribe")
    await put(archive, ada, SubscriberState.PAUSED)

    await ada.says("/start")

    assert await state_of_talk(archive, ada) == SubscriberState.ACTIVE


Kind = Literal["group", "supergroup", "channel"]


async def a_group(telegram: Telegram, archive: Archive, ada: Talk, kind: Kind) -> Group:
    """A chat of many that Ada made, which the bot may write in, and which has everything."""
    group = await telegram.group("Bees", creator=ada.person, kind=kind)
    await (group.promotes() if kind == "channel" else group.adds())
    await subscribed(archive.database, a_subscriber(group.id, type_=kind, everything=True, subscribed_by=ada.person.id))
    return group


async def group_at(archive: Archive, chat_id: int, topic_id: int = 0) -> Subscriber | None:
    async with archive.database.snapshot() as tx:
        return await subscriber_at(tx, Address(chat_id, topic_id))


async def group_becomes(archive: Archive, chat_id: int, state: SubscriberState | None, topic_id: int = 0) -> None:
    async with asyncio.timeout(5):
        while True:
            subscriber = await group_at(archive, chat_id, topic_id)
            if (subscriber.state if subscriber else None) == state:
                return
            await asyncio.sleep(0.01)


async def owed(archive: Archive, *, state: str, topics: int = 1) -> None:
    """Let the first so many subscribers be owed one digest each, in this *state* since now."""
    await archive.add(a_digest())
    now = SystemClock().now()
    async with archive.database.transaction() as tx:
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, state, due_at, try_at, finished_at)
            SELECT 'digest', 1, id, :state, :now, :now, iif(:state = 'waiting', NULL, :now) FROM subscribers
             WHERE id <= :topics
            """,
            {"state": state, "now": int((now + timedelta(seconds=1)).timestamp() * 1000), "topics": topics},
        )


async def deliveries(archive: Archive) -> list[tuple[int, str]]:
    """To which chat each is owed, and its state."""
    async with archive.database.snapshot() as tx:
        rows = await tx.rows(
            """
            SELECT chat_id, deliveries.state FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
             ORDER BY deliveries.id
            """
        )
    return [(row["chat_id"], row["state"]) for row in rows]


async def notices(archive: Archive) -> list[tuple[int, str]]:
    async with archive.database.snapshot() as tx:
        rows = await tx.rows("SELECT user_id, phrase FROM notices")
    return [(row["user_id"], row["phrase"]) for row in rows]


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_a_chat_that_throws_the_bot_out_is_gone_and_back_when_it_lets_it_in(
    telegram: Telegram, archive: Archive, ada: Talk, kind: Kind
) -> None:
    group = await a_group(telegram, archive, ada, kind)

    await group.kicks()
    await group_becomes(archive, group.id, GONE)
    await owed(archive, state="skipped")
    await (group.promotes() if kind == "channel" else group.adds())
    await group_becomes(archive, group.id, ACTIVE)

    assert await deliveries(archive) == [(group.id, "waiting")]
    assert await notices(archive) == []


async def test_a_supergroup_that_mutes_the_bot_is_paused_and_who_subscribed_it_is_told_once(
    telegram: Telegram, archive: Archive, ada: Talk
) -> None:
    group = await a_group(telegram, archive, ada, "supergroup")

    for _ in range(2):
        await group.restricts()
        await group_becomes(archive, group.id, PAUSED)
        assert await notices(archive) == [(ada.person.id, "chat-closed")]
        async with archive.database.transaction() as tx:
            await tx.run("DELETE FROM notices")
        await group.restricts(can_send=True)
        await group_becomes(archive, group.id, ACTIVE)


async def test_a_channel_that_takes_away_the_right_to_post_is_paused_until_it_gives_it_back(
    telegram: Telegram, archive: Archive, ada: Talk
) -> None:
    channel = await a_group(telegram, archive, ada, "channel")

    await channel.promotes(rights=["can_edit_messages"])
    await group_becomes(archive, channel.id, PAUSED)
    await channel.promotes()
    await group_becomes(archive, channel.id, ACTIVE)


async def test_a_group_that_stopped_by_itself_is_not_woken_by_letting_the_bot_in_again(
    telegram: Telegram, archive: Archive, ada: Talk
) -> None:
    group = await a_group(telegram, archive, ada, "group")
    async with archive.database.transaction() as tx:
        await set_state(tx, group.id, STOPPED)

    await group.kicks()
    await group.adds()
    # An update is confirmed when it was handled.
    async with asyncio.timeout(5):
        while await telegram.updates():
            await asyncio.sleep(0.01)

    subscriber = await group_at(archive, group.id)
    assert subscriber is not None
    assert subscriber.state is STOPPED


async def test_what_a_group_has_goes_to_the_supergroup_that_it_becomes(
    telegram: Telegram, archive: Archive, ada: Talk
) -> None:
    group = await a_group(telegram, archive, ada, "group")
    await owed(archive, state="waiting")

    old = await group.becomes_supergroup()
    await group_becomes(archive, group.id, ACTIVE)

    assert await group_at(archive, old) is None
    assert await deliveries(archive) == [(group.id, "waiting")]


async def test_a_topic_that_is_opened_again_receives_again(telegram: Telegram, archive: Archive, ada: Talk) -> None:
    group = await telegram.group("Bees", creator=ada.person, kind="supergroup")
    await group.adds()
    await group.turns_on_topics()
    topic, other = await group.topic("Hive"), await group.topic("Honey")
    await subscribed(
        archive.database,
        *(a_subscriber(group.id, topic_id=each.id, type_="supergroup", everything=True) for each in (topic, other)),
    )
    async with archive.database.transaction() as tx:
        await set_state(tx, group.id, PAUSED)

    await topic.closes()
    await topic.reopens()
    await group_becomes(archive, group.id, ACTIVE, topic.id)

    await group_becomes(archive, group.id, PAUSED, other.id)


async def test_who_blocked_the_bot_for_an_hour_misses_nothing_when_they_start_it_again(
    archive: Archive, ada: Talk
) -> None:
    await ada.says("/subscribe")
    await ada.person.blocks()
    assert await becomes(archive, ada, GONE)
    await owed(archive, state="skipped")

    await ada.person.says("/start")
    assert await becomes(archive, ada, ACTIVE)

    assert await deliveries(archive) == [(ada.person.id, "waiting")]
