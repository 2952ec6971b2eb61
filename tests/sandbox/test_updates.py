"""getUpdates: what is handed out, until when, and to whom."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import pytest
import telegram
from telegram.error import Conflict

from bot.sandbox.client import Person, Telegram
from tests.sandbox.conftest import Api


def ids(answer: tuple[int, dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in answer[1]["result"]]


async def test_an_update_is_handed_out_until_a_higher_offset_confirms_it(api: Api, ada: Person) -> None:
    await ada.says("one")
    await ada.says("two")

    assert ids(await api("getUpdates", limit=2)) == [1, 2]
    assert ids(await api("getUpdates", offset=2)) == [2, 3]
    assert ids(await api("getUpdates", offset=4)) == []


async def test_a_negative_offset_keeps_only_the_newest(api: Api, ada: Person) -> None:
    await ada.says("one")
    await ada.says("two")

    assert ids(await api("getUpdates", offset=-1)) == [3]
    assert ids(await api("getUpdates")) == [3]


async def test_an_offset_of_another_queue_confirms_nothing(api: Api, ada: Person) -> None:
    assert ids(await api("getUpdates", offset=1000)) == [1]
    assert ada.id


async def test_a_poll_waits_for_what_happens(api: Api, ada: Person) -> None:
    await api("getUpdates", offset=2)

    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api("getUpdates", offset=2, timeout=30))
        await asyncio.sleep(0.05)
        await ada.says("now")

    assert ids(poll.result()) == [2]


async def test_only_wanted_kinds_become_updates(api: Api, sandbox: Telegram, ada: Person) -> None:
    await api("getUpdates", offset=2, allowed_updates=["my_chat_member"])

    await ada.says("unheard")
    await ada.blocks()

    assert [set(update) for update in await sandbox.updates()] == [{"update_id", "my_chat_member"}]


async def test_the_older_of_two_polls_is_told_of_the_newer(
    telegram_bot: telegram.Bot, api: Api, sandbox: Telegram, ada: Person
) -> None:
    async def older() -> None:
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
            await telegram_bot.get_updates(offset=2, timeout=30)

    async with asyncio.TaskGroup() as group:
        group.create_task(older())
        await sandbox.called("getUpdates")
        newer = group.create_task(api("getUpdates", offset=2, timeout=30))
        await sandbox.called("getUpdates", outcome="refused")
        await ada.says("for the newer")

    assert ids(newer.result()) == [2]


async def test_a_second_conflict_at_once_is_told_three_seconds_late(api: Api, sandbox: Telegram, ada: Person) -> None:
    async with asyncio.TaskGroup() as group:
        polls = []
        for count in (1, 2, 3):
            polls.append(group.create_task(api("getUpdates", offset=2, timeout=30)))
            await sandbox.called("getUpdates", count=count)
        began = time.monotonic()
        await ada.says("hello")

    statuses = [poll.result()[0] for poll in polls]
    assert statuses == [409, 409, 200]
    assert time.monotonic() - began > 2.9


async def test_a_bot_in_a_hot_loop_is_slowed_down(api: Api, ada: Person) -> None:
    await ada.says("one")

    assert ids(await api("getUpdates", offset=1)) == [1, 2]
    assert ids(await api("getUpdates", offset=1)) == [1]


async def test_polling_and_a_webhook_exclude_each_other(api: Api) -> None:
    await api("setWebhook", url="https://example.com/hook")

    status, answer = await api("getUpdates")
    _, info = await api("getWebhookInfo")
    await api("deleteWebhook")
    after, _ = await api("getUpdates")

    assert (status, answer["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert info["result"]["url"] == "https://example.com/hook"
    assert after == 200


async def test_a_webhook_ends_the_waiting_poll(api: Api, sandbox: Telegram) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api("getUpdates", timeout=30))
        await sandbox.called("getUpdates")
        await api("setWebhook", url="https://example.com/hook")

    assert poll.result()[1]["description"] == "Conflict: terminated by setWebhook request"


async def test_pending_updates_can_be_dropped(telegram_bot: telegram.Bot, sandbox: Telegram, ada: Person) -> None:
    await ada.says("forget it")

    await telegram_bot.delete_webhook(drop_pending_updates=True)

    assert await sandbox.updates() == []


async def test_messages_wait_a_day_and_taps_two_and_a_half_minutes(
    telegram_bot: telegram.Bot, api: Api, sandbox: Telegram, ada: Person
) -> None:
    keyboard = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("On", callback_data="on"))
    await telegram_bot.send_message(ada.id, "Switch", reply_markup=keyboard)
    await ada.tap("On")

    await sandbox.pass_time(timedelta(seconds=151))
    soon = ids(await api("getUpdates", offset=1))
    await sandbox.pass_time(timedelta(days=1))
    later = await sandbox.state()

    assert soon == [1]
    assert later["event"]
    assert ids(await api("getUpdates", offset=2)) == []


async def test_more_calls_than_are_listed_unasked_can_be_waited_for(api: Api, sandbox: Telegram) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(sandbox.called("getMe", count=1001))
        for _ in range(1001):
            await api("getMe")

    assert len(waiting.result()) == 1001
