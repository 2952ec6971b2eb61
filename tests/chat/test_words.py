"""Words that people follow and mute."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.digests import store_digest
from storage.model import Digest
from storage.sources import ensure_source
from tests.chat.conftest import Archive, Talk, a_digest, an_item, labels


async def words_of(archive: Archive, talk: Talk) -> tuple[list[str], list[str]]:
    """The words that a person follows, and those that they mute."""
    subscriber = await archive.subscriber(talk)
    if subscriber is None:
        return [], []
    preferences = subscriber.preferences
    return [word.shown for word in preferences.followed], [word.shown for word in preferences.muted]


async def publish_today(archive: Archive, *headlines: str) -> None:
    today = datetime.now(UTC) - timedelta(days=2)
    digest = Digest("today.md", "Today", today, False, (), tuple(an_item(headline) for headline in headlines))
    async with archive.database.transaction() as tx:
        source = await ensure_source(tx, "main")
        await store_digest(tx, source.id, digest, now=today)


async def test_following_words_makes_somebody_a_subscriber(ada: Talk, archive: Archive) -> None:
    answer = await ada.says('/follow Qwen "world model" 具身智能')

    assert answer.text == (
        "You follow “Qwen”, “world model”, and “具身智能”.\n"
        "Items with any of them come, from any category.\n"
        "In the last 30 days: “Qwen” 0, “world model” 0, and “具身智能” 0."
    )
    assert labels(answer) == ["Undo", "Words I follow"]
    assert await words_of(archive, ada) == (["Qwen", "world model", "具身智能"], [])


async def test_following_words_in_chinese(mei: Talk, archive: Archive) -> None:
    await publish_today(archive, "具身智能", "具身智能机器人")

    answer = await mei.says("/follow 具身智能")

    assert answer.text == "已关注“具身智能”。\n含有它的条目，不论分类都会发来。\n最近 30 天：2 条。"
    assert labels(answer) == ["撤销", "关注的词"]


async def test_it_is_said_at_once_how_often_a_word_occurred(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(items=(an_item("Qwen of long ago"),)))
    await publish_today(archive, "Qwen3 and Qwen", "QWEN", "C and C++", "馬斯克", "Qwentin")

    assert (await ada.says("/follow Qwen")).text.endswith("In the last 30 days: 2 items.")
    assert (await ada.says("/follow C++")).text.endswith("In the last 30 days: one item.")
    assert (await ada.says("/mute 马斯克")).text.endswith("In the last 30 days: one item.")
    assert (await ada.says("/follow bees")).text.endswith("In the last 30 days: no item yet.")


async def test_what_occurs_all_the_time_is_not_counted_to_its_end(ada: Talk, archive: Archive) -> None:
    await publish_today(archive, *(f"AI {n}" for n in range(201)))

    assert (await ada.says("/follow AI")).text.endswith("In the last 30 days: more than 200 items.")
    assert (await ada.says("/follow AI bees")).text.endswith("In the last 30 days: “AI” 200+ and “bees” 0.")


async def test_a_word_brings_items_even_from_other_categories(ada: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="Bees"))
    await ada.says("/subscribe Bees")

    assert "Items with it come even from other categories." in (await ada.says("/follow Qwen")).text

    await ada.says("/subscribe")
    answer = await ada.says("/follow Claude")
    assert "You get everything already. Once you choose categories, items with it still come." in answer.text


async def test_a_muted_word_keeps_items_away(mei: Talk, archive: Archive) -> None:
    await mei.says("/subscribe")

    answer = await mei.says("/mute 马斯克 马云")

    assert answer.text.startswith("已屏蔽“马斯克”和“马云”。\n含有其中任何一个的条目不再发来。\n最近 30 天：")
    assert labels(answer) == ["撤销", "屏蔽的词"]
    assert await words_of(archive, mei) == ([], ["马云", "马斯克"])


async def test_who_gets_nothing_is_told_so_when_they_mute(ada: Talk) -> None:
    answer = await ada.says("/mute Musk")

    assert answer.text.endswith("\nYou get nothing.")
    assert labels(answer)[-3:] == ["Everything", "Choose categories", "Latest digest"]


async def test_a_word_that_is_muted_is_followed_instead_and_that_is_undone(ada: Talk, archive: Archive) -> None:
    await ada.says("/mute Qwen Claude")

    answer = await ada.says("/follow bees QWEN")
    assert answer.text.splitlines()[:2] == ["You follow “bees” and “QWEN”.", "No longer muted: “QWEN”."]
    assert await words_of(archive, ada) == (["bees", "QWEN"], ["Claude"])

    answer = await ada.presses("Undo")
    assert answer.text.startswith("Done: all is as before.\nYou follow no words.")
    assert await words_of(archive, ada) == ([], ["Claude", "QWEN"])


async def test_undoing_leaves_what_was_followed_before(ada: Talk, archive: Archive) -> None:
    await ada.says("/follow Qwen")
    await ada.says("/follow Claude Qwen")

    await ada.presses("Undo")

    assert await words_of(archive, ada) == (["Qwen"], [])


async def test_what_was_followed_before_needs_no_undoing(ada: Talk) -> None:
    await ada.says("/follow Qwen")

    assert labels(await ada.says("/follow qwen")) == ["Words I follow"]


async def test_words_that_were_meant_as_one_phrase_become_one(ada: Talk, archive: Archive) -> None:
    await ada.says("/follow world")

    answer = await ada.says("/follow world model")
    assert labels(answer) == ["Undo", "Only together: “world model”", "Words I follow"]

    answer = await ada.presses("Only together: “world model”")
    assert answer.text.startswith("You follow “world model”.")
    assert await words_of(archive, ada) == (["world", "world model"], [])


@pytest.mark.parametrize("typed", ["世界 模型", "world, model", '"world model"', "world", "a b c d e", "Qwen 模型"])
async def test_one_phrase_is_offered_only_where_it_may_be_meant(ada: Talk, typed: str) -> None:
    assert not [label for label in labels(await ada.says(f"/follow {typed}")) if label.startswith("Only")]


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/follow", "You follow no words. Items with a word that you follow come even from other categories."),
        ("/mute", "You mute no words. Items with a muted word are left out of what comes."),
        ("/unfollow", "You follow no words. Items with a word that you follow come even from other categories."),
        ("/unmute", "You mute no words. Items with a muted word are left out of what comes."),
        ("/follow !!! ,,", "You follow no words. Items with a word that you follow come even from other categories."),
    ],
)
async def test_without_words_it_is_said_how_they_are_typed(
    ada: Talk, archive: Archive, command: str, text: str
) -> None:
    answer = await ada.says(command)

    kind = "mute" if "mute" in command else "follow"
    assert answer.text == f'{text}\nPhrases go in quotes: /{kind} Qwen "world model"'
    assert labels(answer) == ["Add words", "Words I follow" if kind == "mute" else "Words I mute"]
    assert await archive.subscriber(ada) is None


async def test_the_words_are_listed_with_a_button_each_to_remove_it(mei: Talk, archive: Archive) -> None:
    await mei.says("/follow Qwen 具身智能")

    answer = await mei.says("/follow")
    assert answer.text == "关注了 2 个词，含有它们的条目在其他分类里也会发来。\n点一个词就能删掉它。"
    assert labels(answer) == ["✕ Qwen", "✕ 具身智能", "添加", "屏蔽的词"]

    answer = await mei.presses("✕ Qwen")
    assert answer.text.startswith("不再关注“Qwen”。\n关注了 1 个词")
    assert labels(answer) == ["撤销", "✕ 具身智能", "添加", "屏蔽的词"]
    assert await words_of(archive, mei) == (["具身智能"], [])

    answer = await mei.presses("撤销")
    assert answer.text.startswith("已恢复原样。\n关注了 2 个词")
    assert await words_of(archive, mei) == (["Qwen", "具身智能"], [])


async def test_many_words_are_listed_in_pages(ada: Talk, archive: Archive) -> None:
    await ada.says("/mute " + " ".join(f"word{n}x" for n in range(12)))

    answer = await ada.says("/mute")
    assert len([label for label in labels(answer) if label.startswith("✕")]) == 10
    assert labels(answer)[-4:] == ["1/2", "›", "Add words", "Words I follow"]

    answer = await ada.presses("›")
    assert labels(answer)[-4:] == ["‹", "2/2", "Add words", "Words I follow"]

    await ada.presses(labels(answer)[0])
    answer = await ada.presses(
        next(label for label in labels(answer) if label.startswith("✕") and label != labels(answer)[0])
    )
    assert labels(answer)[-2:] == ["Add words", "Words I follow"]
    assert len((await words_of(archive, ada))[1]) == 10


async def test_the_two_lists_lead_to_each_other(ada: Talk) -> None:
    await ada.says("/follow Qwen")
    await ada.says("/mute Musk")
    await ada.says("/follow")

    assert labels(await ada.presses("Words I mute")) == ["✕ Musk", "Add words", "Words I follow"]
    assert labels(await ada.presses("Words I follow")) == ["✕ Qwen", "Add words", "Words I mute"]


@pytest.mark.parametrize(("command", "expected"), [("/follow", (["bees"], [])), ("/mute", ([], ["bees"]))])
async def test_words_are_asked_for_and_typed_in_reply(
    ada: Talk, archive: Archive, command: str, expected: tuple[list[str], list[str]]
) -> None:
    await ada.says(command)

    question = await ada.is_sent("Add words")
    assert question.text.endswith("Blanks between them, phrases in quotes.")

    await ada.person.says("bees", reply_to=question.id)
    assert "“bees”" in (await ada.person.next_message()).text
    assert await words_of(archive, ada) == expected


async def test_words_are_ended_by_typing_them_however_they_are_spelled(ada: Talk, archive: Archive) -> None:
    await ada.says("/follow Qwen-3 bees wasps")

    answer = await ada.says("/unfollow ＱＷＥＮ３ hornets")
    assert answer.text.splitlines()[:2] == ["You no longer follow “Qwen-3”.", "You did not follow “hornets”."]
    assert await words_of(archive, ada) == (["bees", "wasps"], [])

    await ada.presses("Undo")
    assert await words_of(archive, ada) == (["bees", "Qwen-3", "wasps"], [])


async def test_muted_words_are_ended_too(mei: Talk, archive: Archive) -> None:
    await mei.says("/mute 马斯克")

    answer = await mei.says("/unmute 馬斯克 马云")

    assert answer.text.splitlines()[:2] == ["不再屏蔽“马斯克”。", "没有屏蔽“马云”。"]
    assert await words_of(archive, mei) == ([], [])


async def test_a_word_may_not_be_longer_than_any_name(ada: Talk, archive: Archive) -> None:
    answer = await ada.says(f"/follow bees {'x' * 65}")

    assert answer.text == "A word or phrase may have 64 characters."
    assert await words_of(archive, ada) == ([], [])


async def test_no_more_than_a_hundred_words_are_kept(ada: Talk, archive: Archive) -> None:
    await ada.says("/follow " + " ".join(f"w{n}x" for n in range(100)))

    answer = await ada.says("/follow bees")
    assert answer.text.startswith("I keep 100 words for you, and you have 100. Remove some first.\n")
    assert len((await words_of(archive, ada))[0]) == 100

    assert (await ada.says("/mute bees")).text.startswith("You mute “bees”.")


async def test_of_many_words_at_once_some_are_named_and_none_is_undone(ada: Talk) -> None:
    answer = await ada.says("/follow " + ", ".join(f"word {chr(97 + n)}" for n in range(25)))

    assert answer.text.splitlines()[0].endswith("“word t”, and 5 more.")
    assert labels(answer) == ["Words I follow"]


async def test_a_button_of_a_word_that_is_gone_says_so(ada: Talk) -> None:
    await ada.says("/follow Qwen")
    await ada.says("/follow")
    await ada.says("/unfollow Qwen")

    answer = await ada.person.presses("✕ Qwen")

    assert answer.text is not None
    assert "out of date" in answer.text


async def test_what_somebody_gets_is_told_with_their_words(ada: Talk, mei: Talk, archive: Archive) -> None:
    await archive.add(a_digest(of="AI"))
    for talk in (ada, mei):
        await talk.says("/follow Qwen 具身智能")

    assert "You get what mentions “Qwen” and “具身智能”." in (await ada.says("/categories")).text
    assert "已订阅：提到“Qwen”和“具身智能”的条目。" in (await mei.says("/categories")).text

    for talk in (ada, mei):
        await talk.says("/mute Musk")
    assert (await ada.says("/subscribe AI")).text.startswith(
        "You get AI, and what mentions “Qwen” and “具身智能”. Nothing that mentions “Musk”."
    )
    assert (await mei.says("/subscribe AI")).text.startswith(
        "已订阅：AI，以及提到“Qwen”和“具身智能”的条目。提到“Musk”的条目除外。"
    )
