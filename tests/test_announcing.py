"""The operator who announces sees in one message how far it is, and at the end what became of it."""

import asyncio
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.announcing import Announcing
from bot.delivery.courier import Courier
from bot.delivery.owe_announcements import owe_announcements
from bot.messages.announced import is_over, report
from bot.notices import Notices
from bot.sandbox.client import Person, Telegram
from storage import announcements, deliveries
from storage.database import Database
from storage.model import EVERYONE, Announcement, Content, Counts, SubscriberState
from storage.notices import count_notices
from tests.builders import MONDAY, a_subscriber, set_state, subscribed
from tests.delivery.conftest import address, courier, database, telegram

__all__ = ["address", "courier", "database", "telegram"]

HELLO = Announcement(1, 7, "done", Content("Hello all\nand more"), EVERYONE, MONDAY, None, 5)


@pytest.fixture
async def ada(telegram: Telegram) -> Person:
    [ada] = await telegram.crowd(1, name="Ada")
    return ada


def announcing(courier: Courier, *operators: int) -> Announcing:
    return Announcing(operators, courier.database, courier.bot_api, courier.pace, courier.clock, rate=28)


async def begun(courier: Courier, ada: Person, *, readers: int) -> int:
    """Let Ada have an announcement under way, and a message that is to show how far it is."""
    await subscribed(courier.database, *(a_subscriber(900_000 + n) for n in range(readers)))
    message = await ada.telegram.ask("POST", "/bot4242:sandbox-token/sendMessage", {"chat_id": ada.id, "text": "Begun"})
    async with courier.database.transaction() as tx:
        id_ = await announcements.open_draft(tx, ada.id, now=MONDAY)
        await announcements.fill_draft(tx, id_, Content("Hello"))
        await announcements.start(tx, id_, now=MONDAY, report_message_id=message["result"]["message_id"])
    while await owe_announcements(courier.database, now=MONDAY):
        pass
    return id_


async def ends(database: Database, number: int, state: str = "sent", reason: str | None = None) -> None:
    async with database.transaction() as tx:
        rows = await tx.rows("SELECT id FROM deliveries WHERE state = 'waiting' LIMIT :number", {"number": number})
        for row in rows:
            await deliveries.finish(tx, row["id"], state, now=MONDAY, reason=reason)


async def is_under_way(database: Database) -> bool:
    async with database.snapshot() as tx:
        return bool(await announcements.under_way(tx))


async def noticed(database: Database) -> int:
    async with database.snapshot() as tx:
        return await count_notices(tx)


async def says(ada: Person) -> list[str]:
    return [message.text for message in await ada.received()]


async def test_the_message_changes_in_place_until_it_says_how_it_went(courier: Courier, ada: Person) -> None:
    await begun(courier, ada, readers=4)
    teller = announcing(courier, ada.id)
    await ends(courier.database, 1)

    await teller.tell_once()
    under_way = await says(ada)
    await ends(courier.database, 2, "skipped", "Forbidden: bot was blocked by the user")
    await ends(courier.database, 1, "failed", "given up")
    await teller.tell_once()

    assert under_way == ["📣 “Hello”: 1 of 4 chats, about 1 second left\n1 sent\n3 to go"]
    assert await says(ada) == ["✅ “Hello” is done: 4 chats\n1 sent\n2 closed to me: blocked, muted or gone\n1 failed"]
    assert not await is_under_way(courier.database)


async def test_what_changed_nothing_is_not_said_again(courier: Courier, telegram: Telegram, ada: Person) -> None:
    await begun(courier, ada, readers=4)
    teller = announcing(courier, ada.id)

    await teller.tell_once()
    await teller.tell_once()

    assert len(await telegram.calls("editMessageText")) == 1


async def test_who_deleted_the_message_reads_how_it_went_in_another(
    courier: Courier, telegram: Telegram, ada: Person
) -> None:
    await begun(courier, ada, readers=1)
    [message] = await ada.received()
    await telegram.ask("POST", "/bot4242:sandbox-token/deleteMessage", {"chat_id": ada.id, "message_id": message.id})
    teller = announcing(courier, ada.id)

    await teller.tell_once()
    silent = await says(ada)
    await ends(courier.database, 1)
    await teller.tell_once()

    assert (silent, await says(ada)) == ([], ["✅ “Hello” is done: 1 chat\n1 sent"])
    assert not await is_under_way(courier.database)


