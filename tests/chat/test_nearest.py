from bot.chat.nearest import nearest
from bot.digests.categories import categories_of

KNOWN = categories_of(["AI资讯", "AI快讯", "开源动态", "技术前沿", "Machine Learning", "ML papers"])


def suggested(name: str) -> list[str]:
    return [category.name for category in nearest(categories_of([name])[0], KNOWN)]


def test_a_mistyped_name_finds_the_nearest() -> None:
    assert suggested("开源动向") == ["开源动态"]
    assert suggested("machine lerning") == ["Machine Learning"]
    assert set(suggested("AI资迅")) == {"AI资讯", "AI快讯"}


def test_a_short_name_finds_those_that_contain_it() -> None:
    assert suggested("ML") == ["ML papers"]
    assert suggested("开源") == ["开源动态"]


def test_a_name_is_not_its_own_suggestion() -> None:
    assert "开源动态" not in suggested("开源动态")


def test_a_name_like_no_other_finds_nothing() -> None:
    assert suggested("园艺") == []
