"""`@bot words` in any chat: items to share."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from statistics import median

import pytest
from structlog.testing import capture_logs

from bot.sandbox.client import Telegram
from bot.sandbox.seen import Results
from tests.chat.conftest import Archive, Talk, a_digest, an_item


def titles(results: Results) -> list[str]:
    return [each["title"] for each in results.results]


async def test_what_is_typed_is_found_and_shared_with_a_friend(
    telegram: Telegram, ada: Talk, mei: Talk, archive: Archive
) -> None:
    bees = an_item("Bees dance", "https://example.org/bees", "They wag. " * 30 + "Nobody knows why.")
    await archive.add(a_digest(items=(bees, an_item("Ants march"))))
    group = await telegram.group("Friends", creator=ada.person)

    found = await ada.person.asks("why", chat_id=group.id)
    assert titles(found) == ["Bees dance"]
    assert found.results[0]["description"] == "…Nobody knows why.\nMorning · Jul 21, 2025"

    shared = await ada.person.chooses(found, found.results[0]["id"])
    assert shared.text == f"Bees dance\n{bees.summary.text}\n\nMorning · Jul 21, 2025"
    kinds = {each["type"] for each in shared.entities}
    assert kinds == {"bold", "text_link", "expandable_blockquote"}

    found = await mei.person.asks("蜜蜂 OR bees")
    assert (titles(found), found.button) == ([], {"text": "没有找到", "start_parameter": "inline"})
    found = await mei.person.asks("bees")
    assert found.results[0]["description"].endswith("\nMorning · 2025年7月21日")


async def test_before_anything_is_typed_the_newest_are_offered_digest_by_digest(ada: Talk, archive: Archive) -> None:
    await archive.add(
        a_digest("Old", items=(an_item("Ants"),)),
        replace(a_digest("Empty", hour=1), items=()),
        a_digest("New", hour=2, items=tuple(an_item(f"Bees {n}") for n in range(25))),
    )

    first = await ada.person.asks("")
    second = await ada.person.asks(" ", offset=first.next_offset)
    third = await ada.person.asks("", offset=second.next_offset)

    assert titles(first) == [f"Bees {n}" for n in range(20)]
    assert titles(second) == [f"Bees {n}" for n in range(20, 25)]
    assert titles(third) == ["Ants"]
    assert (await ada.person.asks("", offset=third.next_offset)).results == ()


async def test_the_newest_are_offered_in_the_language_of_whoever_asks(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(
        replace(a_digest("新", items=(an_item("蜜蜂"),)), language="zh", twins="1"),
        replace(a_digest("New", items=(an_item("Bees"),)), language="en", twins="1"),
    )

    assert titles(await ada.person.asks("")) == ["Bees"]
    assert titles(await mei.person.asks("")) == ["蜜蜂"]


async def test_many_hits_come_page_by_page(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=tuple(an_item(f"Bees {n}") for n in range(45))))

    pages = [await ada.person.asks("bees")]
    while pages[-1].next_offset:
        pages.append(await ada.person.asks("bees", offset=pages[-1].next_offset))

    assert [len(page.results) for page in pages] == [20, 20, 5]
    assert titles(pages[0])[0] == "Bees 44"


@pytest.mark.parametrize("text", ["🐝", '"', "-bees", "*" * 256, "دبور" * 60, "category:nothing", "?"])
async def test_whatever_is_typed_is_answered(ada: Talk, archive: Archive, text: str) -> None:
    await archive.add(a_digest(items=(an_item("Bees"),)))

    with capture_logs() as logs:
        found = await ada.person.asks(text, offset="no offset of ours")

    assert found.results == ()
    assert [line for line in logs if line["log_level"] in {"warning", "error"}] == []


async def test_the_longest_items_can_be_shared(ada: Talk, archive: Archive) -> None:
    items = tuple(an_item("蜂" * 600, "https://example.org/" + "蜂" * 600, "蜜蜂飞舞。" * 2_000) for _ in range(20))
    await archive.add(a_digest(items=items))

    found = await ada.person.asks("蜜蜂")

    assert len(found.results) == 20
    shared = await ada.person.chooses(found, found.results[0]["id"])
    assert shared.text.endswith("… cut off here\n\nMorning · Jul 21, 2025")


async def test_a_question_that_is_too_old_to_be_answered_is_nobodys_trouble(
    telegram: Telegram, ada: Talk, archive: Archive
) -> None:
    await archive.add(a_digest())
    await telegram.refuse(
        code=400,
        method="answerInlineQuery",
        times=1,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )

    with capture_logs() as logs:
        await ada.person.telegram.ask(
            "POST", f"/sandbox/people/{ada.person.id}/asks", {"text": "x", "chat_id": ada.person.id}
        )
        await telegram.called("answerInlineQuery", outcome="refused")
        assert (await ada.person.asks("")).results

    assert [line for line in logs if line["log_level"] in {"warning", "error"}] == []


async def test_how_long_it_takes_is_printed(ada: Talk, archive: Archive) -> None:
    items = [an_item(f"Bees {n} of 南京 {n % 7}", summary="开源模型 and more words. " * 20) for n in range(1_000)]
    await archive.add(*(a_digest(f"{n}", hour=n, items=tuple(items[n * 50 : n * 50 + 50])) for n in range(20)))
    took = []

    for words in ["bees", "南京", "开源 模型", "模", '"more words" -wasps', ""] * 5:
        await asyncio.sleep(0)
        begun = time.perf_counter()
        await ada.person.asks(words, within=timedelta(seconds=30))
        took.append(timedelta(seconds=time.perf_counter() - begun) / timedelta(milliseconds=1))

    # Seen with `pytest -rP`.
    print(f"inline, there and back: p50 {median(took):.0f} ms, slowest {max(took):.0f} ms")  # noqa: T201
