"""Who waits for whom."""

import asyncio
from datetime import timedelta

import structlog
from telegram import Chat, InlineQuery, Message, Update, User

from bot.lanes import Lanes, lane_of

ADA, BOB = 7, 8


def an_update(update_id: int, chat_id: int) -> Update:
    message = Message(message_id=update_id, date=None, chat=Chat(chat_id, "private"))  # type: ignore[arg-type]
    return Update(update_id, message=message)


async def test_one_chat_is_served_in_order_and_does_not_keep_another_waiting() -> None:
    story: list[str] = []
    go_on = asyncio.Event()

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            await go_on.wait()
        story.append(f"did {update.update_id}")

    async with asyncio.TaskGroup() as tasks:
        lanes = Lanes(tasks, handle, lambda update: story.append(f"told {update.update_id}"))
        for update in (an_update(1, ADA), an_update(2, ADA), an_update(3, BOB)):
            lanes.add(update)
        await asyncio.sleep(0.02)
        go_on.set()

    assert story == ["did 3", "told 3", "did 1", "told 1", "did 2", "told 2"]


async def test_an_update_that_fails_counts_as_handled_and_is_told_of() -> None:
    handled: list[int] = []

    async def handle(update: Update) -> None:
        if update.update_id == 1:
            raise ValueError("no such thing")

    with structlog.testing.capture_logs() as told:
        async with asyncio.TaskGroup() as tasks:
            lanes = Lanes(tasks, handle, lambda update: handled.append(update.update_id))
            lanes.add(an_update(1, ADA))
            lanes.add(an_update(2, ADA))

    assert handled == [1, 2]
    assert told == [{"event": "failed to handle an update", "update": 1, "exc_info": True, "log_level": "error"}]


async def test_closing_begins_nothing_more_and_breaks_off_what_takes_too_long() -> None:
    story: list[str] = []

    async def handle(update: Update) -> None:
        story.append(f"began {update.update_id}")
        await asyncio.sleep(0.05 if update.update_id == 1 else 60)
        story.append(f"ended {update.update_id}")

    async with asyncio.TaskGroup() as tasks:
        lanes = Lanes(tasks, handle, lambda update: story.append(f"told {update.update_id}"))
        for update in (an_update(1, ADA), an_update(2, ADA), an_update(3, BOB)):
            lanes.add(update)
        await asyncio.sleep(0.01)
        await lanes.close(within=timedelta(seconds=0.2))

    assert story == ["began 1", "began 3", "ended 1", "told 1"]


def test_who_writes_where_there_is_no_chat_stands_in_the_lane_of_their_private_chat() -> None:
    ada = User(ADA, "Ada", is_bot=False)

    assert lane_of(Update(1, inline_query=InlineQuery("1", ada, "bees", ""))) == lane_of(an_update(2, ADA))


def test_what_belongs_to_nobody_has_a_lane_too() -> None:
    assert lane_of(Update(1)) == 0
