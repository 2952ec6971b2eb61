"""Which entities may lie in which: TDLib cuts, joins or drops the others and tells nobody (MessageEntity.cpp)."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.sandbox.entities import CODE, QUOTES, SPLITTABLE, Entity, end, ordered

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")


def fixed(entities: Sequence[Entity]) -> list[Entity]:
    """*entities* as they may stand: each whole or gone, but for styles, which are cut where others begin and end."""
    sorted_entities = ordered(entities)
    if all(end(one) < other["offset"] for one, other in pairwise(sorted_entities)):
        return sorted_entities
    styles, quotes, whole = _parted(sorted_entities)
    quotes = _apart(quotes)
    return _together([each for each in _apart(whole) if not _crosses(each, quotes)], quotes, styles)


def merged(own: list[Entity], found: list[Entity]) -> list[Entity]:
    """*own* with those of *found* that overlap no link or code and do not cross the edge of a quote."""
    if not found:
        return own
    styles, quotes, whole = _parted(own)
    outside = [each for each in found if not _crosses(each, quotes)]
    return _together(whole + list(_beside(outside, whole)), quotes, styles)


def joined(styles: list[Entity]) -> list[Entity]:
    """*styles* in as few pieces as they can be sent in."""
    return _cut(ordered(styles), [])


def _parted(entities: list[Entity]) -> tuple[list[Entity], list[Entity], list[Entity]]:
    styles = [entity for entity in entities if entity["type"] in SPLITTABLE]
    quotes = [entity for entity in entities if entity["type"] in QUOTES]
    return styles, quotes, [entity for entity in entities if entity["type"] not in SPLITTABLE | QUOTES]


def _together(whole: list[Entity], quotes: list[Entity], styles: list[Entity]) -> list[Entity]:
    others = ordered(whole + quotes)
    return ordered(others + _cut(styles, others))


def _apart(entities: list[Entity]) -> list[Entity]:
    """Those that begin after all before them have ended."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or end(kept[-1]) <= entity["offset"]:
            kept.append(entity)
    return kept


def _beside(found: list[Entity], whole: list[Entity]) -> Iterator[Entity]:
    """Those of *found* that overlap none of *whole*; both are in order."""
    others = deque(whole)
    for each in found:
        while others and end(others[0]) <= each["offset"]:
            others.popleft()
        if not others or others[0]["offset"] >= end(each):
            yield each


def _crosses(entity: Entity, quotes: list[Entity]) -> bool:
    """Whether *entity* is neither inside of a quote nor outside of all."""
    first = next((quote for quote in quotes if end(quote) > entity["offset"]), None)
    return first is not None and (end(first) < end(entity) or entity["offset"] < first["offset"] < end(entity))


def _cut(styles: list[Entity], others: list[Entity]) -> list[Entity]:
    """*styles* in pieces that cross no edge of *others* and none begins in; alike ones that touch are one."""
    cutter = _Cutter(styles)
    around: list[Entity] = []
    for other in others:
        cutter.leave(around, other["offset"])
        around.append(other)
    cutter.leave(around, None)
    return ordered(cutter.pieces)


class _Cutter:
    """Walks along a text, knowing which styles are on (split_entities)."""

    def __init__(self, styles: list[Entity]) -> None:
        self.pieces: list[Entity] = []
        self.coming = deque(styles)
        # Where what is on began, as far as it is not in pieces yet, and where it ends.
        self.spans: dict[str, tuple[int, int]] = {}

    def leave(self, around: list[Entity], place: int | None) -> None:
        """Go on to *place* (None: the end) and out of those of *around* that end until there."""
        while around and (place is None or end(around[-1]) <= place):
            before = len(self.pieces)
            self._advance(end(around[-1]))
            if around.pop()["type"] in CODE:
                del self.pieces[before:]
        self._advance(place)

    def _advance(self, place: int | None) -> None:
        while self.coming and (place is None or self.coming[0]["offset"] < place):
            style = self.coming.popleft()
            start, stop = self.spans.get(style["type"], (0, -1))
            if style["offset"] <= stop:
                self.spans[style["type"]] = start, max(stop, end(style))
            else:
                self._flush(style["offset"])
                self.spans[style["type"]] = style["offset"], end(style)
        self._flush(place)

    def _flush(self, place: int | None) -> None:
        if not self.spans:
            return
        for kind in STYLES:
            start, stop = self.spans.get(kind, (0, 0))
            if kind not in self.spans or (place is not None and start >= place):
                continue
            until = stop if place is None else min(stop, place)
            self.pieces.append({"type": kind, "offset": start, "length": until - start})
            if until == stop:
                del self.spans[kind]
            else:
                self.spans[kind] = until, stop
