"""Message entities as a caller sends them: read as the Bot API server reads them (Client.cpp, get_text_entity)."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.entities import FOUND, PLAIN, Entity
from bot.sandbox.errors import ApiError, bad_request


def read_entities(given: object) -> list[Entity]:
    """The entities a caller sent; what is no list is no entities, as there."""
    if not isinstance(given, list):
        return []
    read = (_read(entity) for entity in given)
    return [entity for entity in read if entity is not None]


def _read(given: object) -> Entity | None:
    if not isinstance(given, dict):
        raise _unreadable("expected an Object")
    place: Entity = {"offset": _number(given, "offset"), "length": _number(given, "length")}
    kind = _string(given, "type")
    return None if kind in FOUND else place | {"type": kind} | _details(kind, given)


def _details(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    match kind:
        case "pre":
            language = _string(given, "language", needed=False)
            return {"language": language} if language else {}
        case "text_link":
            return {"url": _string(given, "url")}
        case "text_mention":
            return {"user": _user(given)}
        case "custom_emoji":
            return {"custom_emoji_id": str(_number(given, "custom_emoji_id", bits=64))}
        case "date_time":
            shown = _date_format(_string(given, "date_time_format", needed=False))
            return {"unix_time": _number(given, "unix_time"), "date_time_format": shown}
        case _ if kind in PLAIN:
            return {}
        case _:
            raise _unreadable("Unsupported type specified" if kind else "Type is not specified")


def _date_format(asked: str) -> str:
    """The format as the server gives it back: day of the week, date, time, the last of each counting."""
    if asked in ("", "r", "R"):
        return asked.lower()
    if set(asked) - set("tTdDwW"):
        raise _unreadable("Invalid date-time format specified")
    week = "w" if {"w", "W"} & set(asked) else ""
    date, time = re.findall("[dD]", asked), re.findall("[tT]", asked)
    return week + (date[-1] if date else "") + (time[-1] if time else "")


def _user(given: dict[str, Any]) -> dict[str, Any]:
    if "user" not in given:
        raise _unreadable('Can\'t find field "user"')
    user = given["user"]
    if not isinstance(user, dict):
        raise _unreadable('Field "user" must be of type Object')
    return user | {"id": _number(user, "id", bits=64)}


def _number(given: dict[str, Any], name: str, *, bits: int = 32) -> int:
    return whole_number(given, name, _unreadable, bits=bits)


def whole_number(given: dict[str, Any], name: str, unreadable: Callable[[str], ApiError], *, bits: int = 32) -> int:
    """The number *name* of a JSON object, or the refusal that *unreadable* makes of the words."""
    if name not in given:
        raise unreadable(f'Can\'t find field "{name}"')
    value = given[name]
    if type(value) is int and 0 <= value < 1 << 31:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise unreadable(f'Field "{name}" must be a Number')
    # As it would be written, or it is none: not 1.0, 01 or +1.
    if not re.fullmatch(r"0|-?[1-9][0-9]*", str(value)) or not -(1 << bits - 1) <= int(value) < 1 << bits - 1:
        raise unreadable(f'Field "{name}" must be a valid Number')
    return int(value)


def _string(given: dict[str, Any], name: str, *, needed: bool = True) -> str:
    if name not in given:
        if needed:
            raise _unreadable(f'Can\'t find field "{name}"')
        return ""
    value = given[name]
    if type(value) is str:
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _unreadable(f'Field "{name}" must be of type String')
    return str(value)


def _unreadable(words: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {words}")
