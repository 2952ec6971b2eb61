"""Keep what is open while HTML is read - lists, entries, quotes, tables - whether or not it is ever ended."""

from dataclasses import dataclass

from bot.digests.blocks import DEEPEST, Block, Kind
from bot.digests.html_tables import OpenTable


@dataclass(slots=True)
class _Nest:
    block: Block
    # Of the next entry of a numbered list; None: it is not numbered.
    next: int | None = None


class Nesting:
    """Takes blocks, and puts each into the innermost thing that is open."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._open: list[_Nest | OpenTable] = []
        self._too_deep = 0

    def add(self, block: Block) -> None:
        """Put *block* where it stands."""
        match self._open[-1] if self._open else None:
            case None:
                self._blocks.append(block)
            case OpenTable() as table:
                table.add(block)
            case nest:
                nest.block.children.append(block)

    def begin_list(self, line: int, *, first: int | None) -> None:
        """Open a list, numbered from *first* on or not."""
        self._begin(_Nest(Block("list", line), first))

    def begin_entry(self, line: int, *, number: int | None) -> None:
        """Open the entry of a list, which may give its *number* itself; the entry before need not have been ended."""
        if self._open and _kind(self._open[-1]) == "entry":
            self._open.pop()
        if len(self._open) >= DEEPEST:
            self._too_deep += 1
            return
        if not self._open or _kind(self._open[-1]) != "list":
            self.begin_list(line, first=None)
        around = self._open[-1] if self._open else None
        entry = Block("entry", line)
        if isinstance(around, _Nest) and around.next is not None:
            entry.number = around.next if number is None else number
            around.next = entry.number + 1
        self._begin(_Nest(entry))

    def begin_quote(self, line: int) -> None:
        """Open a quote."""
        self._begin(_Nest(Block("quote", line)))

    def begin_table(self, line: int) -> None:
        """Open a table."""
        if len(self._open) >= DEEPEST:
            self._too_deep += 1
        else:
            self._open.append(OpenTable(line))

    def table(self) -> OpenTable | None:
        """The innermost table, whose cell that was open has ended; None where none is open."""
        for index in range(len(self._open) - 1, -1, -1):
            found = self._open[index]
            if isinstance(found, OpenTable):
                self._close(index + 1)
                return found
        return None

    def end(self, kind: Kind) -> None:
        """End the innermost open *kind* with all that is open in it; where none is open, nothing happens."""
        if self._too_deep:
            self._too_deep -= 1
            return
        for index in range(len(self._open) - 1, -1, -1):
            found = _kind(self._open[index])
            if found == kind:
                self._close(index)
            if found in (kind, "table"):
                return

    def finish(self) -> list[Block]:
        """End all, and give it."""
        self._close(0)
        return self._blocks

    def _begin(self, nest: _Nest) -> None:
        if len(self._open) >= DEEPEST:
            self._too_deep += 1
        else:
            self.add(nest.block)
            self._open.append(nest)

    def _close(self, first: int) -> None:
        while len(self._open) > first:
            closed = self._open.pop()
            for block in closed.finish() if isinstance(closed, OpenTable) else ():
                self.add(block)


def _kind(opened: _Nest | OpenTable) -> Kind:
    return "table" if isinstance(opened, OpenTable) else opened.block.kind
