"""Lay tables out for a phone: aligned where they are narrow, as rows of words where they are not."""

import unicodedata
from functools import lru_cache

from bot.digests.builder import TextBuilder, join
from bot.digests.inline import finish
from storage.model import Entity, EntityType, FormattedText

# A phone shows about so many cells of its fixed-width font in a line.
_PHONE = 34
_GAP = "  "
_COLON, _BETWEEN = ": ", " · "
# What it joins is one emoji, of two cells.
_JOINER = "\u200d"
# Marks, joiners and selectors.
_NO_CELLS = ("Mn", "Me", "Cf")


def lay_out(rows: list[list[FormattedText]]) -> FormattedText:
    """Write *rows*, of which the first names the columns."""
    rows = [[finish(cell) for cell in row] for row in rows]
    widths = _widths(rows)
    return _aligned(rows, widths) if widths else join([_in_words(rows[0], row) for row in rows[1:] or rows], "\n")


def width(text: str) -> int:
    """How many cells of a fixed-width font *text* takes: a CJK character or an emoji two, marks and joiners none."""
    return len(text) if text.isascii() else sum(map(_cells, text)) - 2 * text.count(_JOINER)


# A text has few different signs, and many of each.
@lru_cache(maxsize=16_384)
def _cells(sign: str) -> int:
    if sign == _JOINER or unicodedata.category(sign) in _NO_CELLS:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _widths(rows: list[list[FormattedText]]) -> list[int]:
    """How wide each column is; none when they do not fit side by side, or cannot be shown in code.

    A hostile table has a hundred thousand cells: as soon as it is too wide, no other is looked at.
    """
    widths: list[int] = []
    for row in rows:
        widths += [0] * (min(len(row), _PHONE) - len(widths))
        for index, cell in enumerate(row[:_PHONE]):
            if len(cell.text) > _PHONE or "\n" in cell.text or _links(cell):
                return []
            widths[index] = max(widths[index], width(cell.text))
        if sum(widths) + len(_GAP) * (len(widths) - 1) > _PHONE:
            return []
    return widths


def _links(cell: FormattedText) -> bool:
    return any(e.type == EntityType.TEXT_LINK for e in cell.entities)


def _aligned(rows: list[list[FormattedText]], widths: list[int]) -> FormattedText:
    lines = [
        _GAP.join(
            cell.text + " " * (space - width(cell.text)) for cell, space in zip(row, widths, strict=False)
        ).rstrip()
        for row in rows
    ]
    text = "\n".join(lines)
    return FormattedText(text, (Entity(EntityType.PRE, 0, len(text)),)) if text.strip() else FormattedText()


def _in_words(names: list[FormattedText], row: list[FormattedText]) -> FormattedText:
    """Each cell behind its column's name, the first one bold; empty ones are left out."""
    builder = TextBuilder()
    for index, cell in enumerate(row):
        if not cell.text:
            continue
        name = names[index].text if row is not names and index < len(names) else ""
        builder.append(_BETWEEN if builder.length else "")
        builder.append(f"{name}{_COLON}" if name else "")
        builder.append(cell, None if index else EntityType.BOLD)
    return builder.build()
