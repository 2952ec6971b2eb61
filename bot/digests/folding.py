"""Bring the spellings of one word together: case, width, accents, Traditional and Simplified Chinese."""

import unicodedata
from functools import cache
from itertools import chain

from opencc import OpenCC

# Radicals, Han with its extensions; NFKC has made these of the compatibility ideographs.
_AT_ONCE = 0x400
_HAN = (
    range(0x2C00, 0x3000, _AT_ONCE),
    range(0x3400, 0xA000, _AT_ONCE),
    range(0x20000, 0x2F800, _AT_ONCE),
    range(0x30000, 0x32400, _AT_ONCE),
)
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
# The table, and what Taiwan and Hong Kong write in ways of their own.
_SIMPLIFYING, _OF_REGIONS = "t2s", ("tw2s", "hk2s")


def fold_text(text: str) -> str:
    """Write *text* so that spellings of one word are equal; folded again it stays as it is.

    Accents of Latin letters go too, as in the search's index. Character by character: a converter that looks at what
    stands around one would write the same word in two ways.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", _caseless(text)).translate(_folds())


# On first use: it takes some forty milliseconds.
@cache
def simplified() -> dict[int, str]:
    """Give what Traditional characters, by their code, are in Simplified Chinese."""
    table = _converted(_SIMPLIFYING)
    # What a regional table takes for a variant may be the plain simplified character, as 么 is.
    known = {*table, *(ord(character) for character in table.values())}
    regional = _converted(_OF_REGIONS[0]) | _converted(_OF_REGIONS[1])
    whole = table | {code: character for code, character in regional.items() if code not in known}
    return {code: whole.get(ord(character), character) for code, character in whole.items()}


def _caseless(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def _folds() -> dict[int, str | None]:
    accents = {
        code: folded
        for code in chain(*_LATIN)
        if (folded := unicodedata.normalize("NFD", chr(code))[0].casefold()).isascii()
    }
    return {**simplified(), **accents, **dict.fromkeys(chain(*_LEFT_OUT))}


def _converted(table: str) -> dict[int, str]:
    """Give what *table* makes of each character that it changes."""
    converter = OpenCC(table)
    found: dict[int, str] = {}
    for start in chain(*_HAN):
        codes = range(start, start + _AT_ONCE)
        # A line for each, for in a line it looks for words of several characters.
        lines = converter.convert("\n".join(map(chr, codes))).split("\n")
        found |= {code: line for code, line in zip(codes, lines, strict=True) if line != chr(code)}
    return found
