from bot.digests.categories import categories_of
from bot.digests.wording import read_words
from bot.messages.choices import count_named, quoted, quoted_words, state
from storage.model import Preferences


def test_what_a_subscriber_gets_is_one_line() -> None:
    assert state("en", Preferences()) == "You get nothing."
    assert state("en", Preferences(everything=True, categories=categories_of(["Bees"]))) == "You get everything."
    assert state("en", Preferences(categories=categories_of(["Bees", "Wasps"]))) == "You get Bees and Wasps."
    assert state("zh-Hans", Preferences(categories=categories_of(["AI快讯"]))) == "已订阅：AI快讯。"


def test_what_a_subscriber_gets_is_told_with_words() -> None:
    words, muted = tuple(read_words("Qwen 具身智能")), tuple(read_words("Musk"))
    bees = categories_of(["Bees"])

    assert state("en", Preferences(followed=words)) == "You get what mentions “Qwen” and “具身智能”."
    assert (
        state("en", Preferences(categories=bees, followed=words[:1], muted=muted))
        == "You get Bees, and what mentions “Qwen”. Nothing that mentions “Musk”."
    )
    assert state("en", Preferences(everything=True, followed=words)) == "You get everything."
    assert state("en", Preferences(muted=muted)) == "You get nothing."
    assert state("zh-Hans", Preferences(followed=words)) == "已订阅：提到“Qwen”和“具身智能”的条目。"
    assert state("zh-Hans", Preferences(everything=True, muted=muted)) == "已订阅全部。提到“Musk”的条目除外。"


def test_long_words_leave_room_for_the_rest_of_a_message() -> None:
    words = [*read_words(" ".join(f"{n}{'x' * 60}" for n in range(20))), *read_words('"' + "a;" * 8 + '"')]

    assert count_named(words[:16]) == 16
    assert len(quoted_words("en", words)) < 1_200
    assert quoted_words("en", words).endswith("and 5 more")
    assert len(state("en", Preferences(followed=tuple(words), muted=tuple(words)))) < 700


def test_names_in_a_sentence_are_marked_as_names() -> None:
    assert quoted("en", categories_of(["Bees", "Wasps"])) == "“Bees” and “Wasps”"
    assert quoted("zh-Hans", categories_of(["开源动态", "AI快讯"])) == "“开源动态”和“AI快讯”"


def test_many_and_long_names_leave_room_for_the_rest_of_a_message() -> None:
    names = categories_of(f"{n} {'x' * 700}" for n in range(3_000))

    assert len(quoted("en", names)) < 2_000
    assert quoted("en", names).endswith("and 2,980 more")
