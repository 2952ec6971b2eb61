"""Emphasis in Chinese, Japanese and Korean, by the rules of markdown-cjk-friendly."""

from collections import Counter
from html import unescape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.digests.emphasis import CjkFriendlyInline, is_cjk
from tests.digests.emphasis_cases import Case, read_cases

CASES = read_cases()
PLAIN = MarkdownIt("commonmark").enable("strikethrough")
FRIENDLY = MarkdownIt("commonmark").enable("strikethrough")
FRIENDLY.inline = CjkFriendlyInline()


def html(text: str, parser: MarkdownIt = FRIENDLY) -> str:
    return str(parser.renderInline(text))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_emphasis_ends_where_a_reader_of_cjk_ends_it(case: Case) -> None:
    assert unescape(html(case.markdown)) == case.shown


def test_the_cases_are_enough_in_each_language() -> None:
    languages = Counter(case.language for case in CASES)

    assert languages.total() >= 112
    assert min(languages[language] for language in ("zh", "ja", "ko")) >= 50


def test_the_cases_are_no_gift_of_commonmark() -> None:
    # It reads each as well that has no CJK beside its asterisks, or none that matters.
    assert sum(unescape(html(case.markdown, PLAIN)) != case.shown for case in CASES) >= 112


@settings(max_examples=1_000, deadline=None)
@given(st.text(alphabet="ab1 *_~()[].,!\"'`é\\-#\n\u00a0€", max_size=40))
def test_text_without_cjk_is_read_as_commonmark_reads_it(text: str) -> None:
    # Neither GitHub nor we strike with more tildes than two, as markdown-it does.
    assume("~~~" not in text)

    assert html(text) == html(text, PLAIN)


@pytest.mark.parametrize("character", "中あア가가。「（％￥〰㊗㈱𠮷︿ｱ〈🈂")
def test_a_character_of_the_three_scripts_is_cjk(character: str) -> None:
    assert is_cjk(character)


@pytest.mark.parametrize("character", "aéя“”…·—€😀⌚⭐🈚🀄①♥\u200d\U0001fae9\U0001e030")
def test_any_other_character_is_not(character: str) -> None:
    assert not is_cjk(character)
