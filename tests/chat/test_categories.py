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
    assert labels(answer) == ["全部", "开源动态", "✅ AI快讯", "完成"]

    answer = await mei.presses("开源动态")
    assert labels(answer) == ["全部", "✅ 开源动态", "✅ AI快讯", "完成"]

    answer = await mei.presses("✅ AI快讯")
    assert labels(answer) == ["全部", "✅ 开源动态", "AI快讯", "完成"]
    assert await archive.preferences(mei) == (False, ["开源动态"])


async def test_everything_goes_on_and_off_and_the_choice_is_remembered(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)
    await ada.says("/subscribe Bees")
    await ada.says("/categories")

    answer = await ada.presses("Everything")
    assert answer.text == "You get everything.\nTap a category to get only that."
    assert labels(answer) == ["✅ Everything", "Ants", "Bees", "Wasps", "Done"]

    answer = await ada.presses("✅ Everything")
    assert labels(answer) == ["Everything", "Ants", "✅ Bees", "Wasps", "Done"]
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_while_everything_is_on_a_tap_narrows_to_one_category(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)
    await ada.says("/subscribe Bees")
    await ada.says("/subscribe")
    await ada.says("/categories")

    answer = await ada.presses("Wasps")

    assert labels(answer) == ["Everything", "Ants", "Bees", "✅ Wasps", "Done"]
    assert await archive.preferences(ada) == (False, ["Wasps"])


async def test_done_says_what_was_chosen_and_offers_to_go_on(ada: Talk, archive: Archive) -> None:
    await publish_three(archive)
    await ada.says("/categories")
    await ada.presses("Bees")

    answer = await ada.presses("Done")

    assert answer.text == "You get Bees."
    assert labels(answer) == ["Everything", "Choose categories", "Latest digest"]


async def test_many_categories_are_paged_and_a_tap_stays_on_its_page(ada: Talk, archive: Archive) -> None:
    await publish_many(archive)

    answer = await ada.says("/categories")
    assert labels(answer)[1:] == [*(f"Topic {n:02}" for n in range(10)), "1/3", "›", "Done"]

    answer = await ada.presses("›")
    assert labels(answer)[1:] == [*(f"Topic {n:02}" for n in range(10, 20)), "‹", "2/3", "›", "Done"]

    answer = await ada.presses("Topic 12")
    assert "✅ Topic 12" in labels(answer)
    assert "2/3" in labels(answer)

    answer = await ada.presses("›")
    assert labels(answer)[1:] == [*(f"Topic {n:02}" for n in range(20, 25)), "‹", "3/3", "Done"]


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
