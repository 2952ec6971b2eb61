"""The judge without TDLib: its rules for texts and entities, written down anew.

What it cannot tell is named below, and why in docs/sandbox.md; for the rest a test holds it to TDLib.
"""

import re

from bot.sandbox.cleaning import Removed, cleaned, is_utf8, places
from bot.sandbox.entities import LAST_USER_ID, Entity, end
from bot.sandbox.errors import bad_request
from bot.sandbox.finder import found_in
from bot.sandbox.links import LinkError, checked_link, person_in
from bot.sandbox.overlaps import fixed

ASTRAL = re.compile("[\U00010000-\U0010ffff]")
FARTHEST = 1_000_000

CANNOT_TELL = (
    "parse modes",
    "links without a scheme, e-mail addresses, bank cards",
    "letters newer than Python's Unicode",
    "which of two links on one and the same stretch stays",
)


class PlainJudge:
    """Checks and cleans without help; it knows no parse modes."""

    name = "plain"

    def parse(self, text: str, mode: str) -> tuple[str, list[Entity]]:
        """Refuse: only TDLib can tell what a parse mode makes of *text*."""
        raise bad_request(f"the sandbox lacks tdjson and cannot judge parse_mode {mode} of {len(text)} characters")

    def fix(self, text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
        """*text* cleaned and *entities* checked, cut and moved as sending would; not yet trimmed."""
        checked = [_checked(entity) for entity in entities]
        if not is_utf8(text):
            raise bad_request("strings must be encoded in UTF-8")
        for entity in checked:
            for name in ("offset", "length"):
                if not 0 <= entity[name] <= FARTHEST:
                    raise bad_request(f"receive an entity with incorrect {name} {entity[name]}")
        kept = fixed([entity for entity in checked if not _is_nothing(entity)])
        if not kept:
            return cleaned(text), []
        _check_places(text, kept)
        removed = Removed(text)
        moved = ((entity, removed.moved(entity["offset"]), removed.moved(end(entity))) for entity in kept)
        return cleaned(text), fixed(
            [entity | {"offset": start, "length": stop - start} for entity, start, stop in moved if start < stop]
        )

    def find(self, text: str) -> list[Entity]:
        """What Telegram finds itself."""
        return found_in(text)


def _checked(entity: Entity) -> Entity:
    match entity["type"]:
        case "text_link":
            return _linked(entity)
        case "pre" if "language" in entity:
            return _with_language(entity)
        case "custom_emoji" if int(entity["custom_emoji_id"]) == 0:
            raise bad_request("invalid custom emoji identifier specified")
        case "date_time" if entity["unix_time"] <= 0:
            raise bad_request("invalid date specified")
        case "text_mention":
            return _mentioning(entity, entity["user"]["id"])
        case _:
            return entity


def _linked(entity: Entity) -> Entity:
    if not is_utf8(entity["url"]):
        raise bad_request("messageEntityTextUrl.url must be encoded in UTF-8")
    url = cleaned(entity["url"])
    if person := person_in(url):
        return _mentioning(entity, person)
    try:
        return entity | {"url": checked_link(url)}
    except LinkError as error:
        raise bad_request(f"entity {error}") from error


def _with_language(entity: Entity) -> Entity:
    if not is_utf8(entity["language"]):
        raise bad_request("messageEntityPreCode.language must be encoded in UTF-8")
    return entity | {"language": cleaned(entity["language"])}


def _mentioning(entity: Entity, person: int) -> Entity:
    user = {"id": person, "is_bot": False, "first_name": ""}
    return {"type": "text_mention", "offset": entity["offset"], "length": entity["length"], "user": user}


def _is_nothing(entity: Entity) -> bool:
    if entity["type"] == "text_mention" and not 0 < entity["user"]["id"] <= LAST_USER_ID:
        return True
    return bool(entity["length"] == 0)


def _check_places(text: str, entities: list[Entity]) -> None:
    """Refuse the first of *entities* that begins or ends where no character does, or after the text."""
    middles = {place + 1 for place in places(ASTRAL, text)}
    _check_middles(text, entities, middles)
    length = len(text) + len(middles)
    for entity in entities:
        if entity["offset"] > length:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {entity['offset']}")
    for entity in reversed(entities):
        if end(entity) > length:
            words = f"ends after the end of the text at UTF-16 offset {end(entity)}"
            raise bad_request(f"entity beginning at UTF-16 offset {entity['offset']} {words}")


def _check_middles(text: str, entities: list[Entity], middles: set[int]) -> None:
    wrong = [entity["offset"] for entity in entities if entity["offset"] in middles]
    # Where one ends and another begins, TDLib looks at the end first, and at the innermost before what is around it.
    wrong_end = min((entity for entity in reversed(entities) if end(entity) in middles), key=end, default=None)
    if wrong_end is not None and end(wrong_end) <= min(wrong, default=end(wrong_end)):
        beginning = f"entity beginning at UTF-16 offset {wrong_end['offset']}"
        raise bad_request(f"{beginning} ends in a middle of a UTF-16 symbol{_place(text, end(wrong_end))}")
    if wrong:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol{_place(text, min(wrong))}")


def _place(text: str, unit: int) -> str:
    """Where the character is over that has *unit* in its middle."""
    before = text.encode("utf-16-le")[: 2 * (unit + 1)].decode("utf-16-le")
    return f" at byte offset {len(before.encode())}"
