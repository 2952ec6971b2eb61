"""The words of a query are shown where they stand, whatever form they have there."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search_query import read_query
from storage.search_spans import holds, spans


def marked(text: str, query: str) -> str:
    for offset, length in reversed(spans(text, read_query(query))):
        text = f"{text[:offset]}[{text[offset : offset + length]}]{text[offset + length :]}"
    return text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("开源模型", "Qwen3 [开源模型]，AI", id="a CJK word"),
        pytest.param("源模", "Qwen3 开[源模]型，AI", id="a part of one"),
        pytest.param("模", "Qwen3 开源[模]型，AI", id="one character"),
        pytest.param("型", "Qwen3 开源模[型]，AI", id="the last character"),
        pytest.param("开源 源模型", "Qwen3 [开源模型]，AI", id="what overlaps is one"),
        pytest.param("qwen", "[Qwen]3 开源模型，AI", id="a name without its number"),
        pytest.param("QWEN3", "[Qwen3] 开源模型，AI", id="a name with its number"),
        pytest.param('"3 开源"', "Qwen[3 开源]模型，AI", id="a phrase over blanks"),
        pytest.param("-开源 ai", "Qwen3 开源模型，[AI]", id="what was not wanted is not shown"),
        pytest.param("闭源 since:2025", "Qwen3 开源模型，AI", id="nothing of it"),
    ],
)
def test_where_words_stand(query: str, shown: str) -> None:
    assert marked("Qwen3 开源模型，AI", query) == shown


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        pytest.param("Training is no AI", "ai", "Training is no [AI]", id="a whole word only"),
        pytest.param("ＡＩ，ｶﾞｲﾄﾞ", "ガイド ai", "[ＡＩ]，[ｶﾞｲﾄﾞ]", id="full and half width"),
        pytest.param("㈱ミラー", "株", "[㈱]ミラー", id="a character that is several"),
        pytest.param("ﬁne café", "fine cafe", "[ﬁne] [café]", id="ligatures and accents"),
        pytest.param("e\u0301te\u0301", "été", "[e\u0301te\u0301]", id="accents apart"),
        pytest.param("a world-model", '"world model"', "a [world-model]", id="a phrase over a hyphen"),
        pytest.param("𠮷野家", "野家", "𠮷[野家]", id="beyond the first plane"),
        pytest.param("が", "か", "が", id="another kana"),
        pytest.param("か\u3099", "か", "か\u3099", id="another kana, its mark apart"),
    ],
)
def test_in_whatever_form(text: str, query: str, shown: str) -> None:
    assert marked(text, query) == shown


def test_a_traditional_text_is_marked_for_a_simplified_word() -> None:
    query = read_query("开源", spellings_of=lambda _: ["開源"])

    assert spans("一個開源模型", query) == [(2, 2)]


@given(st.text(alphabet="aB3模型開ｶﾞ㈱，é ", max_size=30), st.text(alphabet='aB3模型開ガ株"é ', min_size=1, max_size=8))
def test_what_is_marked_is_in_the_text_and_apart(text: str, query: str) -> None:
    found = spans(text, read_query(query))

    assert all(offset >= 0 and length > 0 and offset + length <= len(text) for offset, length in found)
    assert all(offset + length < after for (offset, length), (after, _) in pairwise(found))


@given(st.text(alphabet="aB3模型開ｶﾞ㈱，é ", max_size=30), st.text(alphabet='aB3模型開ガ株"é ', min_size=1, max_size=8))
def test_a_text_that_has_a_word_is_marked(text: str, query: str) -> None:
    asked = read_query(query)

    for part in asked.words:
        assert not holds(part, text, "") or spans(text, asked)
