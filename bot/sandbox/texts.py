"""The text of a message with its entities: what the bot sent, judged, trimmed and completed."""

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.messages import Entity
from bot.sandbox.parameters import Parameters

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_BYTES = 1 << 15

FOUND = re.compile(
    r"(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]])"
    r"|(?<!\w)(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<!\w)(?P<mention>@[A-Za-z][A-Za-z0-9_]{2,31})"
    r"|(?<!\w)(?P<hashtag>#(?=\w*[^\W\d])\w{1,256})"
)


def text_of(asked: Parameters) -> tuple[str, list[Entity]]:
    """The text and entities that a message will have, or the refusal."""
    text = asked.text("text")
    if not text:
        raise bad_request("message text is empty")
    text, entities = _formatted(asked, text, "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, entities


def caption_of(asked: Parameters) -> tuple[str, list[Entity]]:
    """The caption of a file and its entities; it may be empty."""
    text, entities = _formatted(asked, asked.text("caption"), "caption_entities")
    if len(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def found_in(text: str) -> list[Entity]:
    """What Telegram itself finds in a text: commands, links, addresses, mentions, hashtags."""
    if "/" not in text and "#" not in text and "@" not in text:
        return []
    return [
        {"offset": units(text[: match.start()]), "length": units(match[0]), "type": str(match.lastgroup)}
        for match in FOUND.finditer(text)
    ]


def units(text: str) -> int:
    """The length in UTF-16 units, in which the Bot API counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _formatted(asked: Parameters, text: str, entities_name: str) -> tuple[str, list[Entity]]:
    if len(text.encode()) > MOST_BYTES:
        raise bad_request("text is too long")
    if asked.text("parse_mode").lower() not in ("", "none"):
        raise bad_request("the sandbox judges parse modes only with tdjson installed; send entities")
    given = asked.structure(entities_name, unreadable="can't parse entities JSON object") or []
    entities = [entity for entity in given if isinstance(entity, dict)]
    return _trimmed(text, entities)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    kept = text.rstrip()
    bare = kept.lstrip()
    left = len(kept) - len(bare)
    first = min((entity["offset"] for entity in entities), default=left)
    cut = min(left, first)
    kept = kept[cut:]
    end = units(kept)
    own = [moved for entity in entities if (moved := _moved(entity, by=-cut, end=end))["length"] > 0]
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in own if entity["type"] in SOLID]
    found = [entity for entity in found_in(kept) if not any(_cross(entity, span) for span in taken)]
    return kept, sorted(own + found, key=lambda entity: (entity["offset"], -entity["length"]))


# Telegram finds nothing inside these.
SOLID = ("text_link", "code", "pre", "text_mention", "date_time", "custom_emoji")


def _moved(entity: Entity, *, by: int, end: int) -> Entity:
    offset = entity["offset"] + by
    return entity | {"offset": offset, "length": min(entity["length"], end - offset)}


def _cross(entity: dict[str, Any], span: tuple[int, int]) -> bool:
    return bool(entity["offset"] < span[1] and span[0] < entity["offset"] + entity["length"])
