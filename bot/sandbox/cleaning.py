"""What becomes of characters in every text that Telegram takes: TDLib's clean_input_string, with places kept."""

import re
from bisect import bisect_left

from bot.sandbox.entities import units

SPACES = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
GONE = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
DIRECTIONS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
NON_JOINER = "\u200c"


def cleaned(text: str) -> str:
    """*text* without control characters: blanks instead, or nothing."""
    if text.isascii() and text.isprintable():
        return text
    kept = GONE.sub("", SPACES.sub(" ", text))
    # Of many marks of direction in a row only the last counts.
    return DIRECTIONS.sub(lambda found: NON_JOINER * len(found[0]), kept)


class Removed:
    """Knows how far each place of a text moves when it is cleaned."""

    def __init__(self, text: str) -> None:
        self._places = places(GONE, text)

    def moved(self, place: int) -> int:
        """Where *place* is afterwards."""
        return place - bisect_left(self._places, place)


def places(pattern: re.Pattern[str], text: str) -> list[int]:
    """Where *pattern* matches single characters, in UTF-16 units."""
    if text.isascii():
        return [found.start() for found in pattern.finditer(text)]
    found_places, at, before = [], 0, 0
    for found in pattern.finditer(text):
        at += units(text[before : found.start()])
        before = found.start()
        found_places.append(at)
    return found_places


def is_utf8(text: str) -> bool:
    """Whether *text* can be written: it holds no half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