async def test_while_telegram_is_away_it_is_not_over(courier: Courier, telegram: Telegram, ada: Person) -> None:
    await begun(courier, ada, readers=1)
    await ends(courier.database, 1)
    await telegram.refuse(ada.id, code=500, method="editMessageText", description="Internal Server Error", times=1)
    teller = announcing(courier, ada.id)

    await teller.tell_once()
    waits = await is_under_way(courier.database)
    await teller.tell_once()

    assert waits
    assert await says(ada) == ["✅ “Hello” is done: 1 chat\n1 sent"]
    assert not await is_under_way(courier.database)


async def test_where_there_is_no_operator_to_tell_the_log_has_it(courier: Courier, ada: Person) -> None:
    await begun(courier, ada, readers=2)
    await ends(courier.database, 2)

    with capture_logs() as logs:
        await announcing(courier).tell_once()

    assert await says(ada) == ["Begun"]
    [line] = logs
    assert (line["event"], line["owed"], line["sent"]) == ("announcement_ended", 2, 2)


async def test_how_that_ended_which_a_former_operator_began_is_told_to_those_who_are_there(
    courier: Courier, telegram: Telegram, ada: Person
) -> None:
    bob, mei = await telegram.crowd(1, name="Bob"), await telegram.crowd(1, name="小梅")
    operators = (bob[0].id, mei[0].id)
    await subscribed(courier.database, a_subscriber(operators[1], language="zh", state=SubscriberState.STOPPED))
    await begun(courier, ada, readers=3)
    await ends(courier.database, 2)
    teller = announcing(courier, *operators)
    notices = Notices(operators, courier.database, courier.bot_api, courier.pace, courier.clock)

    await teller.tell_once()
    under_way = await noticed(courier.database)
    await ends(courier.database, 1, "skipped", "Forbidden: bot was blocked by the user")
    await teller.tell_once()
    await teller.tell_once()
    over = await noticed(courier.database)
    telling = asyncio.create_task(notices.keep_telling())
    told, told_in_chinese = await bob[0].next_message(), await mei[0].next_message()
    telling.cancel()

    assert (under_way, over, await says(ada)) == (0, len(operators), ["Begun"])
    assert told.text == (
        "✅ “Hello” is done: 3 chats\n2 sent, 1 closed to me: blocked, muted or gone, 0 failed, 0 skipped\n"
        "Whoever announced it is no operator any more."
    )
    assert told_in_chinese.text == (
        "✅“Hello”已完成：共 3 个聊天\n已发送 2，已拉黑、禁言或不存在 1，失败 0，跳过 0\n发起这次公告的人已不是运营者。"
    )


async def test_cancelled_it_is_over_when_whoever_waited_is_skipped(courier: Courier, ada: Person) -> None:
    id_ = await begun(courier, ada, readers=3)
    await ends(courier.database, 1)
    teller = announcing(courier, ada.id)
    async with courier.database.transaction() as tx:
        await announcements.cancel(tx, id_)

    await teller.tell_once()
    assert await is_under_way(courier.database)
    while await owe_announcements(courier.database, now=MONDAY):
        pass
    await teller.tell_once()

    assert await says(ada) == ["⏹ “Hello” was cancelled: 3 chats\n1 sent\n2 skipped"]
    assert not await is_under_way(courier.database)


async def test_a_chat_that_closed_before_its_turn_counts_as_gone(courier: Courier, ada: Person) -> None:
    await begun(courier, ada, readers=1)
    async with courier.database.transaction() as tx:
        await set_state(tx, 900_000, SubscriberState.GONE)
    await ends(courier.database, 1, "skipped", "the subscriber is gone")

    await announcing(courier, ada.id).tell_once()

    assert await says(ada) == ["✅ “Hello” is done: 1 chat\n0 sent\n1 closed to me: blocked, muted or gone"]


def test_who_has_it_later_is_told_of_and_not_counted_into_the_time() -> None:
    counts = Counts(waiting=3_000, sent=1_204)

    said = report("en", HELLO, counts, later=200, rate=28)

    assert said.splitlines() == [
        "📣 “Hello all”: 1,204 of 4,204 chats, about 2 minutes left",
        "1,204 sent",
        "3,000 to go",
        "200 of them later: it is night there, or they snooze",
    ]


def test_paused_it_is_not_over_though_nobody_waits() -> None:
    assert is_over(HELLO, Counts(sent=1))
    assert not is_over(HELLO, Counts(sent=1, waiting=1))
    assert not is_over(replace(HELLO, state="paused"), Counts(sent=1))
    assert not is_over(replace(HELLO, state="fanning out"), Counts())
