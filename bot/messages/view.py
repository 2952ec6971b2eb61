"""Show a digest as messages: header, intro, items, and a word about what no message can hold."""

from dataclasses import dataclass, replace

from bot.digests.builder import TextBuilder, join
from bot.messages.budget import Budget
from bot.messages.header import header, header_again
from bot.messages.pack import pack
from bot.messages.phrases import phrase
from bot.messages.pieces import pieces_of
from bot.messages.rest import BEGINNING, Place, Rest
from storage.model import Digest, Entity, EntityType, FormattedText, Layout

MOST_PARTS = 5
_GAP = "\n\n"
# Of the last item, of which only the end is missing: where one can read on, and where one cannot.
_UNFINISHED = ("read-on", "cut-off")


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One message: a text and its entities, offsets in characters; `as_bot_api` turns them into UTF-16."""

    text: str
    entities: tuple[Entity, ...]
    # What is still to be read after the last part, and has no permalink to be read at.
    rest: Rest | None = None


def render(
    digest: Digest, *, layout: Layout, language: str, most: int = MOST_PARTS, start: Place = BEGINNING
) -> tuple[MessagePart, ...]:
    """Lay *digest* out, from *start* on, as at most *most* messages, none of them too much for Telegram.

    *language* is one of `phrases.languages()`. Items that do not fit are counted: at the end of the last part as a link
    to the permalink, without one in its `rest`. Where nothing is left to show, there are no parts.
    """
    rooms = _rooms(digest, language, most=most, start=start)
    packed = pack(pieces_of(digest, layout, first=start.piece), rooms, skip=start.offset)
    if start != BEGINNING and not packed.bodies[0].text:
        return ()
    parts = start.parts + len(packed.bodies)
    shown = [
        _part(_head(digest, language, part=number, parts=parts), body)
        for number, body in enumerate(packed.bodies, start.parts + 1)
    ]
    rest = None if packed.stop is None else _rest(digest, language, _later(start, packed.stop, parts))
    return (*shown[:-1], _with_rest(shown[-1], rest, digest))


def in_words(part: MessagePart) -> MessagePart:
    """The same part for where there can be no button: what is left is said at its end."""
    return part if part.rest is None else _with_tail(part, _styled(part.rest.words, EntityType.ITALIC))


def _rooms(digest: Digest, language: str, *, most: int, start: Place) -> list[Budget]:
    """What each message that there may be holds below its head, the last one above what may have to be said there."""
    last = start.parts + most
    again = _room_below(header_again(digest, counter=_counter(language, part=last, parts=last)))
    rooms = [again] * most
    if not start.parts:
        # Room for the word that it is withdrawn is always kept: to say so must move no border between two messages.
        marked = replace(digest, withdrawn=True)
        rooms[0] = _room_below(header(marked, language=language, counter=_counter(language, part=last, parts=last)))
    words = max(_counted(language, len(digest.items)), *(phrase(language, name) for name in _UNFINISHED), key=len)
    rooms[-1] -= Budget.taken_by(_tail(digest, words)) + Budget(len(_GAP), 0, 0)
    return rooms


def _room_below(head: FormattedText) -> Budget:
    return Budget() - Budget.taken_by(head) - Budget(len(_GAP), 0, 0)


def _head(digest: Digest, language: str, *, part: int, parts: int) -> FormattedText:
    counter = _counter(language, part=part, parts=parts) if parts > 1 else ""
    return header(digest, language=language, counter=counter) if part == 1 else header_again(digest, counter=counter)


def _counter(language: str, *, part: int, parts: int) -> str:
    return f" {phrase(language, 'part-of', part=part, parts=parts)}"


def _later(start: Place, stop: tuple[int, int], parts: int) -> Place:
    piece, offset = stop
    return Place(start.piece + piece, offset, parts)


def _rest(digest: Digest, language: str, begins: Place) -> Rest:
    # The first piece is the intro.
    left = len(digest.items) - max(0, begins.piece + (begins.offset > 0) - 1)
    if left:
        return Rest(_counted(language, left), _counted(language, left), begins)
    read_on, cut_off = (phrase(language, name) for name in _UNFINISHED)
    return Rest(read_on, cut_off, begins)


def _counted(language: str, left: int) -> str:
    return phrase(language, "more-items", count=left)


def _with_rest(part: MessagePart, rest: Rest | None, digest: Digest) -> MessagePart:
    if rest is None or digest.permalink is None:
        return replace(part, rest=rest)
    return _with_tail(part, _tail(digest, rest.label))


def _tail(digest: Digest, words: str) -> FormattedText:
    if digest.permalink is None:
        return _styled(words, EntityType.ITALIC)
    return _styled(words, EntityType.TEXT_LINK, digest.permalink)


def _styled(words: str, style: EntityType, value: str = "") -> FormattedText:
    return TextBuilder().append(words, style, value).build()


def _with_tail(part: MessagePart, tail: FormattedText) -> MessagePart:
    whole = join([FormattedText(part.text, part.entities), tail], _GAP)
    return MessagePart(whole.text, whole.entities)


def _part(head: FormattedText, body: FormattedText) -> MessagePart:
    whole = join([text for text in (head, body) if text.text], _GAP)
    return MessagePart(whole.text, whole.entities)
