from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.chat.category_list import Pick, ShowFound
from bot.messages.taps import Tap, write
from tests.chat.conftest import Archive, Talk, a_digest, labels


async def publish_three(archive: Archive) -> None:
    """Ants in three digests, bees in two, wasps in one."""
    await archive.add(a_digest("1", of="Wasps,Bees,Ants"), a_digest("2", of="Bees,Ants"), a_digest("3", of="Ants"))


async def publish_many(archive: Archive) -> None:
    await archive.add(*(a_digest(f"{n}", of=",".join(f"Topic {m:02}" for m in range(n))) for n in range(1, 26)))


async def test_the_busiest_categories_come_first_below_everything(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)

    answer = await ada.says("/categories")

    assert answer.text == "You get nothing.\nTap to choose or drop. A digest comes if it has any of them."
    assert labels(answer) == ["Everything", "Ants", "Bees", "Wasps", "Done"]


async def test_each_tap_chooses_or_drops_a_category(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest("1", of="开源动态,AI快讯"), a_digest("2", of="开源动态"))
    await mei.says("/categories")

    answer = await mei.presses("AI快讯")
    assert answer.text.startswith("已订阅：AI快讯。\n")
    assert labels(answer) == ["全部", "清空", "开源动态", "✅ AI快讯", "完成"]

    answer = await mei.presses("开源动态")
    assert labels(answer) == ["全部", "清空", "✅ 开源动态", "✅ AI快讯", "完成"]

    answer = await mei.presses("✅ AI快讯")
    assert labels(answer) == ["全部", "清空", "✅ 开源动态", "AI快讯", "完成"]
    assert await archive.preferences(mei) == (False, ["开源动态"])


async def test_everything_goes_on_and_off_and_the_choice_is_remembered(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)
    await ada.says("/subscribe Bees")
    await ada.says("/categories")

    answer = await ada.presses("Everything")
    assert answer.text == "You get everything.\nTap a category to get only that."
    assert labels(answer) == ["✅ Everything", "None", "Ants", "Bees", "Wasps", "Done"]

    answer = await ada.presses("✅ Everything")
    assert labels(answer) == ["Everything", "None", "Ants", "✅ Bees", "Wasps", "Done"]
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_while_everything_is_on_a_tap_narrows_to_one_category(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)
    await ada.says("/subscribe Bees")
    await ada.says("/subscribe")
    await ada.says("/categories")

    answer = await ada.presses("Wasps")

    assert labels(answer) == ["Everything", "None", "Ants", "Bees", "✅ Wasps", "Done"]
    assert await archive.preferences(ada) == (False, ["Wasps"])


async def test_done_says_what_was_chosen_and_offers_to_go_on(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)
    await ada.says("/categories")
    await ada.presses("Bees")

    answer = await ada.presses("Done")

    assert answer.text == "You get Bees."
    assert labels(answer) == ["Everything", "Choose categories", "Latest digest", "When it comes"]


async def test_many_categories_are_paged_and_a_tap_stays_on_its_page(ada: Talk, archive: Archive) -> None:
    await publish_many(archive)

    answer = await ada.says("/categories")
    assert labels(answer)[1:] == [*(f"Topic {n:02}" for n in range(10)), "1/3", "›", "Find…", "Done"]

    answer = await ada.presses("›")
    assert labels(answer)[1:] == [*(f"Topic {n:02}" for n in range(10, 20)), "‹", "2/3", "›", "Find…", "Done"]

    answer = await ada.presses("Topic 12")
    assert "✅ Topic 12" in labels(answer)
    assert "2/3" in labels(answer)

    answer = await ada.presses("›")
    assert labels(answer)[2:] == [*(f"Topic {n:02}" for n in range(20, 25)), "‹", "3/3", "Find…", "Done"]


