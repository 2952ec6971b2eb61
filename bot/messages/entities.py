"""Turn our entities into the Bot API's, at the very end."""

from collections.abc import Iterable
from itertools import accumulate

from storage.model import Entity, EntityType

# A long date and a short time, each in the reader's own zone and habit
# (core.telegram.org/bots/api#date-time-entity-formatting).
_DATE_TIME_FORMAT = "Dt"
_LAST_OF_ONE_UNIT = "\uffff"

BotApiEntity = dict[str, str | int]


def as_bot_api(text: str, entities: Iterable[Entity]) -> list[BotApiEntity]:
    """The entities of *text* as the Bot API takes them, offsets and lengths in UTF-16 units."""
    units = [0, *accumulate(2 if sign > _LAST_OF_ONE_UNIT else 1 for sign in text)]
    return [_as_dict(entity, units) for entity in entities]


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
