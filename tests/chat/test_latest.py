from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.sandbox.client import Telegram
from storage.digests import mark_vanished
from storage.finding import find_digests
from storage.model import Digest
from tests.chat.conftest import MONDAY, Archive, Talk, a_digest, an_item, labels


async def publish(archive: Archive) -> None:
    await archive.add(
        a_digest("First", of="Bees", hour=1),
        a_digest("Second", of="Web 3", hour=2),
        a_digest("Third", of="Bees", hour=3),
        a_digest("Fourth", hour=4),
    )


async def titles_after(talk: Talk, command: str, count: int) -> list[str]:
    await talk.person.says(command)
    return [(await talk.person.next_message()).text.split("\n")[0] for _ in range(count)]


@pytest.mark.parametrize(
    ("command", "titles"),
    [
        ("/latest", ["Fourth"]),
        ("/latest 1", ["Fourth"]),
        ("/latest 3", ["Second", "Third", "Fourth"]),
        ("/latest ３", ["Second", "Third", "Fourth"]),
        ("/latest 3期", ["Second", "Third", "Fourth"]),
        ("/latest Bees 2 期", ["First", "Third"]),
        ("/latest 5", ["First", "Second", "Third", "Fourth"]),
        ("/latest bees", ["Third"]),
        ("/latest #Bees", ["Third"]),
        ("/latest 2 Bees", ["First", "Third"]),
        ("/latest Bees 2", ["First", "Third"]),
        ("/LATEST@digest_sandbox_bot 2 “Bees”", ["First", "Third"]),
        ("/latest web 3", ["Second"]),
        ("/latest 1 Web 3", ["Second"]),
    ],
)
async def test_the_newest_come_as_asked_for_the_newest_last(
    ada: Talk, archive: Archive, command: str, titles: list[str]
) -> None:
    await publish(archive)

    assert await titles_after(ada, command, len(titles)) == titles


@pytest.mark.parametrize(
    "words",
    [
        *("0", "6", "-1", "99999999999999999999", "Bees, Web 3", "2 Bees, Web 3"),
        *(pytest.param(each * 900, id=f"900 times {each}") for each in ("9999", "Bees", "蜜蜂 ", "🐝", '"', "א")),
    ],
)
async def test_a_wrong_number_or_two_categories_are_answered_with_what_to_type(
    ada: Talk, archive: Archive, words: str
) -> None:
    await publish(archive)

    answer = await ada.says(f"/latest {words}")

    assert answer.text == "1 to 5 digests, and one category if you like: /latest 2 Bees"


async def test_a_wrong_number_is_answered_in_chinese(mei: Talk) -> None:
    assert (await mei.says("/latest 100")).text == "可写 1 到 5 期，也可加一个分类：/latest 2 AI"


async def test_a_category_without_digests_is_said_so_and_the_nearest_shown_at_a_tap(
    mei: Talk, archive: Archive
) -> None:
    await archive.add(a_digest("早报", of="开源动态"))

    answer = await mei.says("/latest 开源动向")
    assert answer.text == "还没有“开源动向”的简报。\n你要找的是下面这些吗？"
    assert labels(answer) == ["开源动态"]

    assert (await mei.is_sent("开源动态")).text.startswith("早报")


async def test_an_empty_archive_is_no_dead_end(ada: Talk) -> None:
    answer = await ada.says("/latest")

    assert answer.text == "There is no digest yet."
    assert labels(answer) == ["Everything"]


async def test_a_digest_of_the_future_is_not_shown(ada: Talk, archive: Archive) -> None:
    ahead = (SystemClock().now() - MONDAY) // timedelta(hours=1) + 2
    await archive.add(a_digest("Now"), a_digest("Tomorrow", hour=ahead))

    assert await titles_after(ada, "/latest", 1) == ["Now"]


async def test_a_long_digest_comes_in_parts_in_order_with_its_links(ada: Talk, archive: Archive) -> None:
    items = tuple(an_item(f"Headline {n}", f"https://example.org/{n}", "word " * 150) for n in range(10))
    await archive.add(a_digest("Long", items=items))

    await ada.person.says("/latest")
    parts = [await ada.person.next_message() for _ in range(2)]

    assert [part.text.split("\n")[0] for part in parts] == ["Long (1/2)", "Long (2/2)"]
    links = [each["url"] for part in parts for each in part.entities if each["type"] == "text_link"]
    assert links == [f"https://example.org/{n}" for n in range(10)]


async def test_reading_makes_nobody_a_subscriber(ada: Talk, archive: Archive) -> None:
    await publish(archive)

    await ada.says("/latest")

    assert await archive.subscriber(ada) is None


