"""What a button asks for, and the few bytes that carry it through Telegram and back.

Whoever has a client of their own can send us any bytes, and buttons outlive the code that made them: what is read
is never trusted to have been written by us. A tap says the state it asks for, so that doing it twice is harmless.
"""

from dataclasses import astuple, dataclass, fields
from typing import Any

# Goes up when the meaning of a kind changes: old buttons are then told apart and answered politely.
_VERSION = "1"
# What SQLite takes for an id, with room to spare.
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class TakeEverything:
    """Every digest, or only the chosen categories."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowCategories:
    """The categories' page with this number, the first being 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Toggle:
    """A category on or off, seen on a page of the categories."""

    category_id: int
    on: bool
    page: int


@dataclass(frozen=True, slots=True)
class ToggleEverything:
    """Everything on or off, seen on a page of the categories."""

    on: bool
    page: int


@dataclass(frozen=True, slots=True)
class Close:
    """No more buttons: the choice is made."""


@dataclass(frozen=True, slots=True)
class TakeOnly:
    """This category, and neither another nor everything."""

    category_id: int


@dataclass(frozen=True, slots=True)
class TakeInstead:
    """One category in place of another, which was mistyped."""

    category_id: int
    mistyped_id: int


@dataclass(frozen=True, slots=True)
class Leave:
    """No more of this category."""

    category_id: int


@dataclass(frozen=True, slots=True)
class ShowLatest:
    """The latest digest, of a category or (0) of any."""

    category_id: int


@dataclass(frozen=True, slots=True)
class ShowRest:
    """What a digest's parts left out: which revision in which layout, and where the next part begins (`rest.Place`)."""

    digest_id: int
    revision: int
    layout: int
    piece: int
    offset: int
    parts: int


@dataclass(frozen=True, slots=True)
class EndPause:
    """No pause any more, and what waited is skipped or sent; of the pause that began then, in Unix milliseconds."""

    since: int
    skip: bool


@dataclass(frozen=True, slots=True)
class DecideRefused:
    """A digest that Telegram refused when it was tried out is sent all the same, or not at all."""

    digest_id: int
    send: bool


@dataclass(frozen=True, slots=True)
class DecideHeld:
    """Of what a source brought at once, held since then (in Unix milliseconds), the *newest* so many are sent."""

    source_id: int
    since: int
    newest: int


Tap = (
    TakeEverything
    | ShowCategories
    | Toggle
    | ToggleEverything
    | Close
    | TakeOnly
    | TakeInstead
    | Leave
    | ShowLatest
    | ShowRest
    | EndPause
    | DecideRefused
    | DecideHeld
)

_KINDS: dict[str, type[Tap]] = {
    "everything": TakeEverything,
    "categories": ShowCategories,
    "toggle": Toggle,
    "all": ToggleEverything,
    "close": Close,
    "only": TakeOnly,
    "instead": TakeInstead,
    "leave": Leave,
    "latest": ShowLatest,
    "rest": ShowRest,
    "pause": EndPause,
    "refused": DecideRefused,
    "held": DecideHeld,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def write(tap: Tap) -> str:
    """Write *tap* as callback data; at most 64 bytes, as the Bot API asks (InlineKeyboardButton)."""
    return ":".join([_VERSION, _NAMES[type(tap)], *(str(int(value)) for value in astuple(tap))])


def read(data: str) -> Tap | None:
    """Read callback data; None when this version never wrote such. A flag may be any number, of which 0 is off."""
    version, _, rest = data.partition(":")
    name, *numbers = rest.split(":")
    kind = _KINDS.get(name)
    if version != _VERSION or kind is None or len(numbers) != len(fields(kind)) or not all(map(_is_number, numbers)):
        return None
    values: list[Any] = [int(number) for number in numbers]
    return kind(*values)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
