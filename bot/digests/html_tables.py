"""Tell a table of HTML that says something in rows and columns from one that only lays out a page."""

from dataclasses import dataclass, field

from bot.digests.blocks import Block
from bot.digests.tables import lay_out
from storage.model import FormattedText


@dataclass(slots=True)
class OpenTable:
    """A table as it is read: its cells hold blocks, for anything may stand in them."""

    line: int
    _rows: list[list[list[Block]]] = field(default_factory=list)
    # What stands in the table but in no cell.
    _astray: list[Block] = field(default_factory=list)
    _in_cell: bool = False
    _has_names: bool = False

    def begin_row(self) -> None:
        """Begin a row; the one before has ended."""
        self._rows.append([])
        self._in_cell = False

    def begin_cell(self, *, names: bool) -> None:
        """Begin a cell, which names a column or a row or does not; the one before has ended."""
        if not self._rows:
            self.begin_row()
        self._rows[-1].append([])
        self._in_cell = True
        self._has_names = self._has_names or names

    def end_cell(self) -> None:
        """What comes until the next cell is in none."""
        self._in_cell = False

    def add(self, block: Block) -> None:
        """Put *block* into the cell that is open."""
        (self._rows[-1][-1] if self._in_cell else self._astray).append(block)

    def finish(self) -> list[Block]:
        """What the table is to a reader: itself, or what its cells hold, one after the other."""
        rows = [row for row in self._rows if any(row)]
        cells = [cell for row in rows for cell in row]
        is_grid = len(rows) > 1 and max(map(len, rows)) > 1
        if cells and (is_grid or self._has_names) and all(map(_is_short, cells)):
            texts = [[cell[0].text if cell else FormattedText() for cell in row] for row in rows]
            return [*self._astray, Block("table", self.line, lay_out(texts))]
        return [*self._astray, *(block for cell in cells for block in cell)]


def _is_short(cell: list[Block]) -> bool:
    return len(cell) <= 1 and all(block.kind == "paragraph" for block in cell)
