"""Bring entities into the only shape that Telegram takes without changing it.

The rules are TDLib's (MessageEntity.cpp, `fix_entities`): code, pre, links and times contain no one another; bold,
italic, underline and strikethrough stay out of code and pre, and out of one another's way; quotes do not nest.
What TDLib would split or drop is split or dropped here, so that the count of entities is the one Telegram sees.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import count

from storage.model import Entity, EntityType, FormattedText

_STYLES = {EntityType.BOLD, EntityType.ITALIC, EntityType.UNDERLINE, EntityType.STRIKETHROUGH}
_QUOTES = {EntityType.BLOCKQUOTE, EntityType.EXPANDABLE_BLOCKQUOTE}
_UNSTYLED = {EntityType.CODE, EntityType.PRE, EntityType.DATE_TIME}
_VERBATIM = {EntityType.CODE, EntityType.PRE}

Span = tuple[int, int]


def settle(text: str, entities: Iterable[Entity]) -> FormattedText:
    """Strip *text* of blanks at its ends and give its entities in order, each whole, none in another's way."""
    trimmed = _trimmed(text, entities)
    if len(trimmed.entities) < 2:  # noqa: PLR2004 - one alone is in nobody's way
        return trimmed
    return FormattedText(trimmed.text, tuple(_untangle(trimmed.text, sorted(trimmed.entities, key=_order))))


def cut(whole: FormattedText, start: int, end: int) -> FormattedText:
    """The characters from *start* to *end* with their styles, without blanks at the ends."""
    if not whole.entities:
        return FormattedText(whole.text[start:end].strip())
    entities = [
        Entity(e.type, max(e.offset, start) - start, min(e.offset + e.length, end) - max(e.offset, start), e.value)
        for e in whole.entities
        if e.offset < end and e.offset + e.length > start
    ]
    return _trimmed(whole.text[start:end], entities)


def lines_of(whole: FormattedText, breaks: str) -> list[FormattedText]:
    """Part *whole* at each of the characters in *breaks*."""
    ends = [at for at, sign in enumerate(whole.text) if sign in breaks]
    lines: list[FormattedText] = []
    waiting = list(reversed(whole.entities))
    reaching: list[Entity] = []
    start = 0
    for end in [*ends, len(whole.text)]:
        while waiting and waiting[-1].offset < end:
            reaching.append(waiting.pop())
        lines.append(
            cut(FormattedText(whole.text[start:end], tuple(_moved(e, -start) for e in reaching)), 0, end - start)
        )
        start = end + 1
        reaching = [e for e in reaching if _end(e) > start]
    return lines


def replace(whole: FormattedText, changes: Sequence[tuple[int, int, str]]) -> FormattedText:
    """Put another text in the place of each stretch from *start* to *end*; *changes* are in order and apart."""
    ends: list[int] = []
    shifts: list[int] = []
    pieces: list[str] = []
    at = shift = 0
    for start, end, text in changes:
        pieces += (whole.text[at:start], text)
        at = end
        shift += len(text) - (end - start)
        ends.append(end)
        shifts.append(shift)

    def moved(offset: int) -> int:
        passed = bisect_right(ends, offset)
        return offset + (shifts[passed - 1] if passed else 0)

    pieces.append(whole.text[at:])
    entities = [
        Entity(e.type, moved(e.offset), moved(e.offset + e.length) - moved(e.offset), e.value) for e in whole.entities
    ]
    return _trimmed("".join(pieces), entities)


def without(whole: FormattedText, *types: EntityType) -> FormattedText:
    """The same text with no entity of *types*."""
    return FormattedText(whole.text, tuple(e for e in whole.entities if e.type not in types))


def _moved(entity: Entity, by: int) -> Entity:
    return Entity(entity.type, entity.offset + by, entity.length, entity.value)


def _order(entity: Entity) -> tuple[int, int, int]:
    # A quote holds whatever fills it; and of a link and the code that is all its words, the link is worth more.
    rank = 0 if entity.type in _QUOTES else 1 if entity.type == EntityType.TEXT_LINK else 2
    return entity.offset, -entity.length, rank


def _trimmed(text: str, entities: Iterable[Entity]) -> FormattedText:
    start = len(text) - len(text.lstrip())
    text = text.strip()
    kept: list[Entity] = []
    for entity in entities:
        fitted = entity if not start and _is_inked(text, entity) else _within(text, entity, start)
        if fitted is not None:
            kept.append(fitted)
    return FormattedText(text, tuple(kept))


def _is_inked(text: str, entity: Entity) -> bool:
    """Whether *entity* begins and ends on ink already, as nearly all do."""
    end = entity.offset + entity.length
    return 0 < entity.length <= end <= len(text) and not text[entity.offset].isspace() and not text[end - 1].isspace()