async def test_one_goes_back_and_forth_in_one_message(ada: Talk, mei: Talk, archive: Archive) -> None:
    await publish(archive)

    shown = await ada.says("/latest")
    assert labels(shown) == ["Older ›", "🔖 Save", "Why?"]
    shown = await ada.presses("Older ›")
    assert (shown.text.split("\n")[0], labels(shown)) == ("Third", ["‹ Newer", "Older ›", "🔖 Save", "Why?"])
    await ada.presses("Older ›")
    shown = await ada.presses("Older ›")
    assert (shown.text.split("\n")[0], labels(shown)) == ("First", ["‹ Newer", "🔖 Save", "Why?"])
    assert (await ada.presses("‹ Newer")).text.startswith("Second")
    assert len(await ada.person.received()) == 1

    await mei.says("/latest")
    shown = await mei.presses("较早 ›")
    assert (shown.text.split("\n")[0], labels(shown)) == ("Third", ["‹ 较新", "较早 ›", "🔖 收藏", "为什么？"])


async def test_of_a_category_one_goes_through_its_digests_alone(ada: Talk, archive: Archive) -> None:
    await publish(archive)
    await ada.says("/latest bees")

    shown = await ada.presses("Older ›")

    assert (shown.text.split("\n")[0], labels(shown)) == ("First", ["‹ Newer", "🔖 Save", "Why?"])


async def test_of_a_category_that_no_digest_has_the_way_goes_on(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees"))

    answer = await ada.says("/latest Gardening")

    assert (answer.text, labels(answer)) == ("No digest has “Gardening” yet.", ["Latest digest"])


async def test_the_layout_is_switched_in_place_and_kept_on_the_way(ada: Talk, mei: Talk, archive: Archive) -> None:
    long_ago = a_digest("Before", items=(an_item("Ants march", summary="In a line."),))
    await archive.add(long_ago, a_digest("Now", hour=1, items=(an_item("Bees dance", summary="They wag."),)))

    shown = await ada.says("/latest")
    assert "They wag." in shown.text
    assert labels(shown) == ["Older ›", "Headlines only", "🔖 Save", "Why?"]
    shown = await ada.presses("Headlines only")
    assert shown.text.endswith("• Bees dance")
    assert labels(shown) == ["Older ›", "With summaries", "🔖 Save", "Why?"]
    assert (await ada.presses("Older ›")).text.endswith("• Ants march")
    assert (await ada.presses("With summaries")).text.endswith("In a line.")

    await mei.says("/latest")
    assert labels(await mei.presses("只看标题")) == ["较早 ›", "显示摘要", "🔖 收藏", "为什么？"]


def a_long_digest(title: str, *, hour: int, permalink: str | None = None) -> Digest:
    items = tuple(an_item(f"{title} {n}", f"https://example.org/{n}", "word " * 150) for n in range(1, 11))
    return replace(a_digest(title, hour=hour, items=items), permalink=permalink)


@pytest.mark.parametrize("permalink", [None, "https://example.org/long"])
async def test_of_a_long_digest_the_beginning_stands_in_the_message_and_the_rest_follows_at_a_tap(
    telegram: Telegram, ada: Talk, archive: Archive, permalink: str | None
) -> None:
    await archive.add(a_long_digest("Long", hour=1, permalink=permalink), a_digest("Now", hour=2))
    await ada.says("/latest")

    shown = await ada.presses("Older ›")
    assert shown.text.startswith("Long\n")
    assert "Long 5\n" in shown.text
    assert labels(shown) == ["… and 5 more", "‹ Newer", "Headlines only", "🔖 Save", "Why?"]

    rest = await ada.is_sent("… and 5 more")
    assert rest.text.startswith("Long (2/2)\n\nLong 6\n")
    assert labels(rest) == ["‹ Newer", "Headlines only", "🔖 Save", "Why?"]
    await telegram.called("editMessageReplyMarkup", outcome="answered")
    assert [labels(each) for each in await ada.person.received()] == [[], labels(rest)]

    assert (await ada.presses("‹ Newer")).text.startswith("Now")


async def test_a_digest_in_two_languages_is_gone_by_once_and_shown_in_the_readers(
    ada: Talk, mei: Talk, archive: Archive
) -> None:
    await archive.add(
        replace(a_digest("老", hour=0), language="zh", twins="1"),
        replace(a_digest("Old", hour=0), language="en", twins="1"),
        replace(a_digest("新", hour=1), language="zh", twins="2"),
        replace(a_digest("New", hour=1), language="en", twins="2"),
    )

    assert (await ada.says("/latest")).text.startswith("New\n")
    assert (await ada.presses("Older ›")).text.startswith("Old\n")
    assert labels(await ada.presses("‹ Newer")) == ["Older ›", "🔖 Save", "Why?"]
    assert (await mei.says("/latest")).text.startswith("新\n")
    assert (await mei.presses("较早 ›")).text.startswith("老\n")


async def test_a_digest_taken_back_meanwhile_is_said_so(ada: Talk, mei: Talk, archive: Archive) -> None:
    await publish(archive)
    await ada.says("/latest")
    await mei.says("/latest")

    async with archive.database.transaction() as tx:
        [third] = await find_digests(tx, "Third.md")
        await mark_vanished(tx, third.id, now=MONDAY)

    assert (await ada.person.presses("Older ›")).text == "This digest is no longer here. /latest has the newest."
    assert (await mei.person.presses("较早 ›")).text == "这一期已经不在了，请用 /latest 看最新一期"
