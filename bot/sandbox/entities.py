"""Message entities: which there are, how many stay, how those that Telegram finds itself join them.

Facts: MessageEntity.cpp of the Bot API server's TDLib.
"""

from typing import Any

from bot.sandbox.errors import bad_request

Entity = dict[str, Any]

PLAIN = frozenset(
    ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote", "expandable_blockquote")
)
# Named by a caller they are skipped: Telegram finds them itself.
FOUND = frozenset(("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"))
# They may be cut in pieces where others begin; the others are whole or gone.
SPLITTABLE = frozenset(("bold", "italic", "underline", "strikethrough", "spoiler"))
QUOTES = frozenset(("blockquote", "expandable_blockquote"))

MOST_ENTITIES = 100
MOST_ENTITY_BYTES = 9500


def units(text: str) -> int:
    """The length in UTF-16 units, in which the Bot API counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def limited(entities: list[Entity]) -> list[Entity]:
    """The first 100: what cannot be split counts first, so that bold and italic are the first to go, unsaid."""
    whole = [entity for entity in entities if entity["type"] not in SPLITTABLE][:MOST_ENTITIES]
    split = [entity for entity in entities if entity["type"] in SPLITTABLE][: MOST_ENTITIES - len(whole)]
    kept = ordered(whole + split)
    if sum(20 + len(entity.get("url", "").encode()) for entity in kept) > MOST_ENTITY_BYTES:
        raise bad_request("ENTITIES_TOO_LONG")
    return kept


def completed(own: list[Entity], found: list[Entity]) -> list[Entity]:
    """*own* with those of *found* that overlap no link or code and do not cross the edge of a quote."""
    if not found:
        return own
    whole = [entity for entity in own if entity["type"] not in SPLITTABLE | QUOTES]
    quotes = [entity for entity in own if entity["type"] in QUOTES]
    fitting = [
        entity
        for entity in found
        if not any(_overlap(entity, other) for other in whole)
        and all(_within(entity, quote) or not _overlap(entity, quote) for quote in quotes)
    ]
    return ordered(own + fitting)


def ordered(entities: list[Entity]) -> list[Entity]:
    """By offset, the longer first, quotes around what they contain."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"], entity["type"] not in QUOTES))


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < end(other) and other["offset"] < end(one))


def _within(one: Entity, other: Entity) -> bool:
    return bool(other["offset"] <= one["offset"] and end(one) <= end(other))


def end(entity: Entity) -> int:
    """Where an entity ends."""
    return int(entity["offset"] + entity["length"])
