"""The text of a message on its way into a chat: read with the call, then judged, trimmed and completed.

The Bot API server looks at a text twice: before it knows the chat, and again when it sends.
"""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.entities import Entity, end, ordered, units
from bot.sandbox.entity_reader import read_entities
from bot.sandbox.errors import bad_request
from bot.sandbox.judge import Judge
from bot.sandbox.overlaps import merged
from bot.sandbox.parameters import Parameters
from bot.sandbox.weight import limited

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_BYTES = 1 << 15


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it came, its entities read but not checked."""

    text: str
    entities: list[Entity]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it stands in a chat."""

    text: str
    entities: list[Entity]


def drafted(asked: Parameters, judge: Judge, name: Literal["text", "caption"]) -> Draft:
    """The first look: there is a text, it is not enormous, and its entities or parse mode can be read."""
    text = asked.text(name)
    if not text and name == "text":
        raise bad_request("message text is empty")
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise bad_request("text is too long")
    mode = asked.text("parse_mode").lower()
    if text and mode not in ("", "none"):
        return Draft(*judge.parse(text, mode))
    return Draft(text, read_entities(asked.forgiven("entities" if name == "text" else "caption_entities")))


def settled(draft: Draft, judge: Judge, *, longest: int = LONGEST_TEXT) -> Text:
    """The second look: entities fit the text, and what is left after trimming is neither nothing nor too much."""
    text, entities = trimmed(*judge.fix(draft.text, draft.entities))
    if longest == LONGEST_TEXT and is_empty(text):
        raise bad_request("text must be non-empty")
    if len(text) > longest:
        raise bad_request("message is too long" if longest == LONGEST_TEXT else "message caption is too long")
    return Text(text, merged(limited(entities), judge.find(text)))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without blanks at the right end, and at the left up to the first entity."""
    kept = text.rstrip(" \n")
    length = units(kept)
    cut = [entity | {"length": min(end(entity), length) - entity["offset"]} for entity in entities]
    left = ordered(entity for entity in cut if entity["length"] > 0)
    first = min((entity["offset"] for entity in left), default=length)
    blanks = min(first, len(kept) - len(kept.lstrip(" \n")))
    if not blanks:
        return kept, left
    return kept[blanks:], [entity | {"offset": entity["offset"] - blanks} for entity in left]


# What shows nothing (TDLib misc.cpp, strip_empty_characters): blanks of every width, joiners, marks of direction, tags.
_BLANKS = (0x0A, 0x20, 0xA0, 0x1680, 0x180E, *range(0x2000, 0x2010), 0x202E, 0x202F, 0x205F, 0x2800, 0x3000)
INVISIBLE = frozenset(map(chr, (*_BLANKS, 0xFEFF, 0xFFFC, *range(0xE0000, 0xE0080))))


def is_empty(text: str) -> bool:
    """Whether *text* shows nothing."""
    return INVISIBLE.issuperset(text)
