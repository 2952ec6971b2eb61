"""Other ways to write the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.folding import fold_text
from bot.digests.spellings import other_spellings


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("馬斯克", ["马斯克", "馬斯剋"]),
        ("马斯克", ["馬斯克", "馬斯剋"]),
        ("后面", ["后麵", "後面", "後麵"]),
        ("头发", ["頭發", "頭髮"]),
        ("AI 云", ["AI 雲"]),
        ("学习", ["學習"]),
        ("台", ["臺", "颱", "檯"]),
        ("人工", []),
        ("Köln", []),
        ("bees", []),
    ],
)
def test_chinese_is_written_in_other_ways_too(words: str, others: list[str]) -> None:
    assert list(other_spellings(words)) == others


@pytest.mark.parametrize("words", ["什么", "什麼", "看着", "看著", "乾隆", "后面", "後面", "衞生", "衛生"])
def test_all_ways_to_write_words_are_folded_alike(words: str) -> None:
    assert {fold_text(other) for other in other_spellings(words)} <= {fold_text(words)}


def test_what_is_simplified_already_stays_as_it_is() -> None:
    assert fold_text("什么是人工智能") == "什么是人工智能"


@given(st.text())
def test_what_is_folded_stays_so(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)
