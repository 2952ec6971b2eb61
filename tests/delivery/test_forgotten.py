"""Whoever is forgotten while something is on its way to them: it ends quietly, and nothing follows."""

from functools import partial

import pytest
from structlog.testing import capture_logs

from bot.delivery.courier import Courier
from bot.sandbox.client import Telegram
from storage.database import Database
from storage.privacy import forget
from tests.builders import a_digest, an_item
from tests.delivery.test_deliver import delivering, owe, readers, rows, until

LONG = [an_item(f"Story {number}", "word " * 150) for number in range(14)]


async def forgotten(database: Database, chat_id: int) -> None:
    await database.at_once(partial(forget, chat_id=chat_id), unchecked=True)


@pytest.mark.parametrize("fault", ["answered", "refused", "dropped"])
async def test_what_is_being_sent_ends_quietly_and_nothing_follows(
    courier: Courier, telegram: Telegram, database: Database, fault: str
) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    await telegram.hold("sendMessage", chat_id=bob.id, accepted=fault != "refused", times=1)

    with capture_logs() as logs:
        async with delivering(courier):
            await owe(courier, a_digest(*LONG))
            [held] = await telegram.held("sendMessage")
            await forgotten(database, bob.id)
            if fault == "refused":
                await telegram.refuse(code=403, method="sendMessage", chat_id=bob.id)
            if fault == "dropped":
                await telegram.drop("sendMessage", accepted=True, chat_id=bob.id)
            await telegram.release("sendMessage", number=held.number, keep=True)
            await until(database, "sent")

    assert len(await bob.received()) <= 1
    assert len(await ada.received()) > 1
    assert [line for line in logs if line["log_level"] == "error"] == []
    async with database.snapshot() as tx:
        assert await tx.value("SELECT count(*) FROM messages JOIN deliveries ON deliveries.id = delivery_id") > 1
        assert await tx.rows("PRAGMA foreign_key_check") == []
        assert await tx.value("SELECT count(*) FROM deliveries") == 1


@pytest.mark.parametrize("answer", ["sent", "gone"])
async def test_what_becomes_of_it_is_written_onto_no_row_that_has_its_number_now(
    courier: Courier, telegram: Telegram, database: Database, answer: str
) -> None:
    [bob] = await readers(telegram, database, "Bob")
    await telegram.hold("sendMessage", accepted=answer == "sent")
    async with delivering(courier):
        await owe(courier, a_digest(path="1.md"))
        [to_bob] = await telegram.held("sendMessage")
        await forgotten(database, bob.id)
        [carol] = await readers(telegram, database, "Carol")
        await owe(courier, a_digest(path="2.md", title="Second"))
        [_, to_carol] = await telegram.held("sendMessage", count=2)

        if answer == "gone":
            await telegram.refuse(code=403, method="sendMessage", chat_id=bob.id)
        await telegram.release("sendMessage", number=to_bob.number, keep=True)
        await telegram.release("sendMessage", number=to_carol.number)

    [message] = await carol.received()
    assert await rows(database, "state, parts_sent") == [("sent", 1)]
    async with database.snapshot() as tx:
        assert [row["message_id"] for row in await tx.rows("SELECT * FROM messages")] == [message.id]


async def test_who_was_forgotten_gets_nothing_that_comes_later(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    _, bob = await readers(telegram, database, "Ada", "Bob")
    async with delivering(courier):
        await owe(courier, a_digest(path="1.md"))
        await until(database, "sent", "sent")
        await forgotten(database, bob.id)
        await owe(courier, a_digest(path="1.md"), a_digest(path="2.md", title="Second"))
        await until(database, "sent", "sent")

    assert len(await bob.received()) == 1
    assert await rows(database, "subscriber_id") == [(1,), (1,)]
