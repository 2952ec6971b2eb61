from bot.digests.categories import categories_of
from bot.messages.choices import quoted, state
from storage.model import Preferences


def test_what_a_subscriber_gets_is_one_line() -> None:
    assert state("en", Preferences()) == "You get nothing."
    assert state("en", Preferences(everything=True, categories=categories_of(["Bees"]))) == "You get everything."
    assert state("en", Preferences(categories=categories_of(["Bees", "Wasps"]))) == "You get Bees and Wasps."
    assert state("zh-Hans", Preferences(categories=categories_of(["AI快讯"]))) == "已订阅：AI快讯。"


def test_names_in_a_sentence_are_marked_as_names() -> None:
    assert quoted("en", categories_of(["Bees", "Wasps"])) == "“Bees” and “Wasps”"
    assert quoted("zh-Hans", categories_of(["开源动态", "AI快讯"])) == "“开源动态”和“AI快讯”"


def test_many_and_long_names_leave_room_for_the_rest_of_a_message() -> None:
    names = categories_of(f"{n} {'x' * 700}" for n in range(3_000))

    assert len(quoted("en", names)) < 2_000
    assert quoted("en", names).endswith("and 2,980 more")
