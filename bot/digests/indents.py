"""Indent what belongs to a list's item as far as CommonMark asks for, where its writer meant it and fell short.

A writer who indents every summary by three spaces sees it work under `9. ` and not under `10. `, whose content begins
a column further right (CommonMark 5.2): there the summary ends the list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAB = 4
# What begins deeper than this beside its list is code.
_CODE = 4
_MARKER = re.compile(r"(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
# What begins a block of its own and can be no paragraph's next line.
_BLOCK = re.compile(r"#{1,6}(?:\s|$)|>|<[A-Za-z/!?]|(?:[-_*][ \t]*){3,}$")
# As far to the right as an ordered list's own entries are nested by habit.
_NESTED = 3


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    # The column of its first word.
    indent: int

    @classmethod
    def of(cls, source: str) -> "_Line":
        text = source.lstrip(" \t")
        return cls(text, _width(source[: len(source) - len(text)]))


def with_whole_items(body: str) -> str:
    """The same lines, those of an item moved right together where they stand between its marker and its content."""
    source = body.split("\n")
    lines = [_Line.of(line) for line in source]
    fences = _Fences()
    at, fresh = 0, True
    while at < len(lines):
        marker = _MARKER.match(lines[at].text) if lines[at].indent < _CODE else None
        if marker and not _is_rule(lines[at]) and (fresh or marker[1] in (None, "1")):
            end = _end_of_item(lines, at, marker, fences)
            _move(source, lines, fences, item=range(at, end), content=_content_column(lines[at], marker))
            at, fresh = end, True
        else:
            end = fences.end(lines, at, -1) or at + 1
            # A number but 1 begins no list in the middle of a paragraph.
            fresh = end > at + 1 or not lines[at].text or _BLOCK.match(lines[at].text) is not None
            at = end
    return "\n".join(source)


class _Fences:
    """Where fenced code ends; one that never does is looked for once."""

    def __init__(self) -> None:
        self._endless: dict[str, int] = {}

    def end(self, lines: list[_Line], start: int, beside: int) -> int | None:
        """The line after the code that begins at *start*, right of column *beside*; None if none does, or none ends."""
        fence = _FENCE.match(lines[start].text)
        if fence is None or lines[start].indent <= beside:
            return None
        mark = fence[1] or fence[2]
        if len(mark) >= self._endless.get(mark[0], len(mark) + 1):
            return None
        for at in range(start + 1, len(lines)):
            text = lines[at].text
            if text.startswith(mark) and not text.strip().strip(mark[0]):
                return at + 1
        self._endless[mark[0]] = len(mark)
        return None


def _end_of_item(lines: list[_Line], start: int, marker: re.Match[str], fences: _Fences) -> int:
    """The line that no longer belongs to the item that begins at *start*, nor would if it were indented further."""
    beside = lines[start].indent
    content = _content_column(lines[start], marker)
    at = start + 1
    after_blank = False
    while at < len(lines):
        line = lines[at]
        if line.text:
            if line.indent <= beside and (after_blank or _begins_block(line)):
                break
            if beside < line.indent < content and _is_sibling(line, marker, beside):
                break
        after_blank = not line.text
        at = fences.end(lines, at, beside) or at + 1
    return at


def _is_sibling(line: _Line, marker: re.Match[str], beside: int) -> bool:
    """Whether *line* is the list's next entry, a little to the right, rather than one of a list inside the entry."""
    found = _MARKER.match(line.text)
    if found is None or _is_rule(line) or (found[1] is None) != (marker[1] is None):
        return False
    if found[1] is None or marker[1] is None:
        return True
    return line.indent - beside < _NESTED or int(found[1]) == int(marker[1]) + 1


def _move(source: list[str], lines: list[_Line], fences: _Fences, *, item: range, content: int) -> None:
    """Indent the lines of *item* so that all of it stands at column *content* or right of it."""
    start, end = item.start, item.stop
    beside = lines[start].indent
    starts = (line for line in _starts(lines, start, end) if beside < line.indent < content)
    by = content - min((line.indent for line in starts), default=content)
    if not by:
        return
    nested = False
    at = start + 1
    while at < end:
        after = fences.end(lines, at, beside) or at + 1
        nested = nested or _MARKER.match(lines[at].text) is not None
        for index in range(at, after):
            line = lines[index]
            becomes_code = after == at + 1 and not nested and line.indent < content + _CODE <= line.indent + by
            if line.text and line.indent > beside and not (becomes_code and line.indent >= content):
                source[index] = " " * (line.indent + by) + line.text
            elif line.text and after > at + 1:
                source[index] = " " * content + line.text
        at = after


def _starts(lines: list[_Line], start: int, end: int) -> Iterator[_Line]:
    """The lines that begin a block inside an item, other than the first."""
    for before, line in zip(lines[start : end - 1], lines[start + 1 : end], strict=True):
        if line.text and (not before.text or _begins_block(line)):
            yield line


def _begins_block(line: _Line) -> bool:
    return any(pattern.match(line.text) for pattern in (_MARKER, _FENCE, _BLOCK))


def _is_rule(line: _Line) -> bool:
    found = _BLOCK.match(line.text)
    return found is not None and line.text[0] in "-_*"


def _content_column(line: _Line, marker: re.Match[str]) -> int:
    """Where the content of the item begins that *line* begins: behind one to four blanks (CommonMark 5.2)."""
    behind = line.indent + marker.end()
    text = line.text[marker.end() :]
    words = text.lstrip(" \t")
    column = behind + _width(text[: len(text) - len(words)], behind)
    return column if words and column - behind <= _CODE else behind + 1


def _width(blanks: str, start: int = 0) -> int:
    column = start
    for blank in blanks:
        column += _TAB - column % _TAB if blank == "\t" else 1
    return column - start
