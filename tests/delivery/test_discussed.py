"""A group in which a channel is discussed is not sent what Telegram forwards there from the channel."""

from datetime import datetime, timedelta

import pytest

from bot.delivery.claim import claim
from bot.delivery.discussed import left_to_channels
from bot.delivery.fan_out import fan_out
from bot.delivery.selecting import Selector
from bot.digests.wording import read_words
from storage import deliveries
from storage.chats import lose_chat
from storage.database import Database
from storage.deliveries import candidates
from storage.discussions import note_link
from storage.fan_outs import begin_fan_out
from storage.groups import group_with, note_group
from storage.model import SubscriberState
from storage.roundups import release
from storage.words import keep_words
from tests.builders import MONDAY, a_digest, a_subscriber, set_state, stored, subscribed

CHANNEL, GROUP, OTHER = -1001, -1002, -1003
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
FORWARDED = ("skipped", "its channel Daily has it, and Telegram forwards it here")


async def linked(database: Database, *, linked_chat_id: int | None = GROUP) -> None:
    async with database.transaction() as tx:
        await note_group(tx, CHANNEL, "channel", title="Daily", is_forum=False)
        await note_group(tx, GROUP, "supergroup", title="Bees", is_forum=False)
        await note_link(tx, CHANNEL, linked_chat_id)


async def published(database: Database, path: str = "a.md", *, now: datetime = MONDAY) -> None:
    digest = await stored(database, a_digest(path=path, title=path), now=now)
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=now)
    while await fan_out(database, now=now):
        pass


async def both(database: Database) -> None:
    """The group came first, so that it is claimed first."""
    await subscribed(
        database,
        a_subscriber(GROUP, type_="supergroup", everything=True),
        a_subscriber(CHANNEL, type_="channel", everything=True),
    )


async def sent_to(database: Database, *, now: datetime = MONDAY, state: str = "sent") -> list[int]:
    """Claim what is due, and let it have ended so; to which chats that was."""
    async with database.transaction() as tx:
        found = await claim(
            tx, now=now, limit=9, busy=(), rest_of=lambda _: timedelta(), lateness=None, selector=Selector()
        )
        for delivery, _ in found.deliveries:
            await deliveries.finish(tx, delivery.id, state, now=now, reason=None if state == "sent" else "x")
    return [delivery.subscriber.address.chat_id for delivery, _ in found.deliveries]


async def ends(database: Database) -> dict[int, tuple[str, str | None]]:
    async with database.snapshot() as tx:
        rows = await tx.rows(
            """
            SELECT chat_id, deliveries.state, reason FROM deliveries JOIN subscribers ON subscribers.id = subscriber_id
             ORDER BY deliveries.id
            """
        )
    return {row["chat_id"]: (row["state"], row["reason"]) for row in rows}


async def test_what_the_channel_has_is_skipped_with_the_reason(database: Database) -> None:
    await both(database)
    await linked(database)
    await published(database)

    assert await sent_to(database) == [CHANNEL]
    assert await sent_to(database, now=MONDAY + MINUTE) == []

    assert await ends(database) == {GROUP: FORWARDED, CHANNEL: ("sent", None)}


async def test_what_the_channel_fails_to_get_comes_to_the_group(database: Database) -> None:
    await both(database)
    await linked(database)
    await published(database)
    assert await sent_to(database, state="failed") == [CHANNEL]

    assert await sent_to(database, now=MONDAY + MINUTE) == [GROUP]


@pytest.mark.parametrize("why", ["not linked", "stopped", "gone", "of another category", "no subscriber"])
async def test_where_the_channel_gets_nothing_the_group_gets_it_by_itself(database: Database, why: str) -> None:
    await subscribed(
        database,
        a_subscriber(GROUP, type_="supergroup", everything=True),
        a_subscriber(CHANNEL, type_="channel", everything=why != "of another category", categories=["Wasps"]),
    )
    await linked(database, linked_chat_id=None if why == "not linked" else GROUP)
    async with database.transaction() as tx:
        if why == "stopped":
            await set_state(tx, CHANNEL, SubscriberState.STOPPED)
        if why == "gone":
            await lose_chat(tx, CHANNEL, reason="the bot was removed", now=MONDAY)
        if why == "no subscriber":
            await tx.run("DELETE FROM subscribers WHERE type = 'channel'")
    await published(database)

    assert GROUP in await sent_to(database)


