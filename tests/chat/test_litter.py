"""What the bot said in groups for a while only is removed, and nothing stops that for long."""

from datetime import timedelta

from structlog.testing import capture_logs
from telegram.ext import ExtBot

from bot.chat.litter import remove_litter
from bot.sandbox.client import Group, Telegram
from storage.database import Database
from storage.groups import throw_away
from tests.clocks import HandClock


async def said(telegram_bot: ExtBot[None], database: Database, bees: Group, clock: HandClock, *texts: str) -> list[int]:
    """Say *texts* in the group; they are to be removed a minute from now."""
    ids = [(await telegram_bot.send_message(bees.id, text)).message_id for text in texts]
    async with database.transaction() as tx:
        await throw_away(tx, bees.id, ids, at=clock.now() + timedelta(minutes=1))
    return ids


async def left(database: Database) -> list[int]:
    async with database.snapshot() as tx:
        return [row["message_id"] for row in await tx.rows("SELECT message_id FROM litter ORDER BY message_id")]


async def texts_of(bees: Group) -> list[str]:
    return [message.text for message in await bees.received()]


async def test_what_is_due_is_removed_and_nothing_before(
    telegram_bot: ExtBot[None], database: Database, bees: Group
) -> None:
    clock = HandClock()
    await said(telegram_bot, database, bees, clock, "one", "two")
    clock.let_pass(timedelta(seconds=30))
    [later] = await said(telegram_bot, database, bees, clock, "three")

    clock.let_pass(timedelta(seconds=29))
    assert not await remove_litter(database, telegram_bot, clock)
    assert {"one", "two", "three"} <= {*await texts_of(bees)}
    clock.let_pass(timedelta(seconds=1))
    assert not await remove_litter(database, telegram_bot, clock)

    assert "three" in await texts_of(bees)
    assert not {"one", "two"} & {*await texts_of(bees)}
    assert await left(database) == [later]
    # Nobody waits for it, so the calls are spread.
    assert clock.slept == [timedelta(milliseconds=100)] * 2


async def test_what_is_gone_already_is_let_go(telegram_bot: ExtBot[None], database: Database, bees: Group) -> None:
    clock = HandClock()
    [gone, _] = await said(telegram_bot, database, bees, clock, "one", "two")
    await telegram_bot.delete_message(bees.id, gone)
    clock.let_pass(timedelta(minutes=1))

    with capture_logs() as logs:
        await remove_litter(database, telegram_bot, clock)

    [told] = [line for line in logs if line["event"] == "not_removed"]
    assert (told["log_level"], told["message"]) == ("info", gone)
    assert await left(database) == []
    assert "two" not in await texts_of(bees)


async def test_in_a_group_that_threw_the_bot_out_nothing_is_tried_for_ever(
    telegram_bot: ExtBot[None], database: Database, bees: Group
) -> None:
    clock = HandClock()
    await said(telegram_bot, database, bees, clock, "one")
    await bees.kicks()
    clock.let_pass(timedelta(minutes=1))

    await remove_litter(database, telegram_bot, clock)

    assert await left(database) == []


async def test_a_flood_limit_puts_off_what_is_removed_from_that_group(
    telegram_bot: ExtBot[None], database: Database, bees: Group, telegram: Telegram
) -> None:
    clock = HandClock()
    both = await said(telegram_bot, database, bees, clock, "one", "two")
    await telegram.refuse(bees.id, code=429, method="deleteMessage", retry_after=300, times=1)
    clock.let_pass(timedelta(minutes=1))

    assert not await remove_litter(database, telegram_bot, clock)
    assert not await remove_litter(database, telegram_bot, clock)
    assert await left(database) == both
    clock.let_pass(timedelta(seconds=300))
    await remove_litter(database, telegram_bot, clock)

    assert await left(database) == []
    assert len(await telegram.calls("deleteMessage")) == 3


async def test_while_telegram_is_away_nothing_is_let_go(
    telegram_bot: ExtBot[None], database: Database, bees: Group, telegram: Telegram
) -> None:
    clock = HandClock()
    both = await said(telegram_bot, database, bees, clock, "one", "two")
    await telegram.garble("deleteMessage", "html")
    clock.let_pass(timedelta(minutes=1))

    await remove_litter(database, telegram_bot, clock)
    assert await left(database) == both
    await telegram.lift()
    clock.let_pass(timedelta(minutes=1))
    await remove_litter(database, telegram_bot, clock)

    assert await left(database) == []


async def test_what_is_too_old_for_telegram_is_left_where_it_is(
    telegram_bot: ExtBot[None], database: Database, bees: Group, telegram: Telegram
) -> None:
    clock = HandClock()
    await said(telegram_bot, database, bees, clock, "one")
    clock.let_pass(timedelta(days=3))
    [young] = await said(telegram_bot, database, bees, clock, "two")

    assert await remove_litter(database, telegram_bot, clock)

    assert await left(database) == [young]
    assert await telegram.calls("deleteMessage") == []
