"""Lay pieces out as messages, none too much for Telegram, and say of what no message holds that it is there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import tee

from bot.digests.builder import TextBuilder, join
from bot.messages.budget import Budget
from bot.messages.ending import ROOM, text_of
from bot.messages.pack import Packed, pack
from bot.messages.phrases import phrase
from bot.messages.pieces import Piece
from bot.messages.rest import BEGINNING, Place, Rest
from storage.model import Ending, Entity, EntityType, FormattedText

MOST_PARTS = 5
_GAP = "\n\n"
# Of the last item, of which only the end is missing: where one can read on, and where one cannot.
_UNFINISHED = ("read-on", "cut-off")

# What stands above a part, given the words that count the parts.
Head = Callable[[str], FormattedText]


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One message: a text and its entities, offsets in characters; `as_bot_api` turns them into UTF-16."""

    text: str
    entities: tuple[Entity, ...]
    # What is still to be read after the last part, and has no permalink to be read at.
    rest: Rest | None = None
    # How many items a filter left out of all the parts, which only the last one says.
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the pieces."""

    language: str
    # Above the first part, above it at its longest, and above each other part.
    first: Head
    longest: Head
    again: Head
    # How many of the items are left when all before a place are shown; at the beginning all are.
    left: Callable[[Place], int]
    # Where what is left can be read; None: nowhere that is known.
    permalink: str | None = None
    # Whether the last part leaves room for an ending.
    signed: bool = False


def lay_out(pieces: Iterable[Piece], frame: Frame, *, most: int, start: Place) -> tuple[MessagePart, ...]:
    """Lay *pieces*, which begin at *start*, out as at most *most* messages.

    Items that do not fit are counted: at the end of the last part as a link to the permalink, without one in its
    `rest`. Where nothing is left to show, there are no parts.
    """
    packed = _packed(pieces, frame, most=most, start=start)
    if start != BEGINNING and not packed.bodies[0].text:
        return ()
    parts = start.parts + len(packed.bodies)
    shown = [
        _part(_head(frame, part=number, parts=parts), body)
        for number, body in enumerate(packed.bodies, start.parts + 1)
    ]
    rest = None if packed.stop is None else _rest(frame, _later(start, packed.stop, parts))
    return (*shown[:-1], _with_rest(shown[-1], rest, frame.permalink))


def in_words(part: MessagePart) -> MessagePart:
    """The same part for where there can be no button: what is left is said at its end."""
    return part if part.rest is None else _with_tail(part, _styled(part.rest.words, EntityType.ITALIC))


def with_ending(part: MessagePart, ending: Ending) -> MessagePart:
    """The last part of what was laid out as signed, with what a chat puts under it."""
    text = text_of(ending)
    return _with_tail(part, text) if text.text else part


def _packed(pieces: Iterable[Piece], frame: Frame, *, most: int, start: Place) -> Packed:
    rooms = _rooms(frame, most=most, start=start)
    if not frame.signed:
        return pack(pieces, rooms, skip=start.offset)
    rooms[-1] -= ROOM
    first, again = tee(pieces)
    packed = pack(first, rooms, skip=start.offset)
    last = len(packed.bodies) - 1
    if last == len(rooms) - 1 or rooms[last].holds(Budget.taken_by(packed.bodies[last]) + ROOM):
        return packed
    # Only the part that turned out to be the last one lacks room: what it is too small for goes into another.
    smaller = [*rooms[:last], *(room - ROOM for room in rooms[last:-1]), rooms[-1]]
    return pack(again, smaller, skip=start.offset)


def _rooms(frame: Frame, *, most: int, start: Place) -> list[Budget]:
    """What each message that there may be holds below its head, the last one above what may have to be said there."""
    last = start.parts + most
    counter = _counter(frame.language, part=last, parts=last)
    rooms = [_room_below(frame.again(counter))] * most
    if not start.parts:
        # Room for its longest is always kept: to say that it is withdrawn must move no border between two messages.
        rooms[0] = _room_below(frame.longest(counter))
    counted = _counted(frame.language, frame.left(BEGINNING))
    words = max(counted, *(phrase(frame.language, name) for name in _UNFINISHED), key=len)
    rooms[-1] -= Budget.taken_by(_tail(frame.permalink, words)) + Budget(len(_GAP), 0, 0)
    return rooms


def _room_below(head: FormattedText) -> Budget:
    return Budget() - Budget.taken_by(head) - Budget(len(_GAP), 0, 0)


def _head(frame: Frame, *, part: int, parts: int) -> FormattedText:
    counter = _counter(frame.language, part=part, parts=parts) if parts > 1 else ""
    return frame.first(counter) if part == 1 else frame.again(counter)


def _counter(language: str, *, part: int, parts: int) -> str:
    return f" {phrase(language, 'part-of', part=part, parts=parts)}"


def _later(start: Place, stop: tuple[int, int], parts: int) -> Place:
    piece, offset = stop
    return Place(start.piece + piece, offset, parts)


def _rest(frame: Frame, begins: Place) -> Rest:
    left = frame.left(begins)
    if left:
        return Rest(_counted(frame.language, left), _counted(frame.language, left), begins)
    read_on, cut_off = (phrase(frame.language, name) for name in _UNFINISHED)
    return Rest(read_on, cut_off, begins)


def _counted(language: str, left: int) -> str:
    return phrase(language, "more-items", count=left)


def _with_rest(part: MessagePart, rest: Rest | None, permalink: str | None) -> MessagePart:
    if rest is None or permalink is None:
        return replace(part, rest=rest)
    return _with_tail(part, _tail(permalink, rest.label))


def _tail(permalink: str | None, words: str) -> FormattedText:
    if permalink is None:
        return _styled(words, EntityType.ITALIC)
    return _styled(words, EntityType.TEXT_LINK, permalink)


def _styled(words: str, style: EntityType, value: str = "") -> FormattedText:
    return TextBuilder().append(words, style, value).build()


def _with_tail(part: MessagePart, tail: FormattedText) -> MessagePart:
    whole = join([FormattedText(part.text, part.entities), tail], _GAP)
    return MessagePart(whole.text, whole.entities, left_out=part.left_out)


def _part(head: FormattedText, body: FormattedText) -> MessagePart:
    whole = join([text for text in (head, body) if text.text], _GAP)
    return MessagePart(whole.text, whole.entities)
