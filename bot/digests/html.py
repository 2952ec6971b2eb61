"""Read HTML into the same blocks as Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from bot.digests.blocks import DEEPEST, Block, Kind
from bot.digests.inline import InlineWriter
from bot.digests.tables import lay_out
from storage.model import Entity, EntityType, FormattedText

# No `<` inside a tag, so that each character is looked at once; `>` in an attribute is rare enough to lose.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:.-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
_NO_WORDS = re.compile(r"<[!?]")
_PARAGRAPHS = {
    "p", "div", "section", "article", "aside", "header", "footer", "main", "nav", "details", "summary", "figure",
    "figcaption", "center", "dl", "dt", "dd", "address", "form", "fieldset",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NESTS: dict[str, Kind] = {"ul": "list", "ol": "list", "li": "entry", "blockquote": "quote"}


def read_html(source: str, *, line: int, base: str | None) -> list[Block]:
    """Read *source*, which begins at *line* of its file; tags that mean nothing to a reader are dropped."""
    reader = _Reader(line, base)
    for piece in _pieces(source):
        if isinstance(piece, str):
            reader.words(piece)
        else:
            reader.tag(piece)
    return reader.finish()


@dataclass(slots=True)
class Tag:
    """An HTML tag as it was met."""

    name: str
    closing: bool
    attributes: dict[str, str]


def tag_of(source: str) -> Tag | None:
    """Read *source* as one tag; None for a comment or anything else."""
    found = _TAG.fullmatch(source)
    return _tag(found) if found else None


def _tag(found: re.Match[str]) -> Tag:
    values = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(found[3])}
    return Tag(found[2].lower(), bool(found[1]), values)


def _pieces(source: str) -> Iterator[str | Tag]:
    """The tags of *source* and the words between; comments and declarations are left out."""
    at = 0
    while at < len(source):
        begin = source.find("<", at)
        if begin < 0:
            break
        yield source[at:begin]
        if source.startswith("<!--", begin):
            end = source.find("-->", begin + 4)
            at = len(source) if end < 0 else end + 3
        elif _NO_WORDS.match(source, begin):
            end = source.find(">", begin)
            at = len(source) if end < 0 else end + 1
        elif found := _TAG.match(source, begin):
            yield _tag(found)
            at = found.end()
        else:
            yield "<"
            at = begin + 1
    yield source[at:]


class _Reader:
    def __init__(self, line: int, base: str | None) -> None:
        self._line = line
        self._base = base
        self._blocks: list[Block] = []
        self._open: list[Block] = []
        self._too_deep = 0
        self._words = InlineWriter(base)
        self._level = 0
        self._rows: list[list[FormattedText]] = []
        self._code: list[str] | None = None

    def words(self, source: str) -> None:
        if self._code is not None:
            self._code.append(unescape(source))
        elif source:
            self._words.words(re.sub(r"\s+", " ", unescape(source)))
            self._line += source.count("\n")

    def tag(self, tag: Tag) -> None:
        if tag.name == "pre":
            self._pre(closing=tag.closing)
        elif self._code is not None:
            return
        elif tag.name in _NESTS:
            self._end_paragraph()
            self._leave(_NESTS[tag.name]) if tag.closing else self._enter(tag)
        elif tag.name in _PARAGRAPHS:
            self._end_paragraph()
        elif tag.name in _HEADINGS:
            self._end_paragraph()
            self._level = 0 if tag.closing else int(tag.name[1])
        elif tag.name in ("table", "tr", "td", "th"):
            self._table(tag)
        elif tag.name == "hr":
            self._end_paragraph()
            self._add(Block("rule", self._line))
        else:
            self._words.tag(tag.name, tag.attributes, closing=tag.closing)

    def finish(self) -> list[Block]:
        if self._code is not None:
            self._pre(closing=True)
        self._table(Tag("table", closing=True, attributes={}))
        return self._blocks

    def _add(self, block: Block) -> None:
        (self._open[-1].children if self._open else self._blocks).append(block)

    def _take(self) -> FormattedText:
        text = self._words.build()
        self._words = InlineWriter(self._base)
        return text

    def _end_paragraph(self) -> None:
        jumps = self._words.jumps
        text = self._take()
        if text.text:
            kind: Kind = "heading" if self._level else "paragraph"
            self._add(Block(kind, self._line, text, level=self._level, jumps=jumps))

    def _enter(self, tag: Tag) -> None:
        if len(self._open) >= DEEPEST:
            self._too_deep += 1
            return
        block = Block(_NESTS[tag.name], self._line)
        if block.kind == "entry":
            if not self._open or self._open[-1].kind == "entry":
                self._leave("entry")
            parent = self._open[-1] if self._open else None
            if parent is None or parent.kind != "list":
                parent = Block("list", self._line)
                self._add(parent)
                self._open.append(parent)
            if parent.level:
                block.number = len(parent.children) + 1
        elif tag.name == "ol":
            block.level = 1
        self._add(block)
        self._open.append(block)

    def _leave(self, kind: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].kind == kind:
                del self._open[index:]
                return

    def _pre(self, *, closing: bool) -> None:
        if not closing:
            self._end_paragraph()
            self._code = []
        elif self._code is not None:
            text = "".join(self._code).strip("\n")
            self._code = None
            if text.strip():
                self._add(Block("code", self._line, FormattedText(text, (Entity(EntityType.PRE, 0, len(text)),))))

    def _table(self, tag: Tag) -> None:
        if tag.name == "table":
            self._end_cell_or_paragraph()
            rows, self._rows = [row for row in self._rows if row], []
            if rows:
                self._add(Block("table", self._line, lay_out(rows)))
        elif tag.name == "tr" and not tag.closing:
            self._end_cell_or_paragraph()
            self._rows.append([])
        else:
            self._end_cell_or_paragraph()

    def _end_cell_or_paragraph(self) -> None:
        if self._rows:
            text = self._take()
            if text.text:
                self._rows[-1].append(text)
        else:
            self._end_paragraph()
