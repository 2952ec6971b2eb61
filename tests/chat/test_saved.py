"""What a person saves, finds again, lets go of and takes along."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.chat.saved import MOST
from bot.messages.taps import Save, Tap, write
from bot.sandbox.client import Telegram
from bot.sandbox.seen import Answer
from storage.database import Database
from storage.digests import mark_vanished, store_digest
from storage.model import SubscriberState
from storage.sources import ensure_source
from tests.chat.conftest import MONDAY, Archive, Talk, a_digest, an_item, labels

Press = Callable[[Talk, Tap], Awaitable[Answer]]


@pytest.fixture
def press(telegram_bot: ExtBot[None]) -> Press:
    """Let a person press a button that asks for a tap."""

    async def pressed(talk: Talk, tap: Tap) -> Answer:
        if not await talk.person.messages():
            await talk.says("/start")
        buttons = InlineKeyboardMarkup([[InlineKeyboardButton("old", callback_data=write(tap))]])
        message = await telegram_bot.send_message(talk.person.id, "With a button", reply_markup=buttons)
        return await talk.person.presses("old", message_id=message.message_id)

    return pressed


async def item_ids(database: Database) -> list[int]:
    async with database.snapshot() as tx:
        return [row["id"] for row in await tx.rows("SELECT id FROM items ORDER BY digest_id, id")]


async def file_of(telegram: Telegram, talk: Talk) -> tuple[str, str]:
    """The name and the text of the file that came last."""
    [*_, message] = [each for each in await talk.person.received() if "document" in each.raw]
    async with telegram.session.get(f"/sandbox/chats/{talk.person.id}/messages/{message.id}/document") as answer:
        return message.raw["document"]["file_name"], (await answer.read()).decode()


async def test_what_is_saved_with_a_tap_is_found_again(press: Press, ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest("Morning", items=(an_item("Bees at work"), an_item("Wasps at rest"))))
    bees, _ = await item_ids(archive.database)

    assert (await press(ada, Save(1, bees, on=True))).text == "Saved · /saved"
    assert (await press(ada, Save(1, 0, on=True))).text == "Saved · /saved"
    assert (await press(mei, Save(1, bees, on=True))).text == "已收藏 · /saved"

    await ada.person.says("/saved")
    answer = await ada.person.sees("2 saved, the newest first")
    assert answer.text.splitlines()[2] == "1. Morning"
    assert answer.text.splitlines()[5:] == ["2. Bees at work", "Morning · Jul 21, 2025"]
    assert labels(answer) == ["1", "2", "Remove…", "As a file"]
    await mei.person.says("/saved")
    assert labels(await mei.person.sees("共收藏 1 条，最新的在前")) == ["1", "删除…", "导出文件"]


async def test_the_button_says_how_it_stands(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest())
    await ada.says("/latest")

    for pressed, then in (("🔖 Save", "🔖 Remove"), ("🔖 Remove", "🔖 Save")):
        last = (await ada.person.telegram.calls())[-1].number
        await ada.person.presses(pressed)
        await ada.person.telegram.called("editMessageReplyMarkup", after=last, outcome="answered")
        assert labels((await ada.person.received())[-1]) == [then, "Why?"]


async def test_saving_twice_is_as_saving_once(press: Press, ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest())

    for _ in range(2):
        assert (await press(ada, Save(1, 0, on=True))).text == "Saved · /saved"
    for _ in range(2):
        assert (await press(ada, Save(1, 0, on=False))).text == "No longer saved"

    await ada.person.says("/saved")
    await ada.person.sees("Nothing is saved yet.")


@pytest.mark.parametrize("tap", [Save(7, 0, on=True), Save(1, 7, on=True), Save(10**18 - 1, 10**18 - 1, on=True)])
async def test_what_there_is_not_cannot_be_saved(press: Press, ada: Talk, archive: Archive, tap: Tap) -> None:
    await archive.add(a_digest())

    assert (await press(ada, tap)).text == "This digest is no longer here. /latest has the newest."


async def test_what_is_still_to_come_cannot_be_saved(press: Press, ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(hour=24 * 365 * 50))

    assert (await press(ada, Save(1, 0, on=True))).text.startswith("This digest is no longer here.")


async def test_whoever_stopped_saves_and_still_gets_nothing(press: Press, ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest())
    await ada.says("/stop")
    await ada.says("/start")
    await ada.says("/stop")

    assert (await press(ada, Save(1, 0, on=True))).text == "Saved · /saved"
    subscriber = await archive.subscriber(ada)
    assert subscriber is not None
    assert subscriber.state is SubscriberState.STOPPED


async def test_a_number_opens_an_item_and_a_digest(press: Press, ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest("Morning", items=(an_item("Bees at work", summary="They hum."),)))
    [bees] = await item_ids(archive.database)
    await press(ada, Save(1, bees, on=True))
    await press(ada, Save(1, 0, on=True))
    await ada.person.says("/saved")
    await ada.person.sees("2 saved")

    await ada.person.presses("1")
    await ada.person.sees("Morning\n")

    await ada.person.presses("2")
    assert "They hum." in (await ada.person.sees("Bees at work\n\nThey hum.")).text


async def test_what_is_saved_stays_when_its_digest_changes_or_goes(press: Press, ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest("Morning", items=(an_item("Bees at work", summary="They hum."),)))
    [bees] = await item_ids(archive.database)
    await press(ada, Save(1, bees, on=True))
    await press(ada, Save(1, 0, on=True))

    await archive.add(a_digest("Morning", items=(an_item("Wasps instead"),)))
    async with archive.database.transaction() as tx:
        await mark_vanished(tx, 1, now=MONDAY)

    await ada.person.says("/saved")
    await ada.person.sees("2. Bees at work")
    await ada.person.presses("2")
    await ada.person.sees("Bees at work\n\nThey hum.")
    await ada.person.presses("1")
    await ada.person.sees("Wasps instead")


async def test_a_digest_that_one_did_not_save_is_not_opened_as_saved(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive
) -> None:
    await archive.add(a_digest())
    await ada.says("/start")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("forged", callback_data="1:reopen:1")]])
    await telegram_bot.send_message(ada.person.id, "Forged", reply_markup=buttons)

    assert (await ada.person.presses("forged")).text == "No longer saved"


async def save_many(archive: Archive, talk: Talk, count: int) -> None:
    """So many digests, the last one saved last."""
    await talk.says("/start")
    async with archive.database.transaction() as tx:
        source = await ensure_source(tx, "main")
        await store_digest(tx, source.id, a_digest("0"), now=MONDAY)
        await tx.run(
            """
            WITH RECURSIVE numbers AS (SELECT 2 AS number UNION ALL SELECT number + 1 FROM numbers
                                        WHERE number < :count)
            INSERT INTO digests (source_id, path, title, day_only, first_seen_at, archived_at)
            SELECT 1, number, 'No. ' || number, 0, 0, 1753000000000 + number FROM numbers
            """,
            {"count": count},
        )
        await tx.run(
            """
            INSERT INTO bookmarks (subscriber_id, digest_id, saved_at)
            SELECT subscribers.id, digests.id, digests.id FROM subscribers JOIN digests WHERE digests.id <= :count
            """,
            {"count": count},
        )


async def test_much_is_shown_ten_at_a_time_and_let_go_one_by_one(ada: Talk, archive: Archive) -> None:
    await save_many(archive, ada, 12)
    answer = await ada.says("/saved")
    assert "1. No. 12\n" in answer.text
    assert labels(answer) == [*map(str, range(1, 11)), "1/2", "›", "Remove…", "As a file"]

    answer = await ada.presses("›")
    assert "\n11. No. 2\n" in answer.text
    assert labels(answer) == ["11", "12", "‹", "2/2", "Remove…", "As a file"]

    answer = await ada.presses("Remove…")
    assert answer.text.startswith("Tap the numbers to remove. 12 saved\n")
    answer = await ada.presses("✕ 11")
    assert labels(answer) == ["✕ 11", "‹", "2/2", "Done"]

    answer = await ada.presses("✕ 11")
    assert labels(answer) == [*(f"✕ {n}" for n in range(1, 11)), "Done"]
    answer = await ada.presses("Done")
    assert labels(answer) == [*map(str, range(1, 11)), "Remove…", "As a file"]


async def test_where_nothing_is_left_it_says_how_to_save(mei: Talk, archive: Archive) -> None:
    await save_many(archive, mei, 1)
    await mei.says("/saved")
    await mei.presses("删除…")

    answer = await mei.presses("✕ 1")

    assert answer.text == "还没有收藏。点简报或条目下面的 🔖 就能收藏。"
    assert labels(answer) == ["最新一期"]


async def test_there_is_an_end_to_what_one_can_save(press: Press, ada: Talk, archive: Archive) -> None:
    await save_many(archive, ada, MOST)
    await archive.add(a_digest("One more"))

    answer = await press(ada, Save(MOST + 1, 0, on=True))
    assert answer.text == "1,000 things are saved, and no more fit. /saved lets go of some."
    assert (await press(ada, Save(1, 0, on=True))).text == "Saved · /saved"
    await ada.person.says("/saved")
    assert "1/100" in labels(await ada.person.sees("1,000 saved"))


async def test_all_of_it_comes_as_a_markdown_file(
    telegram: Telegram, press: Press, ada: Talk, archive: Archive
) -> None:
    items = (
        an_item("Bees [at] *work*", link="https://example.org/bees_(wild) ones"),
        an_item("", link=None, summary="No headline\nhere"),
    )
    await archive.add(a_digest("Morning", items=items))
    bees, other = await item_ids(archive.database)
    for item_id in (0, bees, other):
        await press(ada, Save(1, item_id, on=True))
    await ada.person.says("/saved")
    await ada.person.sees("3 saved")

    await ada.person.presses("As a file")

    await ada.person.sees("3 saved, the newest first", within=timedelta(seconds=5))
    name, text = await file_of(telegram, ada)
    assert name.startswith("saved-")
    assert name.endswith(".md")
    assert text == (
        "# Saved\n"
        "\n"
        "- No headline here, Morning, 2025-07-21\n"
        "- [Bees \\[at\\] \\*work\\*](https://example.org/bees_%28wild%29%20ones), Morning, 2025-07-21\n"
        "- Morning, 2025-07-21\n"
    )
