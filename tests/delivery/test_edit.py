"""A digest that changes when it has been sent: its messages change too, against a Telegram that misbehaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.courier import Courier
from bot.delivery.deliver import deliver, give_back
from bot.delivery.fan_out import fan_out
from bot.delivery.owe_edits import Edits, owe_edits
from bot.delivery.pace import Pace
from bot.delivery.record import Recorder
from bot.delivery.send import delete
from bot.delivery.views import Views
from bot.delivery.write_down import write_down
from bot.messages.taps import ShowRest, read
from bot.sandbox.client import Person, Telegram
from storage.database import Database
from storage.digests import mark_vanished
from storage.fan_outs import begin_fan_out
from storage.model import Digest, Item
from storage.moves import move_chat
from storage.subscribers import drop_all
from tests.builders import a_digest, a_subscriber, an_item, stored, subscribed
from tests.clocks import FastClock

WINDOW = timedelta(hours=48)
EDITS = Edits(WINDOW)
MARKED = Edits(WINDOW, mark_withdrawn=True)
A_WHILE_AGO = timedelta(minutes=2)
# The year 2286, in milliseconds.
FAR = 10**13


def story(number: int, told: str = "") -> Item:
    """An item that has a message for itself."""
    return an_item(f"Story {number}{told}", "word " * 600, link=f"https://example.org/{number}")


TWO = a_digest(story(1), story(2))


@pytest.fixture
def editor(courier: Courier) -> Courier:
    """A courier in whose time a chat need not rest for long."""
    clock = FastClock()
    pace, recorder = Pace(200, clock), Recorder(courier.database, clock, write_down, disk=courier.disk)
    return replace(courier, clock=clock, pace=pace, recorder=recorder, edit_limit=WINDOW)


@asynccontextmanager
async def delivering(courier: Courier) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(deliver(courier, stopping))
        ringing = tasks.create_task(keep_ringing(courier))
        yield
        stopping.set()
        ringing.cancel()
        courier.bell.ring()


async def keep_ringing(courier: Courier) -> None:
    """Let the worker look for what is due in its own fast time."""
    while True:
        courier.bell.ring()
        await asyncio.sleep(0.02)


async def rows(database: Database, columns: str = "state", *, kind: str = "edit") -> list[tuple[Any, ...]]:
    async with database.snapshot() as tx:
        sql = f"SELECT {columns} FROM deliveries WHERE kind = :kind ORDER BY subscriber_id"  # noqa: S608
        return [tuple(row) for row in await tx.rows(sql, {"kind": kind})]


async def put(database: Database, sql: str) -> None:
    async with database.transaction() as tx:
        await tx.run(sql)


async def until(database: Database, *expected: str, kind: str = "edit", within: float = 20) -> None:
    """Wait until the deliveries of this kind are in these states, in order of their subscribers."""
    async with asyncio.timeout(within):
        while [row[0] for row in await rows(database, kind=kind)] != list(expected):
            await asyncio.sleep(0.01)


async def readers(telegram: Telegram, database: Database, *names: str) -> list[Person]:
    people = []
    for name in names:
        person = await telegram.person(name)
        await person.says("/start")
        people.append(person)
    await subscribed(database, *(a_subscriber(person.id, everything=True) for person in people))
    return people


async def owe(courier: Courier, digest: Digest) -> int:
    """Owe the digest to all, and give its id."""
    now = courier.clock.now()
    id_ = (await stored(courier.database, digest, now=now)).id
    async with courier.database.transaction() as tx:
        await begin_fan_out(tx, id_, due_at=now)
    while await fan_out(courier.database, now=now):
        pass
    courier.bell.ring()
    return id_


async def send(courier: Courier, digest: Digest) -> int:
    """Send the digest to all, and give its id."""
    id_ = await owe(courier, digest)
    await until(courier.database, *["sent"] * len(await rows(courier.database, kind="digest")), kind="digest")
    return id_


async def change(courier: Courier, digest: Digest) -> None:
    """Let the digest have changed a while ago, and be edited."""
    await stored(courier.database, digest, now=courier.clock.now() - A_WHILE_AGO)
    await owe_changes(courier)


async def vanish(courier: Courier, digest_id: int) -> None:
    """Let the digest's file have been gone for a while."""
    async with courier.database.transaction() as tx:
        await mark_vanished(tx, digest_id, now=courier.clock.now() - A_WHILE_AGO)


