"""One item, opened."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.chat.open import OpenDigest, OpenItem
from bot.clock import SystemClock
from bot.messages.taps import write
from storage.model import FormattedText, Item
from tests.chat.conftest import Archive, Talk, a_digest, labels

BEES = Item(FormattedText("Bees dance"), "https://example.org/bees", FormattedText("They wag. " * 40), section="Nature")


async def press(telegram_bot: ExtBot[None], talk: Talk, data: str) -> str:
    """Let a person press a button with *data* under an old message; the toast."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("old", callback_data=data)]])
    message = await telegram_bot.send_message(talk.person.id, "From long ago", reply_markup=keyboard)
    await talk.person.next_message()
    return (await talk.person.presses("old", message_id=message.message_id)).text


async def item_id(archive: Archive, headline: str) -> int:
    async with archive.database.snapshot() as tx:
        return int(await tx.value("SELECT id FROM items WHERE headline = :headline", {"headline": headline}))


async def test_an_item_is_shown_whole_with_where_and_when_it_stood(
    telegram_bot: ExtBot[None], ada: Talk, mei: Talk, archive: Archive
) -> None:
    await archive.add(a_digest(items=(BEES,)))
    await ada.says("/start")
    await mei.says("/start")
    tap = write(OpenItem(await item_id(archive, "Bees dance")))

    await press(telegram_bot, ada, tap)
    shown = await ada.person.next_message()
    assert shown.text == f"Bees dance\n\n{BEES.summary.text.strip()}\n\nMorning · Nature · Jul 21, 2025"
    link, bold = shown.entities
    assert (link["url"], link["length"]) == ("https://example.org/bees", len("Bees dance"))
    assert bold["type"] == "bold"
    assert labels(shown) == ["🔖 Save", "The whole digest"]

    await press(telegram_bot, mei, tap)
    shown = await mei.person.next_message()
    assert shown.text.endswith("\n\nMorning · Nature · 2025年7月21日")
    assert labels(shown) == ["🔖 收藏", "查看整期"]


async def test_its_digest_is_one_tap_away(telegram_bot: ExtBot[None], ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=(BEES,)))
    await ada.says("/start")
    await press(telegram_bot, ada, write(OpenItem(await item_id(archive, "Bees dance"))))
    await ada.person.next_message()

    shown = await ada.is_sent("The whole digest")

    assert shown.text.startswith("Morning\nJuly 21, 2025")


async def test_what_was_saved_can_be_let_go_of_where_it_is_opened_again(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    await archive.add(a_digest(items=(BEES,)))
    await ada.says("/start")
    tap = write(OpenItem(await item_id(archive, "Bees dance")))
    await press(telegram_bot, ada, tap)
    await ada.person.next_message()

    await ada.person.presses("🔖 Save")

    await press(telegram_bot, ada, tap)
    assert labels(await ada.person.next_message()) == ["🔖 Remove", "The whole digest"]


async def test_an_item_that_no_message_holds_comes_in_several_the_buttons_under_the_last(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    story = Item(FormattedText("Long"), None, FormattedText("Some words. " * 2_500))
    await archive.add(a_digest(items=(story,)))
    await ada.says("/start")

    await press(telegram_bot, ada, write(OpenItem(await item_id(archive, "Long"))))
    shown = [await ada.person.next_message() for _ in range(5)]

    assert [bool(labels(message)) for message in shown] == [False] * 4 + [True]
    assert shown[-1].text.endswith("… cut off here\n\nMorning · Jul 21, 2025")


@pytest.mark.parametrize("tap", [OpenItem(0), OpenItem(10**18 - 1), OpenDigest(0), OpenDigest(10**18 - 1)])
async def test_what_there_is_not_is_said_so(
    telegram_bot: ExtBot[None], ada: Talk, mei: Talk, tap: OpenItem | OpenDigest
) -> None:
    await ada.says("/start")
    await mei.says("/start")

    assert await press(telegram_bot, ada, write(tap)) == "This digest is no longer here. /latest has the newest."
    assert await press(telegram_bot, mei, write(tap)) == "这一期已经不在了，请用 /latest 看最新一期"


async def test_an_item_of_the_future_cannot_be_opened_by_its_number(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    hours = round((SystemClock().now().timestamp() - 1_753_000_000) / 3600) + 48
    await archive.add(a_digest(items=(BEES,), hour=hours))
    await ada.says("/start")

    toast = await press(telegram_bot, ada, write(OpenItem(await item_id(archive, "Bees dance"))))

    assert toast.startswith("This digest is no longer here")
