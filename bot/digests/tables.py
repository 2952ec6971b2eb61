"""Lay tables out for a phone: aligned where they are narrow, as rows of words where they are not."""

import unicodedata

from bot.digests.builder import TextBuilder, join
from bot.digests.inline import finish
from storage.model import Entity, EntityType, FormattedText

# A phone shows about so many cells of its fixed-width font in a line.
_PHONE = 34
_GAP = "  "
_COLON, _BETWEEN = ": ", " · "


def lay_out(rows: list[list[FormattedText]]) -> FormattedText:
    """Write *rows*, of which the first names the columns."""
    rows = [[finish(cell) for cell in row] for row in rows]
    columns = max(len(row) for row in rows)
    widths = [max((width(row[i].text) for row in rows if i < len(row)), default=0) for i in range(columns)]
    plain = not any("\n" in cell.text or _links(cell) for row in rows for cell in row)
    if plain and sum(widths) + len(_GAP) * (columns - 1) <= _PHONE:
        return _aligned(rows, widths)
    return join([_in_words(rows[0], row) for row in rows[1:] or rows], "\n")


def width(text: str) -> int:
    """How many cells of a fixed-width font *text* takes: a CJK character two, a combining mark none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


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
    """The first cell bold, then each other one behind its column's name; empty ones are left out."""
    builder = TextBuilder()
    for index, cell in enumerate(row):
        if not cell.text:
            continue
        name = names[index].text if index and row is not names and index < len(names) else ""
        builder.append(_BETWEEN if builder.length else "")
        builder.append(f"{name}{_COLON}" if name else "")
        builder.append(cell, None if index else EntityType.BOLD)
    return builder.build()
