"""The buttons for what stands under all that a group or channel gets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.chat.keyboards import Button, button
from bot.messages.ending import button_rows
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.model import Ending


@tap("ending")
@dataclass(frozen=True, slots=True)
class ShowEnding(Tap):
    """What stands there, or, where there is nothing of this kind, the question for it."""

    kind: str


@tap("set-ending")
@dataclass(frozen=True, slots=True)
class AskForEnding(Tap):
    """To be asked for what stands there of this kind."""

    kind: str


@tap("no-ending")
@dataclass(frozen=True, slots=True)
class DropEnding(Tap):
    """Nothing of this kind any more."""

    kind: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a kind is called, as a phrase, and whether an ending has any of it."""

    name: str
    is_in: Callable[[Ending], bool]


# In the order of the buttons.
KINDS: Mapping[str, _Kind] = {
    "footer": _Kind("ending-footer", lambda ending: bool(ending.footer.text)),
    "signature": _Kind("ending-signature", lambda ending: bool(ending.signature)),
    "links": _Kind("ending-links", lambda ending: bool(ending.links)),
}


def ending_row(language: str, ending: Ending) -> list[Button]:
    """Offer each kind; one that is there is marked."""
    return [
        button(f"✅ {named(language, key)}" if kind.is_in(ending) else named(language, key), ShowEnding(key))
        for key, kind in KINDS.items()
    ]


def link_rows(ending: Ending) -> list[list[Button]]:
    """Give its own buttons as they stand under what comes."""
    return [[Button(each["text"], url=each["url"]) for each in row] for row in button_rows(ending.links)]


def named(language: str, key: str) -> str:
    """Name the kind."""
    return phrase(language, KINDS[key].name)
