"""Categories under all their spellings."""

import pytest

from bot.digests.categories import categories_of, fold
from storage.model import Category


@pytest.mark.parametrize(
    "spelling", ["AI资讯", "AI 资讯", "ａｉ資訊".replace("資訊", "资讯"), " ai-资讯 ", "Ai_资讯", "AI\u3000资讯"]
)
def test_the_spellings_of_one_category_fold_together(spelling: str) -> None:
    assert fold(spelling) == "ai资讯"


def test_different_categories_stay_apart() -> None:
    assert fold("开源AI") != fold("开源动态")


def test_blank_and_double_names_are_dropped_and_the_first_spelling_is_shown() -> None:
    assert categories_of(["Open  Source", "", " - ", "open-source", "C++"]) == (
        Category("opensource", "Open Source"),
        Category("c++", "C++"),
    )
