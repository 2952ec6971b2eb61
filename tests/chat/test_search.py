"""`/search words`, as a conversation."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, Update
from telegram.ext import ExtBot

from bot.chat.alert import FollowSearch
from bot.chat.search import LookFor, ShowHits
from bot.digests.wording import MOST_WORDS
from bot.messages.taps import write
from bot.sandbox.seen import Message
from storage.model import Word
from storage.words import keep_words
from tests.chat.conftest import AnyApplication, Archive, Talk, a_digest, an_item, labels


async def publish(archive: Archive) -> None:
    await archive.add(
        a_digest("早报", of="大模型", items=(an_item("通义发布 Qwen3 开源模型", "https://example.org/qwen"),)),
        a_digest("晚报", hour=5, items=(an_item("新模型的推理更快", "https://x.com/fast", "开源社区很高兴"),)),
    )


def links(message: Message) -> list[str]:
    return [each["url"] for each in message.entities if each["type"] == "text_link"]


def in_bold(message: Message) -> list[str]:
    units = message.text.encode("utf-16-le")
    spans = [(each["offset"], each["length"]) for each in message.entities if each["type"] == "bold"]
    return [units[2 * offset : 2 * (offset + length)].decode("utf-16-le") for offset, length in spans]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("开源", ["https://x.com/fast", "https://example.org/qwen"]),
        ("模型 推理", ["https://x.com/fast"]),
        ("Qwen", ["https://example.org/qwen"]),
        ("推", ["https://x.com/fast"]),
        ("ｑｗｅｎ３", ["https://example.org/qwen"]),
        ('"开源模型"', ["https://example.org/qwen"]),
        ("模型 -推理", ["https://example.org/qwen"]),
        ("模型 from:x.com", ["https://x.com/fast"]),
        ("模型 category:大模型", ["https://example.org/qwen"]),
        ("模型 分类:#大模型", ["https://example.org/qwen"]),
        ("開源", ["https://x.com/fast", "https://example.org/qwen"]),
        ("模型 since:2025", ["https://x.com/fast", "https://example.org/qwen"]),
        ("since:2025-06 -推理", ["https://example.org/qwen"]),
    ],
)
async def test_what_is_there_is_found_newest_first_with_its_link(
    mei: Talk, archive: Archive, words: str, found: list[str]
) -> None:
    await publish(archive)

    assert links(await mei.says(f"/search {words}")) == found


async def test_hits_say_where_and_when_they_stood_and_the_words_are_bold(mei: Talk, archive: Archive) -> None:
    await publish(archive)

    answer = await mei.says("/search qwen")
    assert answer.text == "qwen · 共 1 条\n\n1. 通义发布 Qwen3 开源模型\n早报 · 2025年7月21日"
    assert in_bold(answer) == ["Qwen"]

    answer = await mei.says("/search 开源 模型")
    assert answer.text == (
        "开源 模型 · 共 2 条\n\n1. 新模型的推理更快\n开源社区很高兴\n晚报 · 2025年7月21日\n\n"
        "2. 通义发布 Qwen3 开源模型\n早报 · 2025年7月21日"
    )
    assert in_bold(answer) == ["模型", "开源", "开源模型"]


async def test_a_hit_is_opened_by_its_number(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=(an_item("Bees dance", summary="They wag."), an_item("Bees sleep"))))

    assert labels(await ada.says("/search bees")) == ["1", "2", "🔔 Follow"]
    opened = await ada.is_sent("2")

    assert opened.text.startswith("Bees dance\n\nThey wag.\n\nMorning")


async def test_one_goes_through_the_hits_ten_by_ten_in_one_message(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=tuple(an_item(f"Bees {n}") for n in range(1, 26))))

    first = await ada.says("/search bees")
    assert first.text.startswith("bees · 1–10 of 25\n\n1. Bees 25\n")
    assert labels(first) == [*map(str, range(1, 11)), "Older ›", "🔔 Follow"]

    second = await ada.presses("Older ›")
    assert second.text.startswith("bees · 11–20 of 25\n\n11. Bees 15\n")
    assert labels(second) == [*map(str, range(11, 21)), "‹ Newer", "Older ›", "🔔 Follow"]

    last = await ada.presses("Older ›")
    assert last.text.startswith("bees · 21–25 of 25\n\n21. Bees 5\n")
    assert labels(last) == [*map(str, range(21, 26)), "‹ Newer", "🔔 Follow"]

    await ada.presses("‹ Newer")
    assert (await ada.presses("‹ Newer")).text == first.text
    assert len(await ada.person.received()) == 1

    assert (await mei.says("/search bees")).text.startswith("bees · 第 1–10 条，共 25 条")
    assert labels(await mei.presses("较早 ›"))[-3:] == ["‹ 较新", "较早 ›", "🔔 关注"]


async def test_a_hostile_query_is_the_same_on_the_next_page(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=tuple(an_item(f"Bees 🐝 #{n} of דבורים *_`[x](y)`") for n in range(11))))

    await ada.says('/search   BEES\n"דבורים   x" #8 -wasps 🐝')
    await ada.says("/search bees   דבורים -wasps _x_ `y`")
    older = await ada.presses("Older ›")

    assert older.text.startswith("bees דבורים -wasps _x_ `y`")
    assert "11. Bees" in older.text


async def test_nothing_found_says_what_to_try(ada: Talk, mei: Talk) -> None:
    answer = await ada.says("/search bees")
    assert answer.text == "bees · nothing\nTry another word, or fewer."
    assert labels(answer) == ["🔔 Follow", "Latest digest"]

    answer = await mei.says("/search 蜜蜂 黄蜂")
    assert answer.text == "蜜蜂 黄蜂 · 没有找到\n换个词，或者少写几个词试试。"
    assert labels(answer) == ["🔔 关注", "最新一期"]


async def test_nothing_found_offers_what_is_nearest_at_a_tap(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=(an_item("Bees dance"), an_item("Ants of 南京 march"))))

    answer = await ada.says("/search bees march")
    assert answer.text == "bees march · nothing\nInstead, perhaps:"
    assert sorted(labels(answer)) == ["bees", "march", "🔔 Follow"]
    assert (await ada.presses("march")).text.startswith("march · one item\n\n1. Ants of 南京 march")

    assert labels(await ada.says("/search dnace")) == ["dance", "🔔 Follow"]
    assert (await ada.presses("dance")).text.startswith("dance · one item\n\n1. Bees dance")

    await mei.says("/search 南京 蜜蜂")
    assert (await mei.presses("南京")).text.startswith("南京 · 共 1 条\n\n1. Ants")


async def followed(archive: Archive, talk: Talk) -> list[str]:
    subscriber = await archive.subscriber(talk)
    return [word.shown for word in subscriber.preferences.followed] if subscriber else []


async def test_a_search_becomes_an_alert_at_a_tap(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=(an_item("Bees dance in 南京"),)))

    await ada.says('/search "bees dance" 南京')
    toast = await ada.person.presses("🔔 Follow")
    [word] = await followed(archive, ada)
    assert toast.text == f"🔔 You follow {word}: what has it comes by itself. To change that: /follow"
    assert (word[:10], word[-2:]) == ("bees dance", "南京")

    # Nor is it needed that there is anything yet.
    await mei.says("/search 黄蜂")
    toast = await mei.person.presses("🔔 关注")
    assert toast.text == "🔔 已关注 黄蜂，有新内容会自动发给你。管理关注：/follow"
    await mei.person.presses("🔔 关注")
    assert await followed(archive, mei) == ["黄蜂"]


@pytest.mark.parametrize("words", ["bees -wasps", "bees from:x.com", "category:Nature", f'bees "{"x" * 90}"'])
async def test_what_cannot_be_followed_as_it_is_searched_is_not_offered(ada: Talk, words: str) -> None:
    assert "🔔 Follow" not in labels(await ada.says(f"/search {words}"))


async def test_a_hundred_and_first_alert_does_not_fit(ada: Talk, mei: Talk, archive: Archive) -> None:
    for talk, button, toast in (
        (ada, "🔔 Follow", "You follow 100 words, and no more fit. /follow lets go of some."),
        (mei, "🔔 关注", "已关注 100 个词，不能再多了。用 /follow 去掉一些。"),
    ):
        await talk.says("/start")
        subscriber = await archive.subscriber(talk)
        assert subscriber is not None
        async with archive.database.transaction() as tx:
            await keep_words(tx, subscriber.id, "follow", [Word(f"w{n}", f"w{n}") for n in range(MOST_WORDS)])

        await talk.says("/search bees")
        assert (await talk.person.presses(button)).text == toast

        assert len(await followed(archive, talk)) == MOST_WORDS


async def test_a_category_that_there_is_not_is_said_so(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Nature", items=(an_item("Bees dance"),)))

    answer = await ada.says("/search bees category:Natur")
    assert answer.text == "bees category:Natur · nothing\nNo category is called “Natur”.\nInstead, perhaps:"
    assert labels(answer) == ['bees category:"Nature"', "bees"]
    assert (await ada.presses('bees category:"Nature"')).text.startswith('bees category:"Nature" · one item')
    answer = await mei.says("/search bees 分类:自然")
    assert answer.text.startswith("bees 分类:自然 · 没有找到\n没有叫“自然”的分类。\n")


@pytest.mark.parametrize("words", ["", "？！", '"', "-", "*", "🐝🐝", "\u200f\u200f", "-bees", "." * 150])
async def test_without_words_it_says_what_to_type(ada: Talk, words: str) -> None:
    answer = await ada.says(f"/search {words}")

    assert answer.text.startswith("Say what to look for: /search open source\nAlso: ")


async def test_without_words_it_says_what_to_type_in_chinese(mei: Talk) -> None:
    assert (await mei.says("/search")).text.startswith("请写上要找的词：/search 开源\n还可以这样写：")


@pytest.mark.parametrize("words", ["开" * 300, "bees " * 800, "?" * 4_000, "دب" * 200])
async def test_too_much_is_not_looked_for(ada: Talk, words: str) -> None:
    answer = await ada.says("/search " + words)

    assert answer.text == "That is too much to look for. Try a few words: /search open source"


async def test_too_much_is_not_looked_for_in_chinese(mei: Talk) -> None:
    assert (await mei.says("/search " + "开" * 300)).text == "要找的太长了，写几个词就好：/search 开源"


@pytest.mark.parametrize("words", ['bees" OR "wasps', "NEAR(bees wasps)", "headline:bees", "bees*", "AND OR NOT", "(("])
async def test_no_words_are_taken_for_a_query_language(ada: Talk, words: str) -> None:
    answer = await ada.says(f"/search {words}")

    assert "· nothing\n" in answer.text or answer.text.startswith("Say what")


async def test_buttons_of_a_list_that_is_no_more_are_answered_politely(
    telegram_bot: ExtBot[None], application: AnyApplication, ada: Talk, mei: Talk
) -> None:
    for talk, toast in (
        (ada, "This list is out of date. Please search again."),
        (mei, "这份结果已经过期，请重新搜索。"),
    ):
        await talk.says("/help")
        for data in map(write, (ShowHits(0), ShowHits(10**18 - 1), FollowSearch())):
            keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("old", callback_data=data)]])
            message = await telegram_bot.send_message(talk.person.id, "From long ago", reply_markup=keyboard)
            await talk.person.next_message()
            assert (await talk.person.presses("old", message_id=message.message_id)).text == toast

    person = {"id": ada.person.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    gone = {"message_id": 1, "date": 0, "chat": {"id": ada.person.id, "type": "private"}}
    for data in (write(ShowHits(0)), write(LookFor(0)), write(FollowSearch())):
        query = {"id": "1", "from": person, "chat_instance": "1", "message": gone, "data": data}
        await application.process_update(Update.de_json({"update_id": 1, "callback_query": query}, application.bot))
    assert (await ada.says("/search")).text.startswith("Say what")


@pytest.mark.parametrize("first", [10, 2_010, 10**17])
async def test_a_page_that_is_no_more_is_said_so(
    telegram_bot: ExtBot[None], ada: Talk, archive: Archive, first: int
) -> None:
    await archive.add(a_digest(items=(an_item("Bees"),)))
    await ada.says("/help")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("old", callback_data=write(ShowHits(first)))]])
    message = await telegram_bot.send_message(
        ada.person.id, "bees", entities=[MessageEntity("code", 0, 4)], reply_markup=keyboard
    )

    answer = await ada.person.presses("old", message_id=message.message_id)

    assert answer.text == "This list is out of date. Please search again."


async def test_what_is_not_counted_to_the_end_is_said_to_be_more(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(*(a_digest(f"{n}", hour=n, items=(an_item("Bees"),) * 300) for n in range(4)))

    assert (await ada.says("/search bees")).text.startswith("bees · 1–10 of 1,000+\n")
    assert (await mei.says("/search bees")).text.startswith("bees · 第 1–10 条，共 1,000+ 条\n")
