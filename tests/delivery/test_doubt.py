"""What becomes of a part of which nobody can know whether it arrived, as the operator decided."""

import asyncio
from dataclasses import replace

import pytest

from bot.delivery.courier import Courier
from bot.sandbox.client import Telegram
from storage.database import Database
from tests.builders import a_digest
from tests.delivery.test_deliver import LONG, delivering, owe, readers, rows, until


async def test_a_part_in_doubt_is_given_up_and_the_others_go_on(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.drop("sendMessage", times=1, accepted=False)
    async with delivering(replace(courier, resend=False)):
        await owe(courier, a_digest(*LONG))
        await until(database, "sent", within=15)

    ((state, reason, parts, given_up, unsure),) = await rows(database, "state, reason, parts_sent, given_up, unsure")
    assert (state, given_up, unsure) == ("sent", 1, 1)
    assert reason == f"1 of {parts} parts may have arrived, and are not sent again"
    assert [f"{number}/{parts}" in message.text for number, message in enumerate(await ada.received(), 2)] == [True] * (
        parts - 1
    )


async def test_killed_when_only_the_end_was_to_be_noted_gives_up_no_part_more(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    await readers(telegram, database, "Ada")
    await owe(courier, a_digest())
    async with database.transaction() as tx:
        # The one part was in flight at a kill, and the next kill came when the delivery was claimed to be ended.
        await tx.run(
            """
            UPDATE deliveries SET parts_sent = 2, given_up = 2, unsure = 2,
                   edition_id = 1, revision = 1, layout = 'full', language = 'en'
            """
        )
    async with delivering(replace(courier, resend=False)):
        await until(database, "skipped")

    ((reason, parts, given_up),) = await rows(database, "reason, parts_sent, given_up")
    assert (reason, parts, given_up) == ("1 of 1 parts may have arrived, and are not sent again", 1, 1)


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_digest_of_one_part_in_doubt_is_skipped_and_says_why(
    courier: Courier, telegram: Telegram, database: Database, *, accepted: bool
) -> None:
    ada = (await readers(telegram, database, "Ada"))[0]
    await telegram.drop("sendMessage", times=1, accepted=accepted)
    async with delivering(replace(courier, resend=False)):
        await owe(courier, a_digest())
        await until(database, "skipped")

    assert await rows(database) == [("skipped", "1 of 1 parts may have arrived, and are not sent again")]
    assert len(await ada.received()) == accepted


@pytest.mark.long
async def test_a_stop_in_doubt_gives_up_what_was_in_flight_and_no_more(
    courier: Courier, telegram: Telegram, database: Database
) -> None:
    ada, bob = await readers(telegram, database, "Ada", "Bob")
    await telegram.hold("sendMessage", chat_id=ada.id, accepted=False)
    skipping = replace(courier, resend=False)
    async with delivering(skipping):
        await owe(courier, a_digest(*LONG))
        await telegram.held("sendMessage")
        async with asyncio.timeout(15):
            while [row[0] for row in await rows(database)] != ["sending", "sent"]:
                await asyncio.sleep(0.01)
    await telegram.release()
    (stopped, whole) = await rows(database, "state, parts_sent, given_up")
    assert stopped == ("waiting", 1, 1)
    assert (whole[0], whole[2]) == ("sent", 0)

    async with delivering(skipping):
        await until(database, "sent", "sent", within=15)

    assert len(await ada.received()) == len(await bob.received()) - 1
