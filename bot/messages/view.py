"""Show a digest as messages: header, items, and a word about what no message can hold."""

from dataclasses import dataclass

from bot.digests.builder import TextBuilder, join
from bot.messages.budget import Budget
from bot.messages.header import header, header_again
from bot.messages.pack import Packed, pack
from bot.messages.phrases import phrase
from bot.messages.pieces import pieces_of
from storage.model import Digest, Entity, EntityType, FormattedText, Layout

MOST_PARTS = 5
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One message: a text and its entities, offsets in characters; `as_bot_api` turns them into UTF-16."""

    text: str
    entities: tuple[Entity, ...]


def render(digest: Digest, *, layout: Layout, language: str, most: int = MOST_PARTS) -> tuple[MessagePart, ...]:
    """Lay *digest* out as at most *most* messages, none of them too much for Telegram.

    *language* is one of `phrases.languages()`. Items that do not fit are counted at the end, with the permalink if any.
    """
    widest = phrase(language, "part-of", part=most, parts=most)
    first = _room_below(header(digest, language=language, counter=f" {widest}"))
    again = _room_below(header_again(digest, counter=f" {widest}"))
    tail = Budget.taken_by(_tail(digest, language, left=len(digest.items), gap=_GAP))
    rooms = [first, *[again] * (most - 1)]
    packed = pack(pieces_of(digest.items, layout), [*rooms[:-1], rooms[-1] - tail])
    bodies = _with_tail(packed, digest, language)
    return tuple(
        _part(digest, body, language=language, number=number, parts=len(bodies))
        for number, body in enumerate(bodies, 1)
    )


def _room_below(head: FormattedText) -> Budget:
    taken = Budget.taken_by(head)
    return Budget() - taken - Budget(len(_GAP), 0, 0)


def _with_tail(packed: Packed, digest: Digest, language: str) -> list[FormattedText]:
    if not packed.left and not packed.torn:
        return packed.bodies
    tail = _tail(digest, language, left=packed.left)
    return [*packed.bodies[:-1], join([packed.bodies[-1], tail], _GAP)]


def _tail(digest: Digest, language: str, *, left: int, gap: str = "") -> FormattedText:
    """How much more there is, and where."""
    unfinished = "read-on" if digest.permalink else "cut-off"
    words = phrase(language, "more-items", count=left) if left else phrase(language, unfinished)
    style = EntityType.TEXT_LINK if digest.permalink else EntityType.ITALIC
    text = TextBuilder().append(words, style, digest.permalink or "").build()
    return FormattedText(text.text + gap, text.entities)


def _part(digest: Digest, body: FormattedText, *, language: str, number: int, parts: int) -> MessagePart:
    counter = f" {phrase(language, 'part-of', part=number, parts=parts)}" if parts > 1 else ""
    head = header(digest, language=language, counter=counter) if number == 1 else header_again(digest, counter=counter)
    whole = join([text for text in (head, body) if text.text], _GAP)
    return MessagePart(whole.text, whole.entities)
