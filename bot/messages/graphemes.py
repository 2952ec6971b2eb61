"""Know where a text may be cut so that no character that a reader sees is torn.

A short form of UAX #29: enough for emoji sequences, flags, accents, Hangul jamo and variation selectors.
"""

import unicodedata

_JOINER = "\u200d"
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
# Vowels and finals, which belong to the syllable before.
_JAMO = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))
_LONGEST = 64


def boundary_before(text: str, at: int) -> int:
    """The last place up to *at* where *text* may be cut, be it its beginning; *at* itself after 64 without one."""
    for place in range(at, max(at - _LONGEST, 0), -1):
        if place >= len(text) or not _belongs_together(text, place):
            return place
    return 0 if at <= _LONGEST else at


def shortened(text: str, longest: int) -> str:
    """At most *longest* characters of *text*, the last an ellipsis where some are missing."""
    return text if len(text) <= longest else f"{text[: boundary_before(text, longest - 1)].rstrip()}…"


def within(text: str, width: int) -> str:
    """As much of *text* as takes the room of *width* Latin letters, with an ellipsis where some is missing."""
    for at, sign in enumerate(text):
        width -= 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if width < 0:
            return shortened(text, at)
    return text


def _belongs_together(text: str, at: int) -> bool:
    """Whether the character at *at* is part of what stands before it."""
    code = ord(text[at])
    if text[at - 1] == _JOINER or text[at] == _JOINER or (text[at - 1] == "\r" and text[at] == "\n"):
        return True
    if code in _SKIN_TONES or code in _TAGS or any(code in block for block in _JAMO):
        return True
    if code in _FLAG_LETTERS:
        return _flag_letters_before(text, at) % 2 == 1
    return unicodedata.category(text[at]) in ("Mn", "Me", "Mc")


def _flag_letters_before(text: str, at: int) -> int:
    start = at
    while start > 0 and ord(text[start - 1]) in _FLAG_LETTERS:
        start -= 1
    return at - start
