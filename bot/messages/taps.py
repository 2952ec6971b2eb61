"""What a button asks for, and the few bytes that carry it through Telegram and back.

Whoever has a client of their own can send us any bytes, and buttons outlive the code that made them: what is read
is never trusted to have been written by us. A tap says the state it asks for, so that doing it twice is harmless.
What only one command has stands beside that command.
"""

import re
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from typing import Any, TypeVar

# Goes up when the meaning of a kind changes: old buttons are then told apart and answered politely.
_VERSION = "1"
# What SQLite takes for an id, with room to spare.
_NUMBER = re.compile(r"[0-9]{1,18}")
# What the Bot API allows (InlineKeyboardButton).
_LONGEST = 64
# A time zone, say.
_NAME = re.compile(r"[A-Za-z0-9_+/-]{0,40}")


@dataclass(frozen=True, slots=True)
class Tap:
    """What a button asks for: its fields are whole numbers, flags, and names of Latin letters."""


Kind = TypeVar("Kind", bound=Tap)

_KINDS: dict[str, type[Tap]] = {}
_NAMES: dict[type[Tap], str] = {}


def tap(name: str) -> Callable[[type[Kind]], type[Kind]]:
    """Let a kind of tap be written and read under *name*, which no other has."""

    def known(kind: type[Kind]) -> type[Kind]:
        if name in _KINDS:
            raise ValueError(f"two kinds of tap are called {name}")
        _KINDS[name], _NAMES[kind] = kind, name
        return kind

    return known


def kinds() -> tuple[type[Tap], ...]:
    """Give all the kinds there are."""
    return tuple(_NAMES)


def write(tap: Tap) -> str:
    """Write *tap* as callback data; at most 64 bytes, as the Bot API asks (InlineKeyboardButton)."""
    values = (value if isinstance(value, str) else str(int(value)) for value in astuple(tap))
    return ":".join([_VERSION, _NAMES[type(tap)], *values])


def about(data: str, subscriber_id: int) -> str | None:
    """Let callback *data* be about the subscriber with this id instead of the chat it is pressed in.

    None: that is more than the 64 bytes there are.
    """
    version, _, rest = data.partition(":")
    written = f"{version}@{subscriber_id}:{rest}"
    return written if len(written.encode()) <= _LONGEST else None


def whom(data: str) -> tuple[int | None, str]:
    """Tell the subscriber that callback *data* is about, None being the chat it is pressed in, and the data themselves.

    That it is said there gives no right to anything.
    """
    version, _, rest = data.partition(":")
    version, at, subscriber_id = version.partition("@")
    if not at or not _NUMBER.fullmatch(subscriber_id):
        return None, data
    return int(subscriber_id), f"{version}:{rest}"


def read(data: str) -> Tap | None:
    """Read callback data; None when this version never wrote such. A flag may be any number, of which 0 is off."""
    version, _, rest = data.partition(":")
    name, *written = rest.split(":")
    kind = _KINDS.get(name)
    if version != _VERSION or kind is None or len(written) != len(fields(kind)):
        return None
    are_names = [field.type is str for field in fields(kind)]
    if not all(
        (_NAME if is_name else _NUMBER).fullmatch(text) for is_name, text in zip(are_names, written, strict=True)
    ):
        return None
    values: list[Any] = [text if is_name else int(text) for is_name, text in zip(are_names, written, strict=True)]
    return kind(*values)


@tap("everything")
@dataclass(frozen=True, slots=True)
class TakeEverything(Tap):
    """Every digest, or only the chosen categories."""

    on: bool


@tap("categories")
@dataclass(frozen=True, slots=True)
class ShowCategories(Tap):
    """The categories' page with this number, the first being 0."""

    page: int


@tap("toggle")
@dataclass(frozen=True, slots=True)
class Toggle(Tap):
    """A category on or off, seen on a page of the categories."""

    category_id: int
    on: bool
    page: int


@tap("all")
@dataclass(frozen=True, slots=True)
class ToggleEverything(Tap):
    """Everything on or off, seen on a page of the categories."""

    on: bool
    page: int


@tap("close")
@dataclass(frozen=True, slots=True)
class Close(Tap):
    """No more buttons: the choice is made."""


@tap("only")
@dataclass(frozen=True, slots=True)
class TakeOnly(Tap):
    """This category, and neither another nor everything."""

    category_id: int


@tap("instead")
@dataclass(frozen=True, slots=True)
class TakeInstead(Tap):
    """One category in place of another, which was mistyped."""

    category_id: int
    mistyped_id: int


@tap("leave")
@dataclass(frozen=True, slots=True)
class Leave(Tap):
    """No more of this category."""

    category_id: int


@tap("when")
@dataclass(frozen=True, slots=True)
class ShowSchedule(Tap):
    """When things come."""


@tap("latest")
@dataclass(frozen=True, slots=True)
class ShowLatest(Tap):
    """The latest digest, of a category or (0) of any."""

    category_id: int


@tap("save")
@dataclass(frozen=True, slots=True)
class Save(Tap):
    """An item of a digest, or (0) the whole digest, among what is saved, or not."""

    digest_id: int
    item_id: int
    on: bool


@tap("rest")
@dataclass(frozen=True, slots=True)
class ShowRest(Tap):
    """What a digest's parts left out: which revision in which layout, and where the next part begins (`rest.Place`)."""

    digest_id: int
    revision: int
    layout: int
    piece: int
    offset: int
    parts: int


@tap("rest-selected")
@dataclass(frozen=True, slots=True)
class ShowRestOfSelected(ShowRest):
    """The same where not all of the digest was shown: what was, the delivery to whoever taps knows."""


@tap("left-out")
@dataclass(frozen=True, slots=True)
class ShowLeftOut(ShowRest):
    """The items that the delivery to whoever taps left out."""


@tap("rest-roundup")
@dataclass(frozen=True, slots=True)
class ShowRestOfRoundup(ShowRest):
    """What the parts left out of the roundup to whoever taps, of which the digest is the newest."""


@tap("why")
@dataclass(frozen=True, slots=True)
class Why(Tap):
    """Why this digest came as it did, to whoever taps."""

    digest_id: int


@tap("pause")
@dataclass(frozen=True, slots=True)
class EndPause(Tap):
    """No pause any more, and what waited is skipped or sent; of the pause that began then, in Unix milliseconds."""

    since: int
    skip: bool


@tap("refused")
@dataclass(frozen=True, slots=True)
class DecideRefused(Tap):
    """A digest that Telegram refused when it was tried out is sent all the same, or not at all."""

    digest_id: int
    send: bool


@tap("held")
@dataclass(frozen=True, slots=True)
class DecideHeld(Tap):
    """Of what a source brought at once, held since then (in Unix milliseconds), the *newest* so many are sent."""

    source_id: int
    since: int
    newest: int
