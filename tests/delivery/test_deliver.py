"""The worker that empties the outbox, against a Telegram that misbehaves."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.courier import Courier
from bot.delivery.deliver import deliver, in_flight_at
from bot.delivery.fan_out import fan_out
from bot.delivery.views import Views
from bot.endings import TokenRefused
from bot.messages.view import render
from bot.sandbox.client import Person, Telegram
from storage.database import Database
from storage.fan_outs import begin_fan_out
from storage.model import Digest, FormattedText, SubscriberState
from storage.subscribers import drop_all
from tests.builders import a_digest, a_subscriber, an_item, set_state, stored, subscribed

LONG = [an_item(f"Story {number}", "word " * 150) for number in range(14)]


@asynccontextmanager
async def delivering(courier: Courier) -> AsyncIterator[asyncio.Event]:
    """Deliver in the background; at the end stop politely."""
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(deliver(courier, stopping))
        yield stopping
        stopping.set()
        courier.bell.ring()


async def owe(courier: Courier, *digests: Digest) -> None:
    now = courier.clock.now()
    for digest in digests:
        kept = await stored(courier.database, digest)
        async with courier.database.transaction() as tx:
            await begin_fan_out(tx, kept.id, due_at=now)
    while await fan_out(courier.database, now=now):
        pass
    courier.bell.ring()


async def rows(database: Database, columns: str = "state, reason") -> list[tuple[Any, ...]]:
    async with database.snapshot() as tx:
        return [tuple(row) for row in await tx.rows(f"SELECT {columns} FROM deliveries ORDER BY id")]  # noqa: S608


async def until(database: Database, *expected: str, within: float = 5) -> None:
    """Wait until the deliveries are in these states, in order of their ids."""
    async with asyncio.timeout(within):
        while [row[0] for row in await rows(database)] != list(expected):
            await asyncio.sleep(0.01)


async def readers(telegram: Telegram, database: Database, *names: str) -> list[Person]:
    people = []
    for name in names:
        person = await telegram.person(name)
        await person.says("/start")
        people.append(person)
    await subscribed(database, *(a_subscriber(person.id, everything=True) for person in people))
    return people


async def test_a_digest_arrives_and_is_known_as_sent(courier: Courier, telegram: Telegram, database: Database) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    async with delivering(courier):
        await owe(courier, a_digest(title="News"))
        await until(database, "sent", "sent")

    for person in (ada, bob):
        received = await person.received()
        assert len(received) == 1
        assert "News" in received[0].text
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM messages") == 2
        assert await tx.value("SELECT count(*) FROM heartbeats WHERE worker = 'deliver'") == 1


async def test_the_parts_of_two_digests_never_mix(courier: Courier, telegram: Telegram, database: Database) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    async with delivering(courier):
        await owe(courier, a_digest(*LONG, path="1.md", title="First"), a_digest(*LONG, path="2.md", title="Second"))
        await until(database, "sent", "sent", within=15)

    titles = ["First" if "First" in message.text else "Second" for message in await ada.received()]
    parts = await rows(database, "parts_sent")
    assert titles == ["First"] * parts[0][0] + ["Second"] * parts[1][0]
    assert parts[0][0] > 1


async def test_between_two_digests_there_is_a_pause(courier: Courier, telegram: Telegram, database: Database) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    async with delivering(courier):
        await owe(courier, a_digest(path="1.md", title="First"), a_digest(path="2.md", title="Second"))
        await until(database, "sent", "sent", "waiting", "waiting")
        assert courier.pace.rest_of(ada.id) > timedelta(seconds=1)
        await until(database, "sent", "sent", "sent", "sent", within=15)

    for person in (ada, bob):
        assert [message.text.split("\n")[0] for message in await person.received()] == ["First", "Second"]


async def test_what_a_long_digest_leaves_out_is_a_button_in_a_persons_chat_and_words_in_a_group(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    group = await telegram.group("Bees", creator=ada)
    await group.adds()
    await subscribed(database, a_subscriber(group.id, type_="group", everything=True))
    short = replace(courier, views=Views(database, most_parts=2))
    async with delivering(short):
        await owe(short, a_digest(*LONG))
        await until(database, "sent", "sent", within=15)

    alone, among_many = await ada.received(), await group.received()
    assert [message.buttons for message in alone] == [(), (("… and 4 more",), ("🔖 Save", "Why?"))]
    assert [message.buttons for message in among_many if not message.is_service] == [(), ()]
    assert among_many[-1].text == f"{alone[-1].text}\n\n… and 4 more"


async def test_a_flood_postpones_that_chat_alone(courier: Courier, telegram: Telegram, database: Database) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    await telegram.refuse(ada.id, code=429, retry_after=3600)
    async with delivering(courier):
        await owe(courier, a_digest())
        await until(database, "waiting", "sent")
        await asyncio.sleep(0.2)

    wait, reason = (await rows(database, "try_at - 3600000 - (unixepoch() * 1000), reason"))[0]
    assert abs(wait) < 5000
    assert reason == "Telegram asks to wait for 3600 s"
    assert len(await telegram.calls("sendMessage", chat_id=ada.id)) == 1
    assert len(await bob.received()) == 1


async def test_who_blocked_the_bot_is_gone_and_asked_no_more(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await ada.blocks()
    async with delivering(courier):
        await owe(courier, a_digest(path="1.md"), a_digest(path="2.md"))
        await until(database, "skipped", "skipped")

    assert [reason for _, reason in await rows(database)] == [
        "Forbidden: bot was blocked by the user",
        "the subscriber is gone",
    ]
    assert len(await telegram.calls("sendMessage")) == 1


async def test_a_text_that_telegram_refuses_goes_out_plain(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.refuse(ada.id, code=400, description="Bad Request: ENTITIES_TOO_LONG", times=1)
    async with delivering(courier):
        await owe(courier, a_digest())
        await until(database, "sent")

    assert [list(message.entities) for message in await ada.received()] == [[]]


async def test_a_text_that_is_refused_even_plain_has_failed(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.refuse(ada.id, code=400, description="Bad Request: message is too long", times=2)
    async with delivering(courier):
        await owe(courier, a_digest())
        await until(database, "failed")

    assert (await rows(database, "reason"))[0][0].startswith("Telegram refuses the text")


async def test_an_answer_that_never_came_leaves_a_doubt(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.drop("sendMessage", accepted=True, times=1)
    async with delivering(courier):
        await owe(courier, a_digest())
        async with asyncio.timeout(5):
            while await rows(database, "state, doubts") != [("waiting", 1)]:
                await asyncio.sleep(0.01)

    assert len(await ada.received()) == 1
    assert abs((await rows(database, "try_at - unixepoch() * 1000 - 60000"))[0][0]) < 5000


async def test_an_answer_that_is_no_message_leaves_a_doubt(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    await readers(telegram, database, "Ada")
    await telegram.garble("sendMessage", "text", accepted=True, times=1)
    async with delivering(courier):
        await owe(courier, a_digest())
        async with asyncio.timeout(5):
            while await rows(database, "state, doubts") != [("waiting", 1)]:
                await asyncio.sleep(0.01)


async def test_a_chat_that_telegram_fails_for_holds_up_nobody_else(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada, *others = await readers(telegram, database, "Ada", *(f"Reader {number}" for number in range(10)))
    fault = await telegram.refuse(ada.id, code=500, description="Internal Server Error")
    async with delivering(courier):
        await owe(courier, a_digest())
        # It has failed often before.
        async with database.transaction() as tx:
            await tx.run("UPDATE deliveries SET attempts = 9 WHERE id = 1")
        await until(database, "waiting", *["sent"] * len(others), within=6)
        await telegram.lift(fault)


async def test_an_unsubscription_between_two_parts_stops_the_rest(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.hold("sendMessage", times=1)
    async with delivering(courier):
        await owe(courier, a_digest(*LONG))
        await telegram.held("sendMessage")
        async with database.transaction() as tx:
            await drop_all(tx, 1)
        await telegram.release("sendMessage")
        await until(database, "skipped")

    assert await rows(database, "reason, parts_sent") == [("unsubscribed since", 1)]
    assert len(await ada.received()) == 1


async def test_a_digest_that_changes_between_two_parts_goes_on_as_it_was_begun(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    begun = replace(a_digest(*LONG, title="Before", categories=["Bees"]), intro=FormattedText("Good morning. " * 200))
    await telegram.hold("sendMessage", times=1)
    async with delivering(courier) as stopping:
        await owe(courier, begun)
        await telegram.held("sendMessage")
        stopping.set()
        await telegram.release("sendMessage")
    changed = a_digest(*LONG, a_story := an_item("After"), path=begun.path, title="After " * 100, categories=["Wasps"])
    await stored(database, changed)
    await stored(database, replace(changed, permalink="https://example.org/monday"))
    # What was begun by another process is laid out anew.
    async with delivering(replace(courier, views=Views(database))):
        await until(database, "sent", within=15)

    parts = [message.text for message in await ada.received()]
    whole = [part.text for part in render(begun, layout="full", language="en")]
    assert parts == whole
    assert a_story.headline.text not in "".join(parts)


async def test_parts_that_there_are_no_more_of_count_as_sent(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await owe(courier, a_digest())
    async with database.transaction() as tx:
        await tx.run("UPDATE deliveries SET parts_sent = 3, revision = 1, layout = 'full', language = 'en'")
    async with delivering(courier):
        await until(database, "sent")

    assert await ada.received() == []


async def test_what_was_in_doubt_too_often_is_not_asked_again(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    await owe(courier, a_digest())
    await owe(courier, a_digest(*LONG, path="long.md"))
    async with database.transaction() as tx:
        await tx.run("UPDATE deliveries SET doubts = 6 WHERE digest_id = 1 OR subscriber_id = 2")
        await tx.run("UPDATE deliveries SET try_at = try_at + 500 WHERE digest_id = 2")
    async with delivering(courier):
        await until(database, "failed", "failed", "sent", "sent", within=20)

    assert (await rows(database))[0] == (
        "failed",
        "in doubt too often: 1 of 1 parts may have arrived, and are not sent again",
    )
    # One part of several is left out, and the others come.
    assert len(await bob.received()) == len(await ada.received()) - 1 > 0


async def test_a_paused_subscriber_is_skipped_without_a_call(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await owe(courier, a_digest())
    async with database.transaction() as tx:
        await set_state(tx, ada.id, SubscriberState.PAUSED)
    async with delivering(courier):
        await until(database, "skipped")

    assert await telegram.calls("sendMessage") == []


async def test_a_retry_past_the_limit_is_given_up(courier: Courier, telegram: Telegram, database: Database) -> None:
    await readers(telegram, database, "Ada")
    await telegram.refuse(code=500, description="Internal Server Error")
    await owe(courier, a_digest())
    async with delivering(replace(courier, lateness=timedelta(seconds=2))):
        await until(database, "failed", within=8)

    assert (await rows(database, "reason"))[0][0].startswith("given up after ")


async def test_a_refused_token_ends_the_worker(courier: Courier, telegram: Telegram, database: Database) -> None:
    await readers(telegram, database, "Ada")
    await telegram.refuse(code=401, description="Unauthorized")
    await owe(courier, a_digest())

    async with asyncio.timeout(5):
        with pytest.raises(TokenRefused):
            await deliver(courier, asyncio.Event())

    # It surely did not arrive.
    assert await rows(database, "state, doubts") == [("waiting", 0)]


def test_as_many_calls_are_under_way_as_the_rate_needs() -> None:
    assert [in_flight_at(rate) for rate in (0.5, 28, 256, 1000)] == [64, 64, 64, 250]


async def test_a_call_that_hangs_wastes_no_work_and_delays_the_end_by_seconds_only(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    await readers(telegram, database, "Ada", "Bob")
    await telegram.hold("sendMessage", times=1)
    async with delivering(courier) as stopping:
        await owe(courier, a_digest(path="1.md"), a_digest(path="2.md"))
        await telegram.held("sendMessage")
        await until(database, "sending", "sent", "waiting", "sent")
        worked = time.process_time()
        await asyncio.sleep(1)
        assert time.process_time() - worked < 0.3
        stopping.set()
        courier.bell.ring()
        began = time.monotonic()

    assert 7 < time.monotonic() - began < 9.5
    # What hung is in doubt, and that is written down before the end.
    ends = await rows(database, "state, doubts, unsure")
    assert ends == [("waiting", 1, 1), ("sent", 0, 0), ("waiting", 0, 0), ("sent", 0, 0)]
