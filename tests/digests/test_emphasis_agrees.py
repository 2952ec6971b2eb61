"""Emphasis is read as others read it: as comrak, which knows the same rules, and without CJK as markdown-it-py.

Where they differ, each difference is named here, with the sentence that decides.
"""

import re
import sys
import unicodedata
from functools import cache
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from bot.digests.emphasis import CjkFriendlyInline, is_cjk
from tests.digests.emphasis_at_random import CJK, LATIN, inline_texts
from tests.digests.emphasis_cases import Case, read_cases

comrak = pytest.importorskip("comrak", reason="comrak has no wheel for this platform")

FEW, MANY = 2_000, 20_000
# comrak, as cmark-gfm, looks through tildes for the character beside asterisks and underscores, and through a selector
# before them. To CommonMark (2.1) a tilde is Unicode punctuation, and (6.2) what follows or precedes a run decides.
LOOKED_THROUGH = re.compile("~[\ufe00-\ufe0e]?[*_~]|[*_]~")
# markdown-it takes the end of a link's words for the end of a line. To CommonMark (6.2) a run there is followed by
# punctuation, the bracket.
BEFORE_BRACKET = re.compile(r"[*_~]\]\(")
# GitHub Flavored Markdown (6.5) strikes with one tilde, too; but in CJK text `10~20` is a range.
ONE_TILDE = "Strikethrough has two tildes"


class Structure(HTMLParser):
    """What HTML says of words, without what can be said in several ways."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 its signature
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        self._mark(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self._mark(f"!{data}")

    def handle_data(self, data: str) -> None:
        self._words += data

    def _mark(self, tag: str) -> None:
        if self._words.strip("\n"):
            self.found.append(self._words)
        self._words = ""
        if tag not in ("p", "/p"):
            self.found.append(f"<{tag.replace('del', 's')}>")


def structure(html: str) -> list[str]:
    reader = Structure()
    reader.feed(f"{html}<end>")
    reader.close()
    return reader.found


@cache
def parser(*, friendly: bool, strikethrough: bool) -> MarkdownIt:
    made = MarkdownIt("commonmark")
    if friendly:
        made.inline = CjkFriendlyInline()
    return made.enable("strikethrough") if strikethrough else made.disable("strikethrough")


def ours(text: str, *, strikethrough: bool = True) -> list[str]:
    return structure(parser(friendly=True, strikethrough=strikethrough).render(text))


def of_markdown_it(text: str) -> list[str]:
    return structure(parser(friendly=False, strikethrough=True).render(text))


def of_comrak(text: str, *, strikethrough: bool = True) -> list[str]:
    return structure(by_comrak(text, strikethrough=strikethrough))


def by_comrak(text: str, *, strikethrough: bool = True) -> str:
    extension, rendering = comrak_options(strikethrough=strikethrough)
    return str(comrak.render_markdown(text, extension_options=extension, render_options=rendering))


@cache
def comrak_options(*, strikethrough: bool) -> tuple[object, object]:
    extension, rendering = comrak.ExtensionOptions(), comrak.RenderOptions()
    extension.cjk_friendly_emphasis, extension.strikethrough, rendering.unsafe_ = True, strikethrough, True
    return extension, rendering


@pytest.mark.parametrize("case", [case for case in read_cases() if not case.rule.startswith(ONE_TILDE)], ids=str)
def test_every_case_is_read_as_comrak_reads_it(case: Case) -> None:
    assert ours(case.markdown) == of_comrak(case.markdown)


@pytest.mark.parametrize(
    ("count", "seed"), [pytest.param(FEW, 1, id="few"), pytest.param(MANY, 2, marks=pytest.mark.long, id="many")]
)
def test_random_text_is_read_as_comrak_reads_it(count: int, seed: int) -> None:
    # In a heading, so that no line begins a list.
    texts = [f"# {text}" for text in inline_texts(count, of=CJK, seed=seed)]

    others = [text for text in texts if ours(text) != of_comrak(text)]

    assert [ascii(text) for text in others if not agrees_but_for_tildes(text)] == []
    assert len(others) < count / 50
    assert sum(map(is_emphasised, texts)) > count / 4


@pytest.mark.parametrize(
    ("count", "seed"), [pytest.param(FEW, 3, id="few"), pytest.param(MANY, 4, marks=pytest.mark.long, id="many")]
)
def test_random_text_without_cjk_is_read_as_markdown_it_reads_it(count: int, seed: int) -> None:
    texts = [f"# {text}" for text in inline_texts(count, of=LATIN, seed=seed)]

    others = [text for text in texts if ours(text) != of_markdown_it(text)]

    assert [ascii(text) for text in others if not agrees_but_before_brackets(text)] == []
    assert len(others) < count / 200
    assert sum(map(is_emphasised, texts)) > count / 4


def agrees_but_for_tildes(text: str) -> bool:
    """Whether comrak looks through tildes in *text*, and reads it as we do where they are mere words."""
    mere = ours(text, strikethrough=False) == of_comrak(text, strikethrough=False)
    return mere and LOOKED_THROUGH.search(text) is not None


def agrees_but_before_brackets(text: str) -> bool:
    """Whether markdown-it errs before a bracket in *text*, and comrak reads it as we do."""
    agreed = ours(text) == of_comrak(text) or agrees_but_for_tildes(text)
    return agreed and BEFORE_BRACKET.search(text) is not None


def is_emphasised(text: str) -> bool:
    return not {"<em>", "<strong>", "<s>"}.isdisjoint(ours(text))


def test_a_character_is_cjk_to_us_if_it_is_to_comrak() -> None:
    # Those that this Python's Unicode knows; ASCII has no CJK, and blanks part whatever they are.
    unasked = ("Cn", "Cs", "Zs")
    known = [sign for sign in map(chr, range(0x80, sys.maxunicode)) if unicodedata.category(sign) not in unasked]

    assert [ascii(sign) for sign in known if is_cjk(sign) != is_cjk_to_comrak(sign)] == []


def is_cjk_to_comrak(sign: str) -> bool:
    """Whether asterisks close between *sign* and a letter, and between punctuation and *sign*."""
    return "<em>" in by_comrak(f"*.*{sign}") and "<em>" in by_comrak(f"*a{sign}*a")
