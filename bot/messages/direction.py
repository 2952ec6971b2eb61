"""Keep a text that runs from right to left, or turns on its way, from turning what stands beside it in the line.

A line runs as its first letter does (UAX #9, P2), and a number behind letters of the other direction goes to their
far side: in `News from ישראל (2/3)` the count would stand before the last word.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.digests.entities import replace
from storage.model import FormattedText

# Of Hebrew, Arabic and their neighbours, and the marks that are invisible letters.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = re.compile("[\u200e\u200f\u061c]")
_LEFT_MARK, _RIGHT_MARK = "\u200e", "\u200f"


def mark_after(text: str) -> str:
    """The invisible letter to put behind *text* so that its line goes on as it began; mostly none is needed."""
    if not _RIGHT_TO_LEFT.search(text) and not _MARKS.search(text):
        return ""
    first, last = _first_letter(text), _first_letter(reversed(text))
    return "" if first == last else _RIGHT_MARK if first == "R" else _LEFT_MARK


def without_stray_marks(text: FormattedText) -> FormattedText:
    """The same text; where nothing in it runs from right to left, without marks that would turn its line."""
    if not _MARKS.search(text.text) or _RIGHT_TO_LEFT.search(_MARKS.sub("", text.text)):
        return text
    return replace(text, [(*found.span(), "") for found in _MARKS.finditer(text.text)])


def _first_letter(text: Iterable[str]) -> str:
    for sign in text:
        match unicodedata.bidirectional(sign):
            case "L":
                return "L"
            case "R" | "AL":
                return "R"
            case _:
                continue
    return ""
