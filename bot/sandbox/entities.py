"""Message entities: which there are, and how they are counted and ordered.

Facts: MessageEntity.cpp of the Bot API server's TDLib.
"""

from collections.abc import Iterable
from typing import Any

Entity = dict[str, Any]

PLAIN = frozenset(
    ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote", "expandable_blockquote")
)
# Named by a caller they are skipped: Telegram finds them itself.
FOUND = frozenset(("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"))
# They may be cut in pieces where others begin; the others are whole or gone.
SPLITTABLE = frozenset(("bold", "italic", "underline", "strikethrough", "spoiler"))
QUOTES = frozenset(("blockquote", "expandable_blockquote"))
# Nothing stands in them.
CODE = frozenset(("pre", "code", "date_time"))
# Of two on one stretch the first is around the other, or stays where the other must go.
PRIORITIES = {
    **dict.fromkeys(QUOTES, 0),
    "pre": 11,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    **dict.fromkeys(FOUND, 50),
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}

MOST_ENTITIES = 100
MOST_ENTITY_BYTES = 9500
LAST_USER_ID = (1 << 40) - 1


def units(text: str) -> int:
    """The length in UTF-16 units, in which the Bot API counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def ordered(entities: Iterable[Entity]) -> list[Entity]:
    """By offset, the longer first, then as TDLib ranks kinds."""
    return sorted(entities, key=_rank)


def _rank(entity: Entity) -> tuple[int, int, int]:
    priority = 10 if "language" in entity else PRIORITIES[entity["type"]]
    return entity["offset"], -entity["length"], priority


def end(entity: Entity) -> int:
    """Where an entity ends."""
    return int(entity["offset"] + entity["length"])
