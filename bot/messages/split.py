"""Divide a text that no message can hold: after a sentence, else between words, else between characters."""

import re

from bot.digests.entities import cut
from bot.messages.budget import Budget, weight
from bot.messages.graphemes import boundary_before
from storage.model import FormattedText

_SENTENCE_END = re.compile(r"[。！？；…][”’」』）)\"']*|[.!?;][\"')\]”’]*(?=\s)|\n")
_BLANK = re.compile(r"\s")


def divide(text: FormattedText, room: Budget) -> tuple[FormattedText, FormattedText]:
    """Cut *text* in two, of which the first fits into *room* and is as long as can well be; it may be empty."""
    end = _furthest(text, room)
    if end >= len(text.text):
        return text, FormattedText()
    at = _good_place(text.text, end) if end > 0 else 0
    return cut(text, 0, at), cut(text, at, len(text.text))


def _furthest(text: FormattedText, room: Budget) -> int:
    """How many characters of *text* fit into *room* with their entities."""
    entities, left = room.entities, room.bytes
    for entity in text.entities:
        entities -= 1
        left -= weight(entity)
        if entities < 0 or left < 0:
            return min(max(room.characters, 0), entity.offset)
    return min(max(room.characters, 0), len(text.text))


def _good_place(text: str, end: int) -> int:
    """The last end of a sentence in the second half before *end*, else of a word in the last quarter, else *end*."""
    for pattern, earliest in ((_SENTENCE_END, end // 2), (_BLANK, end - end // 4)):
        places = [found.end() for found in pattern.finditer(text, earliest, min(end + 1, len(text)))]
        fitting = [place for place in places if place <= end]
        if fitting:
            return boundary_before(text, fitting[-1]) or fitting[-1]
    return boundary_before(text, end) or end


def first_sentence(text: FormattedText, longest: int) -> FormattedText:
    """The beginning of *text* up to the end of its first sentence, or *longest* characters and an ellipsis."""
    found = _SENTENCE_END.search(text.text, 0, longest + 1)
    if found:
        return cut(text, 0, found.end())
    if len(text.text) <= longest:
        return text
    head = cut(text, 0, boundary_before(text.text, longest) or longest)
    return FormattedText(f"{head.text}…", head.entities)
