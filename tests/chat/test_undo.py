"""What an `/unsubscribe` took can be had back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.chat.undo import TakeBack, read_ids, typed_again, write_ids
from bot.digests.categories import categories_of
from bot.messages.taps import read, write
from tests.chat.conftest import Archive, Talk, a_digest, labels


async def test_unsubscribe_can_be_taken_back_whole(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Ants,Bees,Wasps"))
    await ada.says("/subscribe Bees, Ants")
    await ada.says("/subscribe")
    answer = await ada.says("/unsubscribe")
    assert labels(answer) == ["Undo", "Everything", "Choose categories", "Latest digest"]

    answer = await ada.presses("Undo")

    assert answer.text == "You get everything."
    assert await archive.preferences(ada) == (True, ["Ants", "Bees"])


async def test_what_one_named_can_be_taken_back_too(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源,芯片,机器人"))
    await mei.says("/subscribe 开源，芯片")
    await mei.says("/unsubscribe 芯片")

    answer = await mei.presses("撤销")

    assert answer.text == "已订阅：开源和芯片。"


async def test_of_everything_without_one_category_everything_comes_back(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Ants,Bees,Wasps"))
    await ada.says("/subscribe")
    await ada.says("/unsubscribe Bees")
    assert await archive.preferences(ada) == (False, ["Ants", "Wasps"])

    await ada.presses("Undo")

    assert await archive.preferences(ada) == (True, [])


async def test_where_nothing_was_taken_there_is_nothing_to_take_back(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees"))

    assert "Undo" not in labels(await ada.says("/unsubscribe"))
    assert "Undo" not in labels(await ada.says("/unsubscribe Bees"))


async def test_what_no_digest_has_is_taken_back_by_typing(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源"))
    await mei.says("/subscribe 开源，野生 蜜蜂")

    answer = await mei.says("/unsubscribe")
    assert answer.text.endswith('想恢复的话，请发送：/subscribe 开源, "野生 蜜蜂"')
    assert "撤销" not in labels(answer)

    await mei.says(answer.text.partition("：")[2])
    assert await archive.preferences(mei) == (False, ["开源", "野生 蜜蜂"])


@pytest.mark.parametrize(
    "data",
    ["1:undo:0:1:", "1:undo:9:9999999999:" + "_" * 40, "1:undo:0:240:A", "1:undo:1:5:+/+/", "1:undo:0:1:A"],
)
async def test_a_forged_undo_brings_no_category_of_a_stranger(
    telegram_bot: ExtBot[None], ada: Talk, mei: Talk, archive: Archive, data: str
) -> None:
    await mei.says("/subscribe 园艺")
    await ada.says("/start")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("forged", callback_data=data)]])
    await telegram_bot.send_message(ada.person.id, "Forged", reply_markup=buttons)

    await ada.presses("forged")

    assert (await archive.preferences(ada))[1] == []


@given(st.sets(st.integers(1, 3_000), max_size=25), st.booleans())
def test_twenty_five_of_three_thousand_categories_fit_into_a_button(ids: set[int], everything: bool) -> None:  # noqa: FBT001
    which = write_ids(ids)
    assert which is not None
    tap = TakeBack(everything, len(ids), which)

    assert read(write(tap)) == tap
    assert len(write(tap).encode()) <= 64
    assert set(read_ids(len(ids), which)) == ids


def test_what_does_not_fit_is_not_written() -> None:
    assert write_ids(range(1, 3_000, 30)) is None


@given(st.integers(0, 10**18), st.text(alphabet="ABCXYZabcxyz019_+/-", max_size=40))
def test_whatever_stands_there_is_read_as_numbers_that_a_database_takes(count: int, written: str) -> None:
    assert all(0 <= id_ < 2**63 for id_ in read_ids(count, written))


def test_names_that_commas_would_part_are_quoted() -> None:
    assert (
        typed_again(categories_of(["AI", "Bees, wild", "open source"])) == '/subscribe AI, "Bees, wild", "open source"'
    )
