import pytest

from tests.chat.conftest import Archive, Talk, a_digest, an_item, labels


async def publish(archive: Archive) -> None:
    await archive.add(
        a_digest("早报", items=(an_item("通义发布 Qwen3 开源模型", "https://example.org/qwen"),)),
        a_digest("晚报", hour=5, items=(an_item("新模型的推理更快", "https://example.org/fast", "开源社区很高兴"),)),
    )


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("开源", ["https://example.org/fast", "https://example.org/qwen"]),
        ("模型 推理", ["https://example.org/fast"]),
        ("Qwen", ["https://example.org/qwen"]),
        ("推", ["https://example.org/fast"]),
        ("ｑｗｅｎ３", ["https://example.org/qwen"]),
    ],
)
async def test_what_is_there_is_found_newest_first_with_its_link(
    mei: Talk, archive: Archive, words: str, links: list[str]
) -> None:
    await publish(archive)

    answer = await mei.says(f"/search {words}")

    assert [each["url"] for each in answer.entities if each["type"] == "text_link"] == links


async def test_hits_say_where_and_when_they_stood(mei: Talk, archive: Archive) -> None:
    await publish(archive)

    answer = await mei.says("/search Qwen")

    assert answer.text == "找到 1 条“Qwen”\n\n1. 通义发布 Qwen3 开源模型\n早报 · 2025年7月21日"


async def test_only_the_newest_ten_are_shown_and_it_is_said(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=tuple(an_item(f"Bees {n}") for n in range(11))))

    answer = await ada.says("/search bees")

    assert answer.text.startswith("The newest 10 items with “bees”; one more word narrows it\n\n1. Bees 10\n")
    assert "10. Bees 1\n" in answer.text


async def test_nothing_found_says_what_to_try(ada: Talk, mei: Talk) -> None:
    answer = await ada.says("/search bees")
    assert answer.text == "Nothing has “bees”. Try another word."
    assert labels(answer) == ["Latest digest"]

    assert (await ada.says("/search bees wasps")).text == "Nothing has all of “bees wasps”. Try fewer words."
    assert (await mei.says("/search 蜜蜂")).text == "没有找到“蜜蜂”，换个词试试。"
    assert (await mei.says("/search 蜜蜂 黄蜂")).text == "没有同时包含“蜜蜂 黄蜂”的条目，减少几个词试试。"


@pytest.mark.parametrize("words", ["", "？！", '"', "-", "*"])
async def test_without_words_it_says_what_to_type(ada: Talk, words: str) -> None:
    assert (await ada.says(f"/search {words}")).text == "Say what to look for: /search open source"


async def test_without_words_it_says_what_to_type_in_chinese(mei: Talk) -> None:
    assert (await mei.says("/search")).text == "请写上要找的词：/search 开源"


async def test_too_many_words_are_not_looked_for(ada: Talk) -> None:
    answer = await ada.says("/search " + "开" * 300)

    assert answer.text == "That is too much to look for. Try a few words: /search open source"


@pytest.mark.parametrize("words", ['bees" OR "wasps', "NEAR(bees wasps)", "headline:bees", "bees*", "AND OR NOT", "(("])
async def test_no_words_are_taken_for_a_query_language(ada: Talk, words: str) -> None:
    answer = await ada.says(f"/search {words}")

    assert answer.text.startswith(("Nothing has", "Say what"))
