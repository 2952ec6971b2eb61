"""Put pieces into as few messages as hold them, in order, tearing none that fits into one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.digests.builder import TextBuilder
from bot.digests.entities import cut
from bot.messages.budget import Budget
from bot.messages.pieces import Piece
from bot.messages.split import divide
from storage.model import FormattedText

# A piece that must be torn anyway begins where at least so much of it can be read.
_WORTH_BEGINNING = 300


@dataclass(slots=True)
class Packed:
    """The text of each message below its header."""

    bodies: list[FormattedText]
    # Where the rest begins: which piece, and how far into it; None: there is no rest.
    stop: tuple[int, int] | None = None


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


def pack(pieces: Iterable[Piece], rooms: Sequence[Budget], *, skip: int = 0) -> Packed:
    """Fill *rooms*, one for each message that there may be, without the first *skip* characters of the first piece.

    No piece is asked for that could not be shown: a digest may have a hundred thousand.
    """
    bodies = [_Body(rooms[0])]
    for index, piece in enumerate(pieces):
        whole = piece.text
        text = cut(whole, skip, len(whole.text)) if skip and index == 0 else whole
        if not text.text or bodies[-1].takes(text, piece.gap):
            continue
        rest = _add(text, piece.gap, bodies, rooms)
        if rest.text:
            # Of a text, what is left is its end; the blanks before it belong to neither.
            return Packed(_texts(bodies), (index, 0 if rest == whole else len(whole.text) - len(rest.text)))
    return Packed(_texts(bodies))


def _add(text: FormattedText, gap: str, bodies: list[_Body], rooms: Sequence[Budget]) -> FormattedText:
    """Put *text*, for which the last body has no room, into the messages that are left; give what no message holds."""
    if not rooms[-1].holds(Budget.taken_by(text)):
        return _tear(text, gap, bodies, rooms)
    if len(bodies) < len(rooms):
        bodies.append(_Body(rooms[len(bodies)]))
        bodies[-1].takes(text, gap)
        return FormattedText()
    return text


def _tear(text: FormattedText, gap: str, bodies: list[_Body], rooms: Sequence[Budget]) -> FormattedText:
    """Put as much of *text* as can be into the messages that are left; give the rest of it."""
    rest = text
    while True:
        body = bodies[-1]
        fresh = not body.builder.length
        head, after = divide(rest, body.room - Budget(0 if fresh else len(gap), 0, 0))
        if (fresh or len(head.text) >= _WORTH_BEGINNING) and body.takes(head, gap):
            rest = after
        if not rest.text or len(bodies) == len(rooms):
            return rest
        bodies.append(_Body(rooms[len(bodies)]))


def _texts(bodies: list[_Body]) -> list[FormattedText]:
    return [body.builder.build() for body in bodies]