async def owe_changes(courier: Courier, edits: Edits = EDITS) -> None:
    while await owe_edits(courier.database, edits, now=courier.clock.now()):
        pass
    courier.bell.ring()


async def stories(person: Person) -> list[str]:
    """What stands in the chat, each message as the headline of its story."""
    return [next(line for line in message.text.splitlines() if "Story" in line) for message in await person.received()]


async def test_only_the_message_that_says_something_else_is_edited(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    async with delivering(editor):
        await send(editor, TWO)
        before = await ada.received()
        await change(editor, a_digest(story(1), story(2, ", mended")))
        await until(database, "sent", "sent")

    after = await ada.received()
    assert await stories(ada) == await stories(bob) == ["Story 1", "Story 2, mended"]
    assert [message.id for message in after] == [message.id for message in before]
    assert len(await telegram.calls("editMessageText")) == 2
    assert len(await telegram.calls("sendMessage")) == 4
    # It is known that the chats show what there is now.
    assert await rows(database, "revision, parts_sent", kind="digest") == [(2, 2), (2, 2)]


async def test_a_part_more_is_sent_without_a_sound(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await send(editor, TWO)
        await change(editor, a_digest(story(1), story(2), story(3)))
        await until(database, "sent")

    sends = await telegram.calls("sendMessage")
    assert await stories(ada) == ["Story 1", "Story 2", "Story 3"]
    assert ["(3/3)" in message.text for message in await ada.received()] == [False, False, True]
    assert [bool(call.parameters.get("disable_notification")) for call in sends] == [False, False, True]
    assert await rows(database, "parts_sent", kind="digest") == [(3,)]
    async with database.snapshot() as tx:
        assert [row["part"] for row in await tx.rows("SELECT part FROM messages ORDER BY part")] == [0, 1, 2]


async def test_parts_too_many_are_deleted(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await send(editor, TWO)
        await change(editor, a_digest(story(1)))
        await until(database, "sent")

    assert await stories(ada) == ["Story 1"]
    assert await rows(database, "parts_sent", kind="digest") == [(1,)]


async def test_what_cannot_be_deleted_says_that_it_is_no_longer_there(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.refuse(code=400, method="deleteMessage", description="Bad Request: message can't be deleted")
    async with delivering(editor):
        await send(editor, TWO)
        await change(editor, a_digest(story(1)))
        await until(database, "sent")

    assert (await ada.received())[1].text == "This part of the digest is no longer there."


async def test_a_part_that_comes_back_is_there_though_its_deletion_was_in_doubt(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.drop("deleteMessage", accepted=True, times=1)
    async with delivering(editor):
        await send(editor, TWO)
        await change(editor, a_digest(story(1)))
        await telegram.called("deleteMessage")
        await change(editor, TWO)
        await until(database, "sent")

    assert await stories(ada) == ["Story 1", "Story 2"]
    assert await rows(database, "revision, parts_sent", kind="digest") == [(3, 2)]


async def test_what_shows_it_already_is_well(editor: Courier, telegram: Telegram, database: Database) -> None:
    await readers(telegram, database, "Ada")
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "sent")
        # As if the bot had died before it wrote down what it did.
        await put(database, "UPDATE deliveries SET revision = 1, state = 'waiting', finished_at = NULL WHERE id = 2")
        await put(database, "UPDATE deliveries SET revision = 1 WHERE id = 1")
        editor.bell.ring()
        await until(database, "sent")

    refused = (await telegram.calls("editMessageText"))[1]
    assert "message is not modified" in str(refused.answer)


async def test_a_message_that_somebody_deleted_is_let_be(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await send(editor, TWO)
        await delete(editor.bot_api, ada.id, (await ada.received())[0].id)
        await change(editor, a_digest(story(1, ", mended"), story(2, ", mended")))
        await until(database, "sent")
        await change(editor, a_digest(story(1, "!"), story(2, "!")))
        await until(database, "sent")

    assert await stories(ada) == ["Story 2!"]
    # The one that is gone was asked for once.
    assert len(await telegram.calls("editMessageText")) == 3


async def test_a_flood_postpones_the_edits_of_that_chat_alone(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    await telegram.refuse(ada.id, code=429, retry_after=3600, method="editMessageText")
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "waiting", "sent")

    assert await stories(bob) == ["Story 1, mended"]
    assert await rows(database, "reason") == [("Telegram asks to wait for 3600 s",), (None,)]


async def test_an_edit_without_an_answer_is_made_again(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.drop("editMessageText", accepted=True, times=1)
    async with delivering(replace(editor, resend=False)):
        await send(editor, a_digest(story(1)))
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "sent")

    assert await stories(ada) == ["Story 1, mended"]
    assert len(await telegram.calls("editMessageText")) == 2
    assert await rows(database, "given_up", kind="digest") == [(0,)]


@pytest.mark.parametrize(("resend", "state", "given_up"), [(True, "waiting", 0), (False, "sent", 1)])
async def test_a_part_more_without_an_answer_is_in_doubt(
    editor: Courier, telegram: Telegram, database: Database, *, resend: bool, state: str, given_up: int
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(replace(editor, resend=resend)):
        await send(editor, a_digest(story(1)))
        await telegram.drop("sendMessage", accepted=True, times=1)
        await change(editor, TWO)
        await until(database, state)
        if state == "waiting":
            async with asyncio.timeout(10):
                while (await rows(database, "doubts")) != [(1,)]:
                    await asyncio.sleep(0.01)

    assert await stories(ada) == ["Story 1", "Story 2"]
    assert await rows(database, "given_up", kind="digest") == [(given_up,)]


@pytest.mark.parametrize(("resend", "copies"), [(True, 2), (False, 1)])
async def test_a_part_more_that_was_in_flight_when_the_bot_died_is_in_doubt(
    editor: Courier, telegram: Telegram, database: Database, *, resend: bool, copies: int
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    again = replace(editor, resend=resend)
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await change(editor, TWO)
        await until(database, "sent")
    # Written down as it was before its answer came.
    await put(database, "UPDATE deliveries SET state = 'sending', finished_at = NULL WHERE id = 2")
    await put(database, "UPDATE deliveries SET revision = 1, parts_sent = 1 WHERE id = 1")
    await put(database, "UPDATE messages SET revision = 2")
    await put(database, "DELETE FROM messages WHERE part = 1")

    assert await give_back(again) == 1
    async with delivering(again):
        await until(database, "sent")

    assert (await stories(ada)).count("Story 2") == copies
    assert await rows(database, "parts_sent, given_up, unsure", kind="digest") == [(2, int(not resend), 1)]


async def test_who_blocked_the_bot_is_gone_and_the_edit_with_them(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await send(editor, TWO)
        await ada.blocks()
        await change(editor, a_digest(story(1, "!"), story(2, "!")))
        await until(database, "skipped")

    async with database.snapshot() as tx:
        assert await tx.value("SELECT state FROM subscribers") == "gone"
    assert len(await telegram.calls("editMessageText")) == 1


async def test_who_stopped_has_nothing_edited_and_who_only_unsubscribed_has(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        async with database.transaction() as tx:
            await drop_all(tx, 2)
        await put(database, "UPDATE subscribers SET state = 'stopped' WHERE id = 1")
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "skipped", "sent")

    assert await telegram.calls("editMessageText", chat_id=ada.id) == []
    assert await stories(bob) == ["Story 1, mended"]
    assert await rows(database, "reason") == [("the subscriber is stopped",), (None,)]


async def test_an_edit_follows_what_was_sent_whatever_is_preferred_now(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await send(editor, TWO)
        await put(database, "UPDATE subscribers SET layout = 'headlines', language = 'zh-Hans'")
        await change(editor, a_digest(story(1), story(2, ", mended")))
        await until(database, "sent")

    assert await stories(ada) == ["Story 1", "Story 2, mended"]
    assert "July 21, 2025" in (await ada.received())[0].text


async def test_what_is_half_sent_when_it_changes_is_sent_as_it_was_begun_and_then_edited(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await owe(editor, TWO)
        async with asyncio.timeout(10):
            while not await ada.received():
                await asyncio.sleep(0.01)
        await change(editor, a_digest(story(1, ", mended"), story(2, ", mended")))
        await until(database, "sent")

    assert await stories(ada) == ["Story 1, mended", "Story 2, mended"]
    # Nothing was new: what was sent was sent as it was begun.
    assert len(await telegram.calls("sendMessage")) == len(await telegram.calls("editMessageText")) == 2


async def test_what_changes_again_half_way_through_an_edit_ends_as_it_is_said_last(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await send(editor, TWO)
        await change(editor, a_digest(story(1, "?"), story(2, "?")))
        await telegram.called("editMessageText")
        # The first message has changed, and is to be what it was; the second has not, and is to be something new.
        await change(editor, a_digest(story(1), story(2, "!")))
        await until(database, "sent")

    assert await stories(ada) == ["Story 1", "Story 2!"]
    assert await rows(database, "revision", kind="digest") == [(3,)]


async def test_an_edit_that_comes_too_late_is_not_made(editor: Courier, telegram: Telegram, database: Database) -> None:
    await readers(telegram, database, "Ada")
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await stored(database, a_digest(story(1, "!")), now=editor.clock.now() - A_WHILE_AGO)
        await owe_changes(replace(editor))
        await until(database, "sent")
        await stored(database, a_digest(story(1, "?")), now=editor.clock.now() - A_WHILE_AGO)
        await owe_changes(editor, Edits(timedelta(microseconds=1)))

    late = replace(editor, edit_limit=timedelta(microseconds=1))
    await put(database, "UPDATE deliveries SET state = 'waiting', finished_at = NULL WHERE kind = 'edit'")
    async with delivering(late):
        await until(database, "skipped")

    assert len(await telegram.calls("editMessageText")) == 1
    assert await rows(database, "reason") == [("the digest was sent too long ago (DIGEST_BOT_EDIT_HOURS)",)]


async def test_with_edits_off_what_was_sent_stays(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await stored(database, a_digest(story(1, "!")), now=editor.clock.now() - A_WHILE_AGO)
        await owe_changes(editor, Edits(None))

    assert await rows(database) == []
    assert await stories(ada) == ["Story 1"]
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM fan_outs") == 0


async def test_where_messages_are_paid_for_edits_are_owed_a_few_at_a_time(editor: Courier, database: Database) -> None:
    await subscribed(database, *(a_subscriber(number, everything=True) for number in range(1, 61)))
    await owe(editor, a_digest(story(1)))
    sent = f"state = 'sent', finished_at = {FAR}, revision = 1, layout = 'full', language = 'en'"
    await put(database, f"UPDATE deliveries SET {sent} WHERE subscriber_id > 30")  # noqa: S608
    await stored(database, a_digest(story(1, "!")), now=editor.clock.now() - A_WHILE_AGO)

    gently, owed, goes_on = replace(EDITS, gently=True), list[int](), list[bool]()
    for _ in range(5):
        # As if whatever is due went out at once.
        await put(database, f"UPDATE deliveries SET try_at = {FAR}")  # noqa: S608
        goes_on.append(await owe_edits(database, gently, now=editor.clock.now()))
        owed.append(len(await rows(database)))

    # The first thirty were not sent it, and need not be waited for; the rest are owed it after a nap each.
    assert owed == [0, 20, 30, 30, 30]
    assert goes_on == [True, False, False, True, False]


async def test_an_edit_that_cannot_be_made_holds_up_no_news(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await send(editor, TWO)
        await change(editor, a_digest(story(1, "!"), story(2, "!")))
        async with asyncio.timeout(10):
            while await rows(database, "parts_sent") != [(1,)]:
                await asyncio.sleep(0.005)
        await telegram.refuse(ada.id, code=500, method="editMessageText")
        await owe(editor, a_digest(story(3), path="news.md"))
        await until(database, "sent", "sent", kind="digest")
        half = await rows(database)

    assert half == [("waiting",)]
    assert (await stories(ada))[2] == "Story 3"


@pytest.mark.long
async def test_in_a_storm_every_chat_still_shows_what_is_said_last(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    people = await telegram.crowd(60)
    await subscribed(database, *(a_subscriber(person.id, everything=True) for person in people))
    async with delivering(editor):
        await send(editor, TWO)
        for method in ("editMessageText", "sendMessage", "deleteMessage"):
            await telegram.refuse(code=429, retry_after=1, method=method, probability=0.05)
            await telegram.refuse(code=500, method=method, probability=0.05)
        await telegram.fault("drop", "editMessageText", accepted=True, probability=0.1)
        await telegram.fault("drop", "deleteMessage", accepted=True, probability=0.1)
        for said in (
            a_digest(story(1, "?"), story(2, "?"), story(3, "?")),
            a_digest(story(1), story(2)),
            a_digest(story(1), story(2, "!"), story(3, "!")),
        ):
            await change(editor, said)
            await asyncio.sleep(0.7)
        await until(database, *["sent"] * len(people), within=60)

    for person in people:
        assert await stories(person) == ["Story 1", "Story 2!", "Story 3!"]
    assert set(await rows(database, "revision, parts_sent, given_up", kind="digest")) == {(4, 3, 0)}


async def test_changes_within_a_minute_are_one_edit(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    now = editor.clock.now()
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        for second in range(5):
            await stored(database, a_digest(story(1, "!" * second)), now=now + timedelta(seconds=second))
        assert not await owe_edits(database, EDITS, now=now + timedelta(seconds=59))
        assert await owe_edits(database, EDITS, now=now + timedelta(seconds=61))
        await put(database, "UPDATE deliveries SET try_at = 0")
        editor.bell.ring()
        await until(database, "sent")

    assert await stories(ada) == ["Story 1!!!!"]
    assert len(await telegram.calls("editMessageText")) == 1


async def test_a_group_and_its_topic_are_edited_too(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = await telegram.person("Ada")
    group = await telegram.group("Bees", creator=ada, kind="supergroup")
    await group.adds()
    await group.turns_on_topics()
    topic = await group.topic("News")
    await subscribed(database, a_subscriber(group.id, topic_id=topic.id, type_="supergroup", everything=True))
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "sent")

    told = [message.text for message in await group.received() if not message.is_service]
    assert ["Story 1, mended" in text for text in told] == [True]


async def test_a_channel_is_edited_too(editor: Courier, telegram: Telegram, database: Database) -> None:
    channel = await telegram.channel("Bees", creator=await telegram.person("Ada"))
    await channel.promotes()
    await subscribed(database, a_subscriber(channel.id, type_="channel", everything=True))
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "sent")

    told = [message.text for message in await channel.received() if not message.is_service]
    assert ["Story 1, mended" in text for text in told] == [True]


async def test_a_group_that_moved_is_not_edited_for_its_messages_have_other_ids(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    group = await telegram.group("Bees", creator=await telegram.person("Ada"))
    await group.adds()
    await subscribed(database, a_subscriber(group.id, type_="group", everything=True))
    async with delivering(editor):
        await send(editor, a_digest(story(1)))
        before = await group.becomes_supergroup()
        async with database.transaction() as tx:
            await move_chat(tx, before, to=group.id, now=editor.clock.now())
        await change(editor, a_digest(story(1, ", mended")))
        await until(database, "skipped")

    assert await rows(database, "reason") == [("no message of the digest is known",)]
    assert await telegram.calls("editMessageText") == []


async def test_the_button_for_the_rest_brings_the_rest_of_what_is_shown(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    short = replace(editor, views=Views(database, most_parts=1))
    async with delivering(short):
        id_ = await send(short, TWO)
        await change(short, a_digest(story(1), story(2, ", mended")))
        await until(database, "sent")

    (call,) = await telegram.calls("editMessageText")
    data = call.parameters["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    tap = read(data)
    assert isinstance(tap, ShowRest)
    assert (tap.digest_id, tap.revision) == (id_, 2)
    assert [message.buttons for message in await ada.received()] == [(("… and 1 more",), ("🔖 Save", "Why?"))]


async def test_a_withdrawn_digest_is_marked_so_and_can_still_be_read(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        id_ = await send(editor, TWO)
        before = [message.text for message in await ada.received()]
        await vanish(editor, id_)
        await owe_changes(editor, MARKED)
        await until(database, "sent")

    assert [message.text for message in await ada.received()] == [f"Withdrawn by its publisher\n{before[0]}", before[1]]
    assert len(await telegram.calls("editMessageText")) == 1


async def test_a_digest_that_is_back_is_marked_no_more(editor: Courier, telegram: Telegram, database: Database) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        id_ = await send(editor, TWO)
        before = [message.text for message in await ada.received()]
        await vanish(editor, id_)
        await owe_changes(editor, MARKED)
        await until(database, "sent")
        await change(editor, TWO)
        await until(database, "sent")

    assert [message.text for message in await ada.received()] == before
    assert len(await telegram.calls("editMessageText")) == 2


async def test_a_digest_that_is_gone_stays_as_it_is_without_the_setting(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    await readers(telegram, database, "Ada")
    async with delivering(editor):
        id_ = await send(editor, a_digest(story(1)))
        await vanish(editor, id_)
        await owe_changes(editor, EDITS)

    assert await rows(database) == []
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM fan_outs") == 0


async def test_a_file_that_is_only_gone_for_a_moment_was_never_withdrawn(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    await readers(telegram, database, "Ada")
    async with delivering(editor):
        id_ = await send(editor, a_digest(story(1)))
        await vanish(editor, id_)
        await stored(database, a_digest(story(1)))
        await owe_changes(editor, MARKED)

    assert await rows(database) == []
    async with database.snapshot() as tx:
        assert await tx.value("SELECT revision FROM digests") == 1


async def test_what_waits_of_a_withdrawn_digest_is_skipped_and_sent_when_it_is_back(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    id_ = await owe(editor, a_digest(story(1)))
    await put(database, f"UPDATE deliveries SET try_at = {FAR} WHERE subscriber_id = 2")  # noqa: S608
    async with delivering(editor):
        await until(database, "sent", "waiting", kind="digest")
        await vanish(editor, id_)
        await owe_changes(editor, MARKED)
        await put(database, "UPDATE deliveries SET try_at = 0 WHERE subscriber_id = 2")
        await until(database, "sent", "skipped", kind="digest")
        told = await bob.received()
        await change(editor, a_digest(story(1)))
        await until(database, "sent", "sent", kind="digest")
        await until(database, "sent")

    assert told == []
    assert await stories(ada) == await stories(bob) == ["Story 1"]
    assert all("Withdrawn" not in message.text for message in [*await ada.received(), *await bob.received()])


async def test_preferences_that_change_between_two_parts_lose_and_repeat_nothing(
    editor: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(editor):
        await owe(editor, a_digest(story(1), story(2), story(3)))
        for part, preference in enumerate(("layout = 'headlines'", "language = 'zh-Hans'"), 1):
            async with asyncio.timeout(10):
                while len(await ada.received()) < part:
                    await asyncio.sleep(0.01)
            await put(database, f"UPDATE subscribers SET {preference}")  # noqa: S608
        await until(database, "sent", kind="digest")

    assert await stories(ada) == ["Story 1", "Story 2", "Story 3"]
    assert all("word word" in message.text for message in await ada.received())
