"""Put a text together piece by piece, each with its style, and keep the offsets right."""

from typing import Self

from bot.digests.entities import settle
from storage.model import Entity, EntityType, FormattedText


class TextBuilder:
    """Grows one text; `build` gives it with entities that Telegram takes as they are.

    Styles are given with a piece, or opened and closed around pieces; what is never closed ends with the text.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._entities: list[Entity] = []
        self._open: list[tuple[EntityType, int, str]] = []
        self.length = 0

    def append(self, piece: str | FormattedText, style: EntityType | None = None, value: str = "") -> Self:
        """Add *piece* at the end, all of it in *style* if one is given."""
        start = self.length
        if isinstance(piece, FormattedText):
            self._entities += (Entity(e.type, start + e.offset, e.length, e.value) for e in piece.entities)
            piece = piece.text
        if piece:
            self._pieces.append(piece)
        self.length += len(piece)
        if style is not None:
            self._entities.append(Entity(style, start, len(piece), value))
        return self

    def ends_with(self, *signs: str) -> bool:
        """Whether the text so far ends with one of *signs*."""
        return bool(self._pieces) and self._pieces[-1].endswith(signs)

    def open(self, style: EntityType, value: str = "") -> None:
        """Begin *style* here."""
        self._open.append((style, self.length, value))

    def close(self, style: EntityType) -> None:
        """End the innermost open *style* here; without one, nothing happens."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == style:
                _, start, value = self._open.pop(index)
                self._entities.append(Entity(style, start, self.length - start, value))
                return

    def build(self) -> FormattedText:
        """The whole text, with its entities settled; blanks and newlines at its ends are cut off."""
        if not self._pieces:
            return FormattedText()
        while self._open:
            self.close(self._open[-1][0])
        return settle("".join(self._pieces), self._entities)


def join(pieces: list[FormattedText], between: str) -> FormattedText:
    """Put *pieces* one after the other with *between* in the gaps."""
    builder = TextBuilder()
    for index, piece in enumerate(pieces):
        builder.append(between if index else "").append(piece)
    return builder.build()
