"""Take out the characters that would disturb a reader, or a neighbour's text."""

import re

# Left to right: controls but tab and newline; zero-width space and word joiner, which only hide words from a search;
# embeddings, overrides and isolates of direction (UAX #9), which could turn what stands after them; byte-order marks;
# interlinear annotation; surrogates, which no UTF-8 can carry (JSON escapes can make them).
_DISTURBING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Keep what is read; joiners and variation selectors stay, for emoji and Persian are written with them."""
    if text.isascii() and text.isprintable():
        return text
    return _DISTURBING.sub("", _LINE_BREAKS.sub("\n", text))


def clean_line(text: str) -> str:
    """Clean *text* and bring it to one line, with single blanks."""
    return " ".join(clean(text).split())
