"""How many entities a message carries: of more than 100 the rest is dropped, of too many bytes all are refused."""

from bot.sandbox.entities import MOST_ENTITIES, MOST_ENTITY_BYTES, SPLITTABLE, Entity
from bot.sandbox.errors import bad_request
from bot.sandbox.overlaps import fixed, joined


def limited(entities: list[Entity]) -> list[Entity]:
    """The first 100: what cannot be split counts first, so that bold and italic are the first to go, unsaid.

    Custom emoji do not count, and styles count in as few pieces as they can be sent in (MessageEntity.cpp,
    get_input_message_entities).
    """
    if len(entities) <= MOST_ENTITIES and _bytes(entities) <= MOST_ENTITY_BYTES:
        return entities
    emoji = [entity for entity in entities if entity["type"] == "custom_emoji"]
    whole = [entity for entity in entities if entity["type"] not in SPLITTABLE | {"custom_emoji"}][:MOST_ENTITIES]
    styles = joined([entity for entity in entities if entity["type"] in SPLITTABLE])[: MOST_ENTITIES - len(whole)]
    if _bytes(emoji + whole + styles) > MOST_ENTITY_BYTES:
        raise bad_request("ENTITIES_TOO_LONG")
    return fixed(emoji + whole + styles)


def _bytes(entities: list[Entity]) -> int:
    return sum(20 + len(entity.get("url", "").encode()) for entity in entities)
