"""Running text at random, of whatever decides where emphasis begins and ends."""

import random
from collections.abc import Iterator

_DELIMITERS = (*["*"] * 6, *["**"] * 8, *["***"] * 3, "****", *["_"] * 4, *["__"] * 3, "___", *["~~"] * 4)
# To markdown-it three tildes are one and two.
_TILDES = (*_DELIMITERS, "~~~")
_CJK = (
    *"中文强调开源模型漢字かなカナテストーｱﾝ々〇ㄅ한국어라고는입니다ㅎ",
    *"，。！？；：、（）「」『』《》【】〈〉〜～￥％＂＊＿·…—“”‘’",
    *"𠮷𩸽㊗〰🈂⿰☰䷀₩\u115f\u1112\u1161\u11ab\ud7b0\u3099",
)  # fmt: skip
_SELECTED = (
    "葛\U000e0100", "\U000e0101", "字\ufe00", "。\ufe00", "，\ufe01", "㊙\ufe0f", "㊙\ufe0e", "“\ufe01", "”\ufe01",
    "’\ufe00", "↔\ufe0e", "\ufe0e", "\ufe01",
)  # fmt: skip
_EMOJI = ("👍", "⭐", "❤", "❤\ufe0f", "👩\u200d💻", "👍🏽", "🇯🇵", "1\ufe0f\u20e3", "🈚", "\ufe0f", "\u200d", "\u200b")
_LATIN = (*"abXYZ019éßя", "word", "GPT-4", "naïve")
_BLANKS = (*[" "] * 5, "\u00a0", "\u2003")
# No `]`: a link in a link, which CommonMark 6.3 rules out, comrak lets through. No `^`: `![^` opens no picture there.
_SIGNS = tuple("()[{}.,:;!?\"'%$+-=/@|<&€«»–—’")
# No backtick that stands alone: comrak loses code after some of them.
_INLINE = (
    "`code`", "``a`b``", "[a](<b c>)", "![a*b*](p.png)", "<b>", "</b>", "<https://example.org>", "<!-- x -->", "\\*",
    "\\_", "\\~", "\\\\", "&amp;", "&nbsp;", "&hellip;", "&copy;",
)  # fmt: skip
_Parts = tuple[tuple[tuple[str, ...], int], ...]
LATIN: _Parts = ((_DELIMITERS, 8), (_LATIN, 6), (_BLANKS, 3), (_SIGNS, 3), (_EMOJI, 1), (_INLINE, 1))
CJK: _Parts = (
    (_TILDES, 8), (_CJK, 8), (_LATIN, 3), (_SELECTED, 2), (_SIGNS, 2), (_BLANKS, 1), (("\u3000", "&#x3000;"), 1),
    (_EMOJI, 1), (_INLINE, 1),
)  # fmt: skip


def inline_texts(count: int, *, of: _Parts, seed: int) -> Iterator[str]:
    """So many texts, of one line each, the same for the same *seed*."""
    chance = random.Random(seed)  # noqa: S311 nothing is secret here
    for _ in range(count):
        yield _text(chance, of, most=18, links=True)


def _text(chance: random.Random, parts: _Parts, *, most: int, links: bool) -> str:
    text = ""
    for _ in range(chance.randint(1, most)):
        if links and chance.random() < 1 / 12:
            text += f"[{_text(chance, parts, most=5, links=False)}](https://example.org)"
            continue
        (part,) = chance.choices([part for part, _ in parts], [weight for _, weight in parts])
        piece = chance.choice(part)
        # Two tildes after two are four, and a backtick after another or after a backslash stands alone.
        if not (piece[0] in "`~" and text.endswith((piece[0], "\\"))):
            text += piece
    return text.strip()