async def test_a_category_that_no_digest_has_yet_can_be_dropped_by_a_tap(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源动态"))
    await mei.says("/subscribe 园艺")
    await mei.says("/categories")

    answer = await mei.presses("✅ 园艺")

    assert labels(answer) == ["全部", "开源动态", "完成"]
    assert await archive.preferences(mei) == (False, [])


async def test_before_the_first_category_there_is_still_everything(mei: Talk) -> None:
    answer = await mei.says("/categories")

    assert answer.text == "目前没有订阅。\n还没有带分类的简报。"
    assert labels(answer) == ["全部", "完成"]


async def test_what_was_busy_of_late_comes_first_with_its_number(ada: Talk, mei: Talk, archive: Archive) -> None:
    lately = datetime.now(UTC) - timedelta(hours=1)
    await publish_three(archive)
    await archive.add(
        replace(a_digest("4", of="Wasps,Bees"), published_at=lately),
        replace(a_digest("5", of="Wasps"), published_at=lately),
        # Not yet, and too long ago.
        replace(a_digest("6", of="Ants"), published_at=lately + timedelta(days=2)),
        replace(a_digest("7", of="Ants"), published_at=lately - timedelta(days=30)),
    )

    answer = await ada.says("/categories")
    assert labels(answer) == ["Everything", "Wasps · 2", "Bees · 1", "Ants", "Done"]
    assert answer.text.endswith("\nThe numbers are digests in the last 30 days.")

    answer = await ada.presses("Wasps · 2")
    assert "✅ Wasps · 2" in labels(answer)
    assert (await mei.says("/categories")).text.endswith("\n数字是最近 30 天的期数。")


async def test_a_digest_in_two_languages_counts_once(ada: Talk, archive: Archive) -> None:
    both = replace(a_digest("bees", of="Bees"), published_at=datetime.now(UTC), twins="bees", language="en")
    await archive.add(both, replace(both, path="bees.zh.md", language="zh"))

    assert "Bees · 1" in labels(await ada.says("/categories"))


async def test_words_after_the_command_find_categories(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源动态,AI 开源,AI快讯"))

    answer = await mei.says("/categories 开源")
    assert labels(answer) == ["AI 开源", "开源动态", "查找…", "全部分类", "完成"]

    answer = await mei.presses("开源动态")
    assert answer.text.startswith("已订阅：开源动态。\n")
    assert labels(answer) == ["AI 开源", "✅ 开源动态", "查找…", "全部分类", "完成"]

    answer = await mei.presses("全部分类")
    assert labels(answer) == ["全部", "清空", "AI 开源", "AI快讯", "✅ 开源动态", "完成"]


async def test_what_is_sought_may_be_spelled_in_any_way(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Open Source,AI"))

    for words in ("open-source", "SOURCE", "ｎｓｏ", "open source"):
        assert labels(await ada.says(f"/categories {words}"))[0] == "Open Source"


async def test_what_was_found_is_paged_too(ada: Talk, archive: Archive) -> None:
    await publish_many(archive)

    answer = await ada.says("/categories topic 1")
    assert labels(answer) == [*(f"Topic {n}" for n in range(10, 20)), "Find…", "All categories", "Done"]

    answer = await ada.says("/categories topic")
    answer = await ada.presses("›")
    answer = await ada.presses("Topic 12")
    assert "✅ Topic 12" in labels(answer)
    assert "2/3" in labels(answer)


async def test_many_categories_can_be_asked_for_by_typing(ada: Talk, mei: Talk, archive: Archive) -> None:
    await publish_many(archive)
    await ada.says("/categories")
    question = await ada.is_sent("Find…")
    assert question.text == "Type a part of the category’s name"

    await ada.person.says("ic 24", reply_to=question.id)

    assert labels(await ada.person.next_message())[0] == "Topic 24"
    await mei.says("/categories")
    question = await mei.is_sent("查找…")
    await mei.person.says("IC23", reply_to=question.id)
    assert labels(await mei.person.next_message())[0] == "Topic 23"


async def test_where_nothing_is_found_there_is_a_way_back(ada: Talk, mei: Talk, archive: Archive) -> None:
    await publish_three(archive)

    answer = await ada.says("/categories hornets")
    assert answer.text == "You get nothing.\nNo category has that in its name."
    assert labels(answer) == ["Find…", "All categories", "Done"]
    assert (await mei.says("/categories 黄蜂")).text == "目前没有订阅。\n没有名称含有这些字的分类。"


async def test_ten_thousand_characters_find_nothing_and_fail_nothing(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)

    assert labels(await ada.says("/categories " + "开源" * 2000)) == ["Find…", "All categories", "Done"]


async def test_the_category_of_a_stranger_is_not_found(ada: Talk, mei: Talk, archive: Archive) -> None:
    await publish_three(archive)
    await mei.says("/subscribe 园艺")

    assert labels(await ada.says("/categories 园艺")) == ["Find…", "All categories", "Done"]
    assert labels(await mei.says("/categories 园艺"))[0] == "✅ 园艺"


@pytest.mark.parametrize("tap", [ShowFound(10**14, "_" * 40), Pick(1, True, 10**6, "AAAA"), ShowFound(0, "a+/")])
async def test_a_forged_place_is_some_place(telegram_bot: ExtBot[None], ada: Talk, archive: Archive, tap: Tap) -> None:
    await publish_three(archive)
    await ada.says("/start")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("forged", callback_data=write(tap))]])
    await telegram_bot.send_message(ada.person.id, "Forged", reply_markup=buttons)

    assert "Done" in labels(await ada.presses("forged"))


async def test_none_leaves_nothing_and_can_be_taken_back(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)
    await ada.says("/subscribe Bees, Wasps")
    await ada.says("/categories")

    answer = await ada.presses("None")
    assert answer.text == "Unsubscribed from everything. /latest and /search still work."
    assert await archive.preferences(ada) == (False, [])

    answer = await ada.presses("Undo")
    assert answer.text == "You get Bees and Wasps."
    assert await archive.preferences(ada) == (False, ["Bees", "Wasps"])
