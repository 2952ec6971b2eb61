from datetime import timedelta

import pytest

from bot.clock import SystemClock
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


@pytest.mark.parametrize("words", ["0", "6", "-1", "99999999999999999999", "9" * 4000, "Bees, Web 3", "2 Bees, Web 3"])
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
