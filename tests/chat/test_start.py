from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest

from storage.model import Digest
from tests.chat.conftest import Archive, Talk, a_digest, labels


def lately(count: int, *, of: str = "", apart: timedelta = timedelta(days=1), day_only: bool = False) -> list[Digest]:
    """So many digests, the last one two hours ago."""
    last = datetime.now(UTC) - timedelta(hours=2)
    return [
        Digest(
            path=f"{number}.md",
            title=f"{number}",
            published_at=last - number * apart,
            day_only=day_only,
            categories=each.categories,
            items=each.items,
        )
        for number, each in enumerate(a_digest(of=of) for _ in range(count))
    ]


def in_a_link(name: str) -> str:
    return urlsafe_b64encode(name.encode()).decode().rstrip("=")


async def test_a_newcomer_is_told_in_two_lines_what_comes_and_offered_everything_a_choice_and_a_taste(
    ada: Talk, archive: Archive
) -> None:
    await archive.add(*lately(180, of="AI,chips", apart=timedelta(hours=4)))

    answer = await ada.says("/start")

    assert answer.text == (
        "About 6 digests a day on AI and chips; the last one 2 hours ago.\nTake everything, or only what you like."
    )
    assert labels(answer) == ["Everything", "Choose categories", "Latest digest"]


async def test_a_newcomer_is_greeted_in_chinese(mei: Talk, archive: Archive) -> None:
    await archive.add(*lately(90, of="开源,芯片", apart=timedelta(hours=8)))

    answer = await mei.says("/start")

    assert answer.text == ("每天约 3 期简报，内容有开源和芯片；最近一期：2小时前。\n可以全部订阅，也可以只选喜欢的。")
    assert labels(answer) == ["全部订阅", "选择分类", "最新一期"]


async def test_of_a_weekly_archive_that_is_what_a_newcomer_is_told(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(*lately(8, apart=timedelta(days=7)))

    assert (await ada.says("/start")).text.startswith("About one digest a week; the last one 2 hours ago.\n")
    assert (await mei.says("/start")).text.startswith("每周约 1 期简报；最近一期：2小时前。\n")


async def test_of_an_archive_that_rests_it_is_told_when_the_last_one_came(
    ada: Talk, mei: Talk, archive: Archive
) -> None:
    await archive.add(a_digest(of="Bees"))

    assert (await ada.says("/start")).text.startswith("A digest now and then on Bees; the last one ")
    assert (await mei.says("/start")).text.startswith("简报不定期发布，内容有Bees；最近一期：")


async def test_of_a_digest_that_has_only_a_day_no_hours_are_told(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(*lately(1, day_only=True))
    day = datetime.now(UTC) - timedelta(hours=2)

    assert f"; the last one on {day:%b} {day.day}, {day.year}.\n" in (await ada.says("/start")).text
    assert f"最近一期：{day.year}年{day.month}月{day.day}日。\n" in (await mei.says("/start")).text


async def test_before_the_first_digest_nothing_is_promised_but_that_it_comes(ada: Talk, mei: Talk) -> None:
    assert (await ada.says("/start")).text.startswith("The first digest comes here as soon as it is published.\n")
    assert (await mei.says("/start")).text.startswith("第一期简报一发布，就送到这里。\n")


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


@pytest.mark.parametrize(
    "payload", ["cat_AI资讯", f"cat_{in_a_link('AI 资讯')}", f"cat_{in_a_link('ai资讯')}", "cat_1"]
)
async def test_a_link_has_its_category_chosen_and_one_tap_confirms_it(
    ada: Talk, archive: Archive, payload: str
) -> None:
    await archive.add(a_digest(of="AI 资讯"))

    answer = await ada.says(f"/start {payload}")

    assert answer.text.endswith("\nTap to get “AI 资讯”, or choose for yourself.")
    assert labels(answer) == ["✅ Get AI 资讯", "Everything", "Choose categories", "Latest digest"]
    assert await archive.preferences(ada) == (False, [])
    assert (await ada.presses("✅ Get AI 资讯")).text == "You get AI 资讯."
    assert await archive.preferences(ada) == (False, ["AI 资讯"])


@pytest.mark.parametrize("payload", ["cat_open-source", "cat_Open_Source", f"cat_{in_a_link('open source')}"])
async def test_a_latin_name_stands_in_a_link_as_it_is(ada: Talk, archive: Archive, payload: str) -> None:
    await archive.add(a_digest(of="Open Source,Bees"))

    await ada.person.starts(payload)

    assert "✅ Get Open Source" in labels(await ada.person.next_message())


async def test_a_link_adds_to_what_one_has(mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="开源,芯片"))
    await mei.says("/subscribe 开源")

    offer = await mei.says("/start cat_" + in_a_link("芯片"))
    answer = await mei.presses("✅ 订阅芯片")

    assert offer.text.endswith("\n已订阅：开源。\n点一下就能订阅“芯片”，也可以自己选。")
    assert answer.text == "订阅了“芯片”。\n已订阅：开源和芯片。"


async def test_a_link_offers_no_category_that_comes_already(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees,Wasps"))
    await ada.says("/subscribe Bees")
    chosen = await ada.says("/start cat_Bees")
    await ada.says("/subscribe")

    of_everything = await ada.says("/start cat_Wasps")

    assert chosen.text.endswith("\nYou get Bees.")
    assert labels(chosen) == ["Everything", "Choose categories", "Latest digest", "When it comes"]
    assert of_everything.text.endswith("\nYou get everything.")
    assert (await ada.presses("Only Wasps")).text == "You get Wasps."


@pytest.mark.parametrize(
    "payload", ["cat_", "cat_wasps", "cat_2", "cat_" + "9" * 60, "cat_" + in_a_link("园艺"), "cat__"]
)
async def test_a_link_to_a_category_that_there_is_not_says_so_and_goes_on(
    ada: Talk, archive: Archive, payload: str
) -> None:
    await archive.add(a_digest(of="Bees"))

    answer = await ada.says(f"/start {payload}")

    assert answer.text.startswith("That link names no category that I know.\nA digest now and then on Bees; ")
    assert labels(answer) == ["Everything", "Choose categories", "Latest digest"]
    assert await archive.preferences(ada) == (False, [])


async def test_a_link_opens_an_item_and_a_newcomer_is_told_where_they_are(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest("Bees at work"))
    async with archive.database.snapshot() as tx:
        item_id = await tx.value("SELECT id FROM items")

    item = await ada.says(f"/start item_1_{item_id}")
    welcome = await ada.person.next_message()

    assert "About Bees at work" in item.text
    assert welcome.text.startswith("A digest now and then; ")
    assert "About Bees at work" in (await ada.says(f"/start item_{item_id}")).text


@pytest.mark.parametrize("payload", ["item_", "item_7", "item_1_7", "item_x", "item_" + "9" * 59])
async def test_a_link_to_an_item_that_there_is_not_says_so_and_goes_on(ada: Talk, payload: str) -> None:
    answer = await ada.says(f"/start {payload}")

    assert answer.text == "This digest is no longer here. /latest has the newest."
    assert labels(await ada.person.next_message()) == ["Everything", "Choose categories", "Latest digest"]


@pytest.mark.parametrize("payload", ["x", "cats", "cat-1", "ITEM_1", "a b c", "x" * 64])
async def test_a_link_that_means_nothing_is_a_start_like_any_other(ada: Talk, payload: str) -> None:
    answer = await ada.says(f"/start {payload}")

    assert answer.text.startswith("The first digest comes here")
