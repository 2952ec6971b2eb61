"""Which items of a digest a selection shows, and which it leaves out.

Places that a digest does not have, since a selection may be of another revision, are none.
"""

from collections.abc import Sequence

from bot.messages.rest import Place
from storage.model import Digest, Selection


def places_shown(digest: Digest, selection: Selection) -> Sequence[int]:
    """Give the places of the items that *selection* shows, in order."""
    if selection.items is None:
        return range(len(digest.items))
    return [place for place in selection.items if place < len(digest.items)]


def left_out(digest: Digest, selection: Selection) -> Selection:
    """Give the selection of all the others."""
    shown = frozenset(places_shown(digest, selection))
    return Selection(tuple(place for place in range(len(digest.items)) if place not in shown))


def left_from(digest: Digest, selection: Selection, begins: Place) -> int:
    """Count the items that are shown and begin at *begins* or later; before them there is the intro."""
    first = begins.piece + (begins.offset > 0) - 1
    return sum(place >= first for place in places_shown(digest, selection))
