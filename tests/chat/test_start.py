from tests.chat.conftest import Archive, Talk, a_digest, labels


async def test_a_newcomer_is_told_in_two_lines_and_offered_everything_a_choice_and_a_taste(ada: Talk) -> None:
    answer = await ada.says("/start")

    assert answer.text.count("\n") == 1
    assert labels(answer) == ["Everything", "Choose categories", "Latest digest"]


async def test_a_newcomer_is_greeted_in_chinese(mei: Talk) -> None:
    answer = await mei.says("/start")

    assert "简报" in answer.text
    assert labels(answer) == ["全部订阅", "选择分类", "最新一期"]


async def test_one_tap_brings_everything(ada: Talk, archive: Archive) -> None:
    await ada.says("/start")

    answer = await ada.presses("Everything")

    assert answer.text == "You get everything."
    assert await archive.preferences(ada) == (True, [])


async def test_two_taps_bring_a_category(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/start")

    await ada.presses("Choose categories")
    answer = await ada.presses("Bees")

    assert answer.text.startswith("You get Bees.")
    assert await archive.preferences(ada) == (False, ["Bees"])


async def test_one_tap_brings_the_latest_digest_and_leaves_the_welcome(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest("Yesterday"), a_digest("Today", hour=1))
    welcome = await ada.says("/start")

    answer = await ada.is_sent("Latest digest")

    assert answer.text.startswith("Today")
    assert (await ada.person.received())[0] == welcome


async def test_whoever_returns_is_told_what_they_get(ada: Talk) -> None:
    await ada.says("/subscribe")

    answer = await ada.says("/start")

    assert answer.text.endswith("\nYou get everything.")
    assert "Everything" not in labels(answer)
