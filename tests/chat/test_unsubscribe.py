from tests.chat.conftest import Archive, Talk, a_digest, labels


async def test_unsubscribe_alone_leaves_nothing(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/subscribe")
    await ada.says("/subscribe Bees")

    answer = await ada.says("/unsubscribe")

    assert answer.text == "Unsubscribed from everything. /latest and /search still work."
    assert labels(answer)[:3] == ["Undo", "Everything", "Choose categories"]
    assert await archive.preferences(ada) == (False, [])


async def test_unsubscribe_alone_leaves_nothing_in_chinese(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe")

    answer = await mei.says("/unsubscribe")

    assert answer.text.startswith("已全部退订。")
    assert await archive.preferences(mei) == (False, [])


async def test_a_named_category_is_left_and_the_others_stay(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))
    await ada.says("/subscribe Bees, Wasps")

    answer = await ada.says("/unsubscribe wasps")

    assert answer.text == "Unsubscribed from “Wasps”.\nYou get Bees."
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_without_the_last_category_nothing_is_left(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe 园艺")

    answer = await mei.says("/unsubscribe 园艺")

    assert answer.text == "退订了“园艺”。\n目前没有订阅。"
    assert await archive.preferences(mei) == (False, [])


async def test_of_everything_all_other_categories_stay(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees,Wasps,Ants"))
    await ada.says("/subscribe")

    answer = await ada.says("/unsubscribe Wasps")

    assert answer.text == (
        "Unsubscribed from “Wasps”.\nYou still get the other 2 categories. New ones will not come by themselves."
    )
    assert await archive.preferences(ada) == (False, ["Ants", "Bees"])


async def test_of_everything_the_only_category_leaves_nothing(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源动态"))
    await mei.says("/subscribe")

    answer = await mei.says("/unsubscribe 开源动态")

    assert answer.text == "退订了“开源动态”。\n目前没有订阅。"


async def test_a_mistyped_name_changes_nothing_and_the_meant_one_is_a_tap_away(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源动态,AI快讯"))
    await mei.says("/subscribe")

    answer = await mei.says("/unsubscribe 开源动向")
    assert answer.text == "你没有订阅“开源动向”。\n已订阅全部。\n你要找的是下面这些吗？"
    assert await archive.preferences(mei) == (True, [])

    answer = await mei.presses("开源动态")
    assert answer.text.startswith("退订了“开源动态”。")
    assert await archive.preferences(mei) == (False, ["AI快讯"])


async def test_leaving_what_one_never_had_is_said_so(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))
    await ada.says("/subscribe Bees")

    answer = await ada.says("/unsubscribe Wasps")

    assert answer.text == "You had no subscription to “Wasps”.\nYou get Bees."


async def test_names_that_are_none_are_answered_with_what_to_type(ada: Talk) -> None:
    assert (await ada.says("/unsubscribe ,")).text == (
        "Name the categories, with commas between: /unsubscribe AI, robots"
    )


async def test_words_that_are_followed_are_no_categories_and_stay(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/subscribe Bees")
    await ada.says("/follow Qwen")
    await mei.says("/follow Qwen")

    answer = await ada.says("/unsubscribe")
    assert answer.text == "Unsubscribed from all categories.\nYou get what mentions “Qwen”."
    assert (await mei.says("/unsubscribe")).text.startswith("已退订所有分类。\n")
