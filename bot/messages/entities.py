"""Turn our entities into the Bot API's, at the very end, and what somebody typed into ours."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from bot.digests.entities import settle
from storage.model import Entity, EntityType, FormattedText

# A long date and a short time, each in the reader's own zone and habit
# (core.telegram.org/bots/api#date-time-entity-formatting).
_DATE_TIME_FORMAT = "Dt"
_LAST_OF_ONE_UNIT = "\uffff"
# What people can type of what we have; whatever else they do, a mention say, is plain text to us.
_TYPED = {each.value for each in EntityType} - {EntityType.DATE_TIME.value}

BotApiEntity = dict[str, str | int]


def as_bot_api(text: str, entities: Iterable[Entity]) -> list[BotApiEntity]:
    """The entities of *text* as the Bot API takes them, offsets and lengths in UTF-16 units."""
    units = _units(text)
    return [_as_dict(entity, units) for entity in entities]


def from_bot_api(text: str, entities: Iterable[Mapping[str, Any]]) -> FormattedText:
    """The *text* as the Bot API gives it, with the styles that we have too, and without blanks at its ends."""
    units = _units(text)
    typed = [_from_dict(each, units) for each in entities if each["type"] in _TYPED]
    return settle(text, [each for each in typed if each.length > 0])


def _units(text: str) -> list[int]:
    """Where each character begins, and the last one ends, in UTF-16 units."""
    return [0, *accumulate(2 if sign > _LAST_OF_ONE_UNIT else 1 for sign in text)]


def _from_dict(given: Mapping[str, Any], units: list[int]) -> Entity:
    start, end = (bisect_left(units, at) for at in (given["offset"], given["offset"] + given["length"]))
    end = min(end, len(units) - 1)
    value = given.get("url") or given.get("language") or ""
    return Entity(EntityType(given["type"]), start, max(0, end - start), str(value))


def _as_dict(entity: Entity, units: list[int]) -> BotApiEntity:
    start, end = units[entity.offset], units[entity.offset + entity.length]
    made: BotApiEntity = {"type": entity.type.value, "offset": start, "length": end - start}
    match entity.type:
        case EntityType.TEXT_LINK:
            made["url"] = entity.value
        case EntityType.PRE if entity.value:
            made["language"] = entity.value
        case EntityType.DATE_TIME:
            made["unix_time"] = int(entity.value)
            made["date_time_format"] = _DATE_TIME_FORMAT
        case _:
            pass
    return made
