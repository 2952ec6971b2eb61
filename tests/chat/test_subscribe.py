import pytest

from tests.chat.conftest import Archive, Talk, a_digest, labels


async def test_subscribe_alone_brings_everything(ada: Talk, archive: Archive) -> None:
    answer = await ada.says("/subscribe")

    assert answer.text == "You get everything."
    assert await archive.preferences(ada) == (True, [])


async def test_subscribe_alone_brings_everything_in_chinese(mei: Talk, archive: Archive) -> None:
    answer = await mei.says("/subscribe")

    assert answer.text == "已订阅全部。"
    assert await archive.preferences(mei) == (True, [])


@pytest.mark.parametrize("command", ["/SUBSCRIBE Bees", "/Subscribe@digest_sandbox_bot bees", "/subscribe   #bees"])
async def test_a_category_is_subscribed_however_it_is_typed(ada: Talk, archive: Archive, command: str) -> None:
    await archive.add(a_digest(of="Bees"))

    answer = await ada.says(command)

    assert answer.text == "You get Bees."
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_the_longest_known_names_win(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="AI 资讯,AI,开源动态,AI快讯"))

    await mei.says("/subscribe AI 资讯 开源动态 AI快讯")

    assert await archive.preferences(mei) == (False, ["AI快讯", "AI 资讯", "开源动态"])


async def test_the_hashtag_of_a_digest_names_its_category(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="R & D/Labs"))

    assert (await ada.says("/subscribe #R_D_Labs")).text == "You get R & D/Labs."


async def test_a_further_category_is_added_to_those_before(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))
    await ada.says("/subscribe Bees")

    answer = await ada.says("/subscribe Wasps")

    assert answer.text == "Subscribed to “Wasps”.\nYou get Bees and Wasps."


async def test_a_category_not_seen_yet_is_kept_and_said_so(ada: Talk, archive: Archive) -> None:
    answer = await ada.says("/subscribe gardening")

    assert answer.text == "You get gardening.\nNo digest has “gardening” yet. The first that does will come."
    assert await archive.preferences(ada) == (False, ["gardening"])


async def test_the_nearest_known_names_are_offered_and_one_takes_the_place(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源动态,AI快讯"))

    answer = await mei.says("/subscribe 开源动向")
    assert answer.text == ("已订阅：开源动向。\n还没有“开源动向”的简报，一有就发来。\n你要找的是下面这些吗？")
    assert labels(answer)[0] == "开源动态"

    answer = await mei.presses("开源动态")
    assert answer.text == "已订阅：开源动态。"
    assert await archive.preferences(mei) == (False, ["开源动态"])


async def test_on_everything_a_category_is_remembered_and_can_be_made_the_only_one(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))
    await ada.says("/subscribe Wasps")
    await ada.says("/subscribe")

    answer = await ada.says("/subscribe Bees")
    assert answer.text == "You get everything, “Bees” too. I remember your choice."
    assert await archive.preferences(ada) == (True, ["Bees", "Wasps"])

    answer = await ada.presses("Only Bees")
    assert answer.text == "You get Bees."
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_on_everything_several_categories_can_be_made_the_only_ones(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源动态,AI快讯,技术前沿"))
    await mei.says("/subscribe")
    await mei.says("/subscribe 开源动态、AI快讯")

    answer = await mei.presses("只要我选的")

    assert answer.text == "已订阅：AI快讯和开源动态。"


@pytest.mark.parametrize("names", [",", '""', "，、", "x" * 65, ",".join(f"name {n}" for n in range(21))])
async def test_names_that_are_none_are_answered_with_what_to_type(ada: Talk, archive: Archive, names: str) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))

    answer = await ada.says(f"/subscribe {names}")

    assert answer.text == "Name the categories, with commas between: /subscribe Bees, Wasps"
    assert await archive.preferences(ada) == (False, [])


async def test_nobody_is_offered_what_a_stranger_typed(ada: Talk, mei: Talk) -> None:
    await mei.says("/subscribe bargains at example.org")

    answer = await ada.says("/subscribe bargain")

    assert labels(answer) == ["Everything", "Choose categories", "Latest digest", "When it comes"]


async def test_a_long_list_of_categories_is_cut_short(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of=",".join(f"Topic {n:02}" for n in range(30))))

    answer = await ada.says("/subscribe " + ",".join(f"topic {n}" for n in [f"{n:02}" for n in range(30)]))

    assert answer.text.endswith("Topic 19, and 10 more.")


@pytest.mark.parametrize("typed", ["全部", "所有", "all", "Everything"])
async def test_everything_can_be_typed_and_untyped(mei: Talk, archive: Archive, typed: str) -> None:
    await archive.add(a_digest(of="开源"))

    assert (await mei.says(f"/subscribe {typed}")).text == "已订阅全部。"
    assert await archive.preferences(mei) == (True, [])
    await mei.says(f"/unsubscribe {typed}")
    assert await archive.preferences(mei) == (False, [])


async def test_a_category_may_be_called_all(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="所有"))
    await mei.says("/subscribe 所有")

    assert await archive.preferences(mei) == (False, ["所有"])
