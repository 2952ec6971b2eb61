"""Emphasis that Chinese, Japanese and Korean can use: the rules of markdown-cjk-friendly.

CommonMark (6.2) decides by blanks and punctuation around the asterisks, and CJK text has no blanks: in
`通过**硬蒸馏（distillation）**技术` it finds no end. The amendment (github.com/tats-u/markdown-cjk-friendly,
specification.md of 2026-01-18, for CommonMark 0.31.2 and Unicode 17) lets a CJK character beside the asterisks count as
a blank would.
"""

import unicodedata
from bisect import bisect
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import image, link
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.rules_inline.strikethrough import tokenize as strikethrough
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bot.digests.brackets import plain_brackets

# Not more tildes (GitHub Flavored Markdown 6.5): they draw out a word. Not one, as there: it is a range, `10~20`.
_STRIKES = 2
_PICTURES = "pictures around"
# More than twice the longest line of a real digest; what follows in the same paragraph is plain words.
_LONGEST = 50_000
_FULLWIDTH_QUOTES = "‘’“”"
_IDEOGRAPHIC = range(0xE0100, 0xE01F0)
# U+FE0F asks for an emoji, which is not CJK.
_SELECTORS = range(0xFE00, 0xFE0F)
_FULLWIDTH_SELECTOR = "\ufe01"
# What is wide (UAX #11) but no emoji by default (UTS #51), and all Hangul. Not asked of `unicodedata`, which knows as
# much Unicode as its Python does, and 3.11 calls all wide that it does not know. Ranges go on over unassigned ones.
_CJK = (
    range(0x1100, 0x1200),  # Hangul letters that join a syllable
    range(0x20A9, 0x20AA),  # ₩
    range(0x2329, 0x232B),  # angle brackets
    range(0x2630, 0x2638),  # trigrams
    range(0x268A, 0x2690),  # monograms and digrams
    range(0x2E80, 0x303F),  # radicals, ideographic descriptions, punctuation
    range(0x3041, 0x3248),  # kana, bopomofo, Hangul letters, strokes, what is in brackets and circles
    range(0x3250, 0xA4C7),  # ideographs and Yi
    range(0xA960, 0xA97D),  # Hangul letters
    range(0xAC00, 0xD7FC),  # Hangul syllables, and letters
    range(0xF900, 0xFB00),  # compatibility ideographs
    range(0xFE10, 0xFE1A),  # vertical forms
    range(0xFE30, 0xFE6C),  # vertical and small forms
    range(0xFF01, 0xFFEF),  # full- and half-width forms
    range(0x16FE0, 0x1B2FC),  # Tangut, Khitan, Jurchen, kana, Nüshu
    range(0x1D300, 0x1D377),  # Tai Xuan Jing, counting rods
    # Squared kana and ideographs; of them 🈁, 🈚, 🈯, 🈲 to 🈶 and 🈸 to 🈺 are emoji.
    range(0x1F200, 0x1F201),
    range(0x1F202, 0x1F21A),
    range(0x1F21B, 0x1F22F),
    range(0x1F230, 0x1F232),
    range(0x1F237, 0x1F238),
    range(0x1F23B, 0x1F249),
    range(0x1F260, 0x1F266),  # rounded symbols
    range(0x20000, 0x3FFFE),  # ideographs
)
_CJK_BEGINS = [block.start for block in _CJK]


@lru_cache(maxsize=8192)
def is_cjk(character: str) -> bool:
    """Whether *character* is of the Chinese, Japanese or Korean scripts, their punctuation included."""
    code = ord(character)
    return code >= _CJK_BEGINS[0] and code in _CJK[bisect(_CJK_BEGINS, code) - 1]


@lru_cache(maxsize=8192)
def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


@lru_cache(maxsize=8192)
def _is_blank(character: str) -> bool:
    return character in "\t\n\f\r" or unicodedata.category(character) == "Zs"


class _CjkFriendlyState(StateInline):
    # Where brackets stand that are no links.
    plain: frozenset[int] = frozenset()

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 - markdown-it's names
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before, before_cjk = _before(self.src, start)
        # Not as markdown-it has it, to whom the words of a link end as a line does: what follows them is a bracket.
        after = self.src[end] if end < len(self.src) else " "
        blank_before, blank_after = _is_blank(before), _is_blank(after)
        sign_before, sign_after = _is_punctuation(before), _is_punctuation(after)
        beside_cjk = before_cjk or is_cjk(after)
        left = not blank_after and (not sign_after or blank_before or sign_before or beside_cjk)
        right = not blank_before and (not sign_before or blank_after or sign_after or beside_cjk)
        return Scanned(
            left and (canSplitWord or not right or sign_before),
            right and (canSplitWord or not left or sign_after),
            end - start,
        )


def _before(text: str, start: int) -> tuple[str, bool]:
    """The character before *start*, looking through a variation selector, and whether it counts as CJK."""
    if start == 0:
        return " ", False
    character = text[start - 1]
    if ord(character) in _SELECTORS and start > 1:
        base = text[start - 2]
        cjk = is_cjk(base) or (character == _FULLWIDTH_SELECTOR and base in _FULLWIDTH_QUOTES)
        return (character if _is_blank(base) else base), cjk
    return character, is_cjk(character) or ord(character) in _IDEOGRAPHIC


class CjkFriendlyInline(ParserInline):
    """markdown-it's inline parser with the amended rules, and with brackets bounded."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler.at("link", _link)
        self.ruler.at("image", _image)
        self.ruler.at("strikethrough", _strikethrough)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Add to *tokens* what the inline text *src* means."""
        src, rest = src[:_LONGEST], src[_LONGEST:]
        state = _CjkFriendlyState(src, md, env, tokens)
        # The image rule parses the words of a picture with the *env* of what stands around it.
        around = env.get(_PICTURES, 0)
        state.plain = plain_brackets(src, pictures_around=around)
        env[_PICTURES] = around + 1
        self.tokenize(state)
        env[_PICTURES] = around
        for rule in self.ruler2.getRules(""):
            rule(state)
        if rest:
            state.push("text", "", 0).content = rest
        return state.tokens


def _link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    return not _is_plain(state, state.pos) and link(state, silent)


def _image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    return not _is_plain(state, state.pos + 1) and image(state, silent)


def _strikethrough(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    if silent or state.src[state.pos] != "~":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == "~":
        end += 1
    if end - state.pos <= _STRIKES:
        return strikethrough(state, silent)
    state.push("text", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _is_plain(state: StateInline, at: int) -> bool:
    return isinstance(state, _CjkFriendlyState) and at in state.plain
