"""What the parts of a digest leave to be read, and how a button brings it."""

from dataclasses import dataclass

from bot.messages.taps import ShowRest
from storage.model import Layout

# By their places here buttons name them: one that is added goes to the end.
_LAYOUTS: tuple[Layout, ...] = ("full", "headlines")


@dataclass(frozen=True, slots=True)
class Place:
    """How far a digest is shown: so many *parts* went before, and the next begins *offset* into its piece *piece*.

    The pieces are the intro and the items, the same for all who see a revision in one layout.
    """

    piece: int = 0
    offset: int = 0
    parts: int = 0


BEGINNING = Place()


@dataclass(frozen=True, slots=True)
class Rest:
    """What no part shows: *label* says it on a button, *words* where there can be none."""

    label: str
    words: str
    begins: Place


def ask_for(rest: Rest, *, digest_id: int, revision: int, layout: Layout, kind: type[ShowRest] = ShowRest) -> ShowRest:
    """What the button asks for, which is of that *kind*."""
    begins = rest.begins
    return kind(digest_id, revision, _LAYOUTS.index(layout), begins.piece, begins.offset, begins.parts)


def asked_for(tap: ShowRest) -> tuple[Layout, Place] | None:
    """What such a button was about; None when there is no such layout."""
    if tap.layout >= len(_LAYOUTS):
        return None
    return _LAYOUTS[tap.layout], Place(tap.piece, tap.offset, tap.parts)