def _within(text: str, entity: Entity, shift: int) -> Entity | None:
    """Fit *entity* to *text*, which lost *shift* characters in front, and let it begin and end on ink."""
    start = max(entity.offset - shift, 0)
    # One that lies in what was lost ends before it begins.
    end = max(start, min(entity.offset + entity.length - shift, len(text)))
    inside = text[start:end]
    if entity.type in _VERBATIM and inside.strip():
        return Entity(entity.type, start, end - start, entity.value)
    stripped = inside.strip()
    if not stripped:
        return None
    start += len(inside) - len(inside.lstrip())
    if start == entity.offset and len(stripped) == entity.length:
        return entity
    return Entity(entity.type, start, len(stripped), entity.value)


def _untangle(text: str, entities: list[Entity]) -> list[Entity]:
    """Resolve what overlaps, in favour of the one that begins first and is longer."""
    quotes = _apart([e for e in entities if e.type in _QUOTES])
    borders = sorted(border for quote in quotes for border in (quote.offset, _end(quote)))
    others = [e for e in entities if e.type not in _STYLES and e.type not in _QUOTES]
    whole = _apart([e for e in (_without_crossing(text, e, borders) for e in others) if not _is_crossed(e, borders)])
    barred = [(e.offset, e.offset + e.length) for e in whole if e.type in _UNSTYLED]
    styles = [
        Entity(style, start, end - start)
        for style in sorted({e.type for e in entities} & _STYLES)
        for start, end in _outside(_merged([e for e in entities if e.type == style]), barred)
    ]
    fitted = (_within(text, e, 0) for e in _nested(whole + quotes + styles))
    return sorted((e for e in fitted if e is not None), key=_order)


def _is_crossed(entity: Entity, borders: list[int]) -> bool:
    """Whether one of *borders* lies inside *entity*."""
    after = bisect_right(borders, entity.offset)
    return after < len(borders) and borders[after] < _end(entity)


def _without_crossing(text: str, entity: Entity, borders: list[int]) -> Entity:
    """Leave out the blanks by which alone code crosses a quote's border: a quote ends on ink, and code need not."""
    if not _is_crossed(entity, borders):
        return entity
    inside = text[entity.offset : _end(entity)]
    start = entity.offset + len(inside) - len(inside.lstrip())
    return Entity(entity.type, start, len(inside.strip()), entity.value)


def _apart(entities: list[Entity]) -> list[Entity]:
    """Those that begin after the one before has ended."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].offset + kept[-1].length:
            kept.append(entity)
    return kept


def _merged(entities: list[Entity]) -> list[Span]:
    """The stretches that *entities* of one style cover; those that touch are one, as in Telegram."""
    joined: list[Span] = []
    for entity in entities:
        start, end = entity.offset, entity.offset + entity.length
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _outside(spans: list[Span], barred: list[Span]) -> list[Span]:
    """What of *spans* lies in none of *barred*; both are in order."""
    left: list[Span] = []
    first = 0
    for span_start, end in spans:
        start = span_start
        while first < len(barred) and barred[first][1] <= start:
            first += 1
        index = first
        while index < len(barred) and barred[index][0] < end:
            if start < barred[index][0]:
                left.append((start, barred[index][0]))
            start = max(start, barred[index][1])
            index += 1
        if start < end:
            left.append((start, end))
    return left


def _nested(entities: list[Entity]) -> list[Entity]:
    """Split each style where it crosses the border of another entity, so that any two are apart or one in the other."""
    waiting = [(e.offset, -e.length, number, e) for number, e in enumerate(entities)]
    heapify(waiting)
    # No two are alike, or the heap would compare entities.
    fresh = count(len(entities))
    done: list[Entity] = []
    # Indexes into *done* of those that reach over the entity at hand, the innermost last.
    around: list[int] = []
    while waiting:
        entity = heappop(waiting)[-1]
        end = entity.offset + entity.length
        while around and _end(done[around[-1]]) <= entity.offset:
            around.pop()
        if entity.type in _STYLES:
            if around and _end(done[around[-1]]) < end:
                entity, rest = _split(entity, _end(done[around[-1]]))
                heappush(waiting, (rest.offset, -rest.length, next(fresh), rest))
        else:
            while around and _end(done[around[-1]]) < end and done[around[-1]].type in _STYLES:
                crossed = around.pop()
                done[crossed], rest = _split(done[crossed], entity.offset)
                heappush(waiting, (rest.offset, -rest.length, next(fresh), rest))
            if around and _end(done[around[-1]]) < end:
                continue
        around.append(len(done))
        done.append(entity)
    return done


def _end(entity: Entity) -> int:
    return entity.offset + entity.length


def _split(entity: Entity, at: int) -> tuple[Entity, Entity]:
    return Entity(entity.type, entity.offset, at - entity.offset), Entity(entity.type, at, _end(entity) - at)
