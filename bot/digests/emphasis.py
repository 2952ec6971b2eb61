"""Emphasis that Chinese, Japanese and Korean can use: the rules of markdown-cjk-friendly.

CommonMark (6.2) decides by blanks and punctuation around the asterisks, and CJK text has no blanks: in
`通过**硬蒸馏（distillation）**技术` it finds no end. The amendment (github.com/tats-u/markdown-cjk-friendly,
specification.md, for CommonMark 0.31.2) lets a CJK character beside the asterisks count as a blank would.
"""

import unicodedata
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import image, link
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bot.digests.brackets import plain_brackets

_PICTURES = "pictures around"
# More than twice the longest line of a real digest; what follows in the same paragraph is plain words.
_LONGEST = 50_000
_WIDE = ("W", "F", "H")
_FULLWIDTH_QUOTES = "‘’“”"
_IDEOGRAPHIC_SELECTORS = range(0xE0100, 0xE01F0)
# U+FE0F asks for an emoji, which is not CJK.
_SELECTORS = range(0xFE00, 0xFE0F)
_FULLWIDTH_SELECTOR = "\ufe01"
# Hangul letters that are not wide: the vowels and finals that join a syllable.
_NARROW_HANGUL = range(0x1160, 0x1200)
# Blocks in which what is wide is so only because it is an emoji (UTS #51), but for those that follow.
_SYMBOLS = (
    range(0x231A, 0x2329),
    range(0x232B, 0x2630),
    range(0x2638, 0x268A),
    range(0x2690, 0x2B56),
    range(0x1F004, 0x1FB00),
)
_WIDE_WITHOUT_EMOJI = frozenset(
    (0x1F200, 0x1F202, *range(0x1F210, 0x1F23C), *range(0x1F240, 0x1F249), *range(0x1F260, 0x1F266))
) - {0x1F21A, 0x1F22F, *range(0x1F232, 0x1F237), *range(0x1F238, 0x1F23B)}


@lru_cache(maxsize=8192)
def is_cjk(character: str) -> bool:
    """Whether *character* is of the Chinese, Japanese or Korean scripts, their punctuation included."""
    code = ord(character)
    if code in _NARROW_HANGUL:
        return True
    if unicodedata.east_asian_width(character) not in _WIDE:
        return False
    return code in _WIDE_WITHOUT_EMOJI or not any(code in block for block in _SYMBOLS)


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
        after = self.src[end] if end < self.posMax else " "
        blank_before, blank_after = _is_blank(before), _is_blank(after)
        sign_before, sign_after = _is_punctuation(before), _is_punctuation(after)
        beside_cjk = not (blank_before or blank_after) and (before_cjk or is_cjk(after))
        after_selector = ord(before) in _IDEOGRAPHIC_SELECTORS
        left = not blank_after and (not sign_after or blank_before or sign_before or beside_cjk or after_selector)
        right = not blank_before and (not sign_before or blank_after or sign_after or beside_cjk)
        return Scanned(
            left and (canSplitWord or not right or sign_before),
            right and (canSplitWord or not left or sign_after),
            end - start,
        )


def _before(text: str, start: int) -> tuple[str, bool]:
    """The character before *start*, looking through a variation selector, and whether it is CJK."""
    if start == 0:
        return " ", False
    character = text[start - 1]
    if ord(character) in _SELECTORS and start > 1:
        base = text[start - 2]
        return base, is_cjk(base) or (character == _FULLWIDTH_SELECTOR and base in _FULLWIDTH_QUOTES)
    return character, is_cjk(character)


class CjkFriendlyInline(ParserInline):
    """markdown-it's inline parser with the amended rules, and with brackets bounded."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler.at("link", _link)
        self.ruler.at("image", _image)

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


def _is_plain(state: StateInline, at: int) -> bool:
    return isinstance(state, _CjkFriendlyState) and at in state.plain
