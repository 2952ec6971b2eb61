"""Bring the spellings of one word together: case, width, accents, Traditional and Simplified Chinese."""

import unicodedata
from functools import cache
from itertools import chain

from opencc import OpenCC

# Radicals, Han with its extensions, compatibility ideographs.
_HAN = (range(0x2E80, 0x2FE0), range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
# Latin with accents.
_LATIN = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
# Accents that no letter took in, and what nobody sees: soft hyphens, joiners and blanks without width, selectors.
_LEFT_OUT = (
    range(0x300, 0x370),
    range(0xAD, 0xAE),
    range(0x200B, 0x2010),
    range(0x2060, 0x2065),
    range(0xFE00, 0xFE10),
    range(0xFEFF, 0xFF00),
)
# One after the other they take in what Taiwan and Hong Kong write each in their way.
_TO_SIMPLIFIED = ("t2s", "tw2s", "hk2s")


def fold_text(text: str) -> str:
    """Write *text* so that spellings of one word are equal; folded again it stays as it is.

    Accents of Latin letters go too, as in the search's index. Character by character: a converter that looks at what
    stands around one would write the same word in two ways.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", _caseless(text)).translate(_folds())


def _caseless(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


# On first use: it takes some forty milliseconds.
@cache
def _folds() -> dict[int, str | None]:
    accents = {
        code: folded
        for code in chain(*_LATIN)
        if (folded := unicodedata.normalize("NFD", chr(code))[0].casefold()).isascii()
    }
    return _simplified() | accents | dict.fromkeys(chain(*_LEFT_OUT))


def _simplified() -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    converters = [OpenCC(name) for name in _TO_SIMPLIFIED]
    for codes in _HAN:
        # A line for each, for in a line it looks for words of several characters.
        lines = before = "\n".join(map(chr, codes))
        for converter in converters:
            lines = converter.convert(lines)
        pairs = zip(before.split("\n"), lines.split("\n"), strict=True)
        found |= {ord(character): simplified for character, simplified in pairs if character != simplified}
    return found
