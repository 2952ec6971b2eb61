"""Put pieces into as few messages as hold them, in order, tearing none that fits into one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.digests.builder import TextBuilder
from bot.messages.budget import Budget
from bot.messages.pieces import Piece
from bot.messages.split import divide
from storage.model import FormattedText

# A piece that must be torn anyway begins where at least so much of it can be read.
_WORTH_BEGINNING = 600


@dataclass(slots=True)
class Packed:
    """The text of each message below its header."""

    bodies: list[FormattedText]
    # How many pieces are not in them at all.
    left: int
    # True: the last piece in them goes on where nobody sees it.
    torn: bool


@dataclass(slots=True)
class _Body:
    room: Budget
    builder: TextBuilder = field(default_factory=TextBuilder)

    def takes(self, text: FormattedText, gap: str) -> bool:
        """Add *text* if there is room for it."""
        gap = gap if self.builder.length else ""
        needed = Budget.taken_by(text)
        needed = Budget(needed.characters + len(gap), needed.entities, needed.bytes)
        if not self.room.holds(needed):
            return False
        self.builder.append(gap).append(text)
        self.room -= needed
        return True


def pack(pieces: Iterable[Piece], rooms: list[Budget]) -> Packed:
    """Fill *rooms*, one for each message that there may be, and count what is left over."""
    waiting = list(pieces)
    bodies = [_Body(rooms[0])]
    for index, piece in enumerate(waiting):
        if bodies[-1].takes(piece.text, piece.gap):
            continue
        fits_alone = rooms[-1].holds(Budget.taken_by(piece.text))
        if fits_alone:
            if len(bodies) == len(rooms):
                return Packed(_texts(bodies), len(waiting) - index, torn=False)
            bodies.append(_Body(rooms[len(bodies)]))
            bodies[-1].takes(piece.text, piece.gap)
            continue
        begun, rest = _tear(piece, bodies, rooms)
        if rest.text:
            return Packed(_texts(bodies), len(waiting) - index - begun, torn=begun)
    return Packed(_texts(bodies), 0, torn=False)


def _tear(piece: Piece, bodies: list[_Body], rooms: list[Budget]) -> tuple[bool, FormattedText]:
    """Put as much of *piece* as can be into the messages that are left; say whether any of it is, and what is not."""
    rest, gap, begun = piece.text, piece.gap, False
    while rest.text:
        body = bodies[-1]
        fresh = not body.builder.length
        if fresh or body.room.characters > _WORTH_BEGINNING:
            room = body.room - Budget(len(gap), 0, 0)
            head, rest_after = divide(rest, room)
            if head.text and body.takes(head, gap):
                rest, gap, begun = rest_after, "", True
                continue
        if len(bodies) == len(rooms):
            break
        bodies.append(_Body(rooms[len(bodies)]))
    return begun, rest


def _texts(bodies: list[_Body]) -> list[FormattedText]:
    return [body.builder.build() for body in bodies]
