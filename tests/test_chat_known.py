"""What people may call a category: as digests do, by its hashtag, and by the operator's other names for it."""

from bot.chat.known import Known
from bot.chat.names import read_names
from bot.digests.categories import CategoryTable
from storage.categories import NamedCategory
from storage.model import Category

AI = Category("ai资讯", "AI 资讯")
TABLE = CategoryTable.of({"AI 资讯": ["AI News", "新闻"], "Rust": ["Rust 语言"]})


def named(words: str, *carried: Category) -> list[str]:
    known = Known({each.folded: NamedCategory(id_, each, carried=True) for id_, each in enumerate(carried)}, TABLE)
    return [category.name for category in read_names(words, known.spellings)]


def test_another_name_of_a_category_names_it() -> None:
    assert named("ai news", AI) == ["AI 资讯"]
    assert named("新闻, AI 资讯, bees", AI) == ["AI 资讯", "bees"]


def test_it_does_so_before_any_digest_carries_the_category() -> None:
    assert named("rust语言") == ["Rust"]


def test_it_does_so_though_somebody_chose_it_by_that_name_before() -> None:
    assert named("AI News", Category("ainews", "AI News"), AI) == ["AI 资讯"]