async def test_a_channel_that_is_paused_while_it_waits_leaves_it_to_the_group(database: Database) -> None:
    await both(database)
    await linked(database)
    await published(database)
    async with database.transaction() as tx:
        await tx.run("UPDATE deliveries SET held = 1, try_at = 253402214400000 WHERE subscriber_id = 2")
    assert await sent_to(database) == []
    async with database.transaction() as tx:
        await lose_chat(tx, CHANNEL, reason="the bot was removed", now=MONDAY)

    assert await sent_to(database, now=MONDAY + MINUTE) == [GROUP]


async def test_a_channel_that_is_still_to_be_owed_it_is_waited_for(database: Database) -> None:
    await both(database)
    await linked(database)
    digest = await stored(database, a_digest())
    async with database.transaction() as tx:
        await begin_fan_out(tx, digest.id, due_at=MONDAY)
        # The group has it, and the channel's turn is still to come.
        await tx.run("UPDATE fan_outs SET subscriber_id = 1")
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at) VALUES ('digest', 1, 1, :at, :at)
            """,
            {"at": int(MONDAY.timestamp() * 1000)},
        )

    assert await sent_to(database) == []
    await fan_out(database, now=MONDAY)
    assert await sent_to(database, now=MONDAY + 2 * SECOND) == [CHANNEL]
    assert await sent_to(database, now=MONDAY + MINUTE) == []
    assert (await ends(database))[GROUP] == FORWARDED


async def test_topics_and_other_groups_get_it_by_themselves(database: Database) -> None:
    await both(database)
    await subscribed(
        database,
        a_subscriber(GROUP, topic_id=3, type_="supergroup", everything=True),
        a_subscriber(OTHER, type_="supergroup", everything=True),
    )
    await linked(database)
    await published(database)

    # The topic's, for the group's own waits.
    assert sorted(await sent_to(database)) == [OTHER, GROUP, CHANNEL]
    assert await sent_to(database, now=MONDAY + MINUTE) == []


async def test_what_is_left_of_a_roundup_is_what_the_channel_has_not(database: Database) -> None:
    await both(database)
    await linked(database)
    await published(database)
    await sent_to(database)
    async with database.transaction() as tx:
        await tx.run("UPDATE subscribers SET cadence = 'daily' WHERE chat_id = :chat_id", {"chat_id": GROUP})
        at = {"at": int(MONDAY.timestamp() * 1000)}
        await tx.run(
            """
            INSERT INTO deliveries (kind, digest_id, subscriber_id, due_at, try_at) VALUES ('roundup', 1, 1, :at, :at)
            """,
            at,
        )
        await tx.run(
            """
            UPDATE deliveries SET state = 'waiting', reason = NULL, finished_at = NULL, held = 1, roundup_id = 3
             WHERE subscriber_id = 1 AND kind = 'digest'
            """
        )
        found = await claim(
            tx, now=MONDAY, limit=9, busy=(), rest_of=lambda _: timedelta(), lateness=None, selector=Selector()
        )

    [(_, made_of)] = found.deliveries
    assert made_of.collected == ()
    async with database.snapshot() as tx:
        [row] = await tx.rows("SELECT state, reason FROM deliveries WHERE subscriber_id = 1 AND kind = 'digest'")
    assert tuple(row) == FORWARDED


async def test_what_waits_for_the_channel_leaves_the_roundup_and_is_not_lost_if_that_fails(database: Database) -> None:
    await both(database)
    await linked(database)
    await published(database)
    async with database.transaction() as tx:
        await tx.run("UPDATE subscribers SET cadence = 'daily' WHERE chat_id = :chat_id", {"chat_id": GROUP})
        await tx.run("UPDATE deliveries SET held = 1 WHERE subscriber_id = 1")
    await published(database, "b.md")
    async with database.transaction() as tx:
        await release(tx, [1], now=MONDAY)

    # The roundup, of which nothing is left, and the first of the channel's.
    assert sorted(await sent_to(database)) == [GROUP, CHANNEL]
    assert {state for state, _ in await group_has(database)} == {"waiting"}
    assert await sent_to(database, now=MONDAY + SECOND, state="failed") == [CHANNEL]

    assert await sent_to(database, now=MONDAY + MINUTE) == [GROUP]
    assert await group_has(database) == [FORWARDED, ("sent", None)]


async def group_has(database: Database) -> list[tuple[str, str | None]]:
    async with database.snapshot() as tx:
        rows = await tx.rows(
            "SELECT state, reason FROM deliveries WHERE subscriber_id = 1 AND kind = 'digest' ORDER BY digest_id"
        )
    return [(row["state"], row["reason"]) for row in rows]


@pytest.mark.parametrize(("words", "expected"), [("", [GROUP]), ("qwen", []), ("bees", [GROUP])])
async def test_of_what_the_channel_shows_a_part_the_group_gets_its_own(
    database: Database, words: str, expected: list[int]
) -> None:
    await both(database)
    await linked(database)
    await published(database)
    assert await sent_to(database) == [CHANNEL]
    async with database.transaction() as tx:
        # Some of its stories have the word that it mutes.
        await keep_words(tx, 2, "mute", read_words("qwen"))
        await tx.run("""UPDATE deliveries SET selection = '{"items": [1]}' WHERE subscriber_id = 2""")
        await keep_words(tx, 1, "mute", read_words(words))

    async with database.transaction() as tx:
        found = await candidates(tx, now=MONDAY + MINUTE, limit=9, except_chats=[])
        left = await left_to_channels(tx, [each.delivery for each in found], now=MONDAY + MINUTE)
    assert len(found) == 1
    assert ([] if left.skipped else [GROUP]) == expected


async def test_an_announcement_comes_once_too(database: Database) -> None:
    await both(database)
    await linked(database)
    at = int(MONDAY.timestamp() * 1000)
    async with database.transaction() as tx:
        await tx.run(
            """
            INSERT INTO announcements (made_at, method, text, state, started_at, cursor)
            VALUES (:at, 'sendMessage', 'Hello', 'fanning out', :at, 1)
            """,
            {"at": at},
        )
        owe = """
            INSERT INTO deliveries (kind, announcement_id, subscriber_id, due_at, try_at)
            VALUES ('announcement', 1, :subscriber_id, :at, :at)
            """
        await tx.run(owe, {"subscriber_id": 1, "at": at})
    assert await sent_to(database) == []
    async with database.transaction() as tx:
        await tx.run(owe, {"subscriber_id": 2, "at": at})
        await tx.run("UPDATE announcements SET cursor = 2, state = 'done'")

    assert await sent_to(database, now=MONDAY + 2 * SECOND) == [CHANNEL]
    assert await sent_to(database, now=MONDAY + MINUTE) == []
    assert (await ends(database))[GROUP] == FORWARDED


async def test_a_link_is_kept_on_both_sides_and_ends_on_both(database: Database) -> None:
    async def links() -> list[int | None]:
        async with database.snapshot() as tx:
            known = [await group_with(tx, chat_id) for chat_id in (CHANNEL, GROUP, OTHER)]
        return [each.linked_chat_id if each else None for each in known]

    await linked(database)
    async with database.transaction() as tx:
        await note_group(tx, OTHER, "supergroup", title="Wasps", is_forum=False)
    assert await links() == [GROUP, CHANNEL, None]
    async with database.transaction() as tx:
        await note_link(tx, OTHER, CHANNEL)
    assert await links() == [OTHER, None, CHANNEL]
    async with database.transaction() as tx:
        await note_link(tx, CHANNEL, None)
    assert await links() == [None, None, None]
