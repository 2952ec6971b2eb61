"""Read HTML into the same blocks as Markdown, whether it stands in Markdown or is a whole article."""

import re
from html import unescape

from bot.digests.blocks import Block, Kind
from bot.digests.characters import clean
from bot.digests.emphasis import is_cjk
from bot.digests.inline import InlineWriter
from bot.digests.nesting import Nesting
from bot.digests.tags import Tag, pieces
from storage.model import Entity, EntityType, FormattedText

_PARAGRAPHS = {
    "p", "div", "section", "article", "aside", "header", "footer", "main", "nav", "details", "summary", "figure",
    "figcaption", "center", "dl", "dt", "dd", "address", "form", "fieldset", "caption",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NESTS: dict[str, Kind] = {"ul": "list", "ol": "list", "li": "entry", "blockquote": "quote", "table": "table"}
# Whoever forgets to end one of them would hide all that follows; what no reader sees in them is left out already.
_FRAMES = {"html", "head", "body", "noscript", "template"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LANGUAGE = re.compile(r"(?:^|\s)lang(?:uage)?-([\w+#.-]+)")
_NUMBER = re.compile(r"\s*\d{1,9}\s*", re.ASCII)
# Beside Chinese, CommonMark leaves such asterisks as they are, and so do the machines of most sites.
_UNREAD_BOLD = re.compile(r"\*\*([^\s*](?:[^*\n]{0,200}?[^\s*])?)\*\*")
# What sites put beside a heading to link to itself.
_ANCHORS = {"#", "¶", "§", "🔗"}


def read_html(source: str, *, line: int, base: str | None) -> list[Block]:
    """Read *source*, which begins at *line* of its file; tags that mean nothing to a reader are dropped."""
    reader = _Reader(line, base)
    for piece in pieces(source):
        if isinstance(piece, str):
            reader.words(piece)
        else:
            reader.tag(piece)
    return reader.finish()


class _Reader:
    def __init__(self, line: int, base: str | None) -> None:
        self._line = line
        self._base = base
        self._nesting = Nesting()
        self._words = InlineWriter(base)
        self._after_break = False
        # Where the open link leads; it may reach over several blocks.
        self._link = ""
        # Of the heading that is open.
        self._level = 0
        self._code: list[str] | None = None
        # What the code is written in; said at the code or somewhere around it.
        self._language = ""

    def words(self, source: str) -> None:
        if self._code is not None:
            self._code.append(unescape(source))
            return
        text = unescape(_BLANKS.sub(_blank, source.lstrip() if self._after_break else source))
        if text and not ("#" in self._link and text.strip() in _ANCHORS):
            self._write(text)
            self._after_break = False
        self._line += source.count("\n")

    def tag(self, tag: Tag) -> None:
        if tag.name == "pre" or self._code is not None:
            self._tag_of_code(tag)
        elif tag.name in _NESTS:
            self._end_paragraph()
            self._end_link()
            self._nesting.end(_NESTS[tag.name]) if tag.closing else self._begin(tag)
        elif tag.name in ("tr", "td", "th"):
            self._end_paragraph()
            self._end_link()
            self._tag_of_table(tag)
        elif tag.name in _PARAGRAPHS:
            self._end_paragraph()
            self._language = _language(tag) or self._language
        elif tag.name in _HEADINGS:
            self._end_paragraph()
            self._level = 0 if tag.closing else int(tag.name[1])
        elif tag.name == "hr":
            self._end_paragraph()
            self._nesting.add(Block("rule", self._line))
        elif tag.name not in _FRAMES:
            self._inline(tag)

    def finish(self) -> list[Block]:
        self._end_code()
        self._end_paragraph()
        return self._nesting.finish()

    def _write(self, text: str) -> None:
        at = 0
        for bold in _UNREAD_BOLD.finditer(text):
            if is_cjk(text[bold.start() - 1 : bold.start()] or " ") or is_cjk(text[bold.end() : bold.end() + 1] or " "):
                self._words.words(text[at : bold.start()])
                self._words.open(EntityType.BOLD)
                self._words.words(bold[1])
                self._words.close(EntityType.BOLD)
                at = bold.end()
        self._words.words(text[at:])

    def _begin(self, tag: Tag) -> None:
        match tag.name:
            case "li":
                self._nesting.begin_entry(self._line, number=_number(tag, "value"))
            case "blockquote":
                self._nesting.begin_quote(self._line)
            case "table":
                self._nesting.begin_table(self._line)
            case _:
                first = None if tag.name == "ul" else _number(tag, "start")
                self._nesting.begin_list(self._line, first=1 if tag.name == "ol" and first is None else first)

    def _tag_of_table(self, tag: Tag) -> None:
        table = self._nesting.table()
        if table is None:
            return
        if tag.closing:
            table.end_cell()
        elif tag.name == "tr":
            table.begin_row()
        else:
            table.begin_cell(names=tag.name == "th")

    def _inline(self, tag: Tag) -> None:
        if tag.name == "a":
            self._end_link()
            if not tag.closing and tag.attributes.get("href"):
                self._link = tag.attributes["href"]
                self._words.open_link(self._link)
        elif tag.name != "img" or not _is_unseen(tag):
            self._words.tag(tag.name, tag.attributes, closing=tag.closing)
            self._after_break = tag.name == "br"

    def _end_link(self) -> None:
        """No link reaches into another, or from one entry or cell to the next: somebody forgot to end it."""
        if self._link:
            self._words.close_link()
            self._link = ""

    def _end_paragraph(self) -> None:
        jumps = self._words.jumps
        text = self._words.build()
        self._words = InlineWriter(self._base)
        if self._link:
            self._words.open_link(self._link)
        if text.text:
            kind: Kind = "heading" if self._level else "paragraph"
            self._nesting.add(Block(kind, self._line, text, level=self._level, jumps=jumps))

    def _tag_of_code(self, tag: Tag) -> None:
        if tag.name == "pre" and tag.closing:
            self._end_code()
        elif tag.name == "pre":
            if self._code is not None:
                self._end_code()
            self._end_paragraph()
            self._code = []
        elif self._code is not None and tag.name == "br":
            self._code.append("\n")
        self._language = _language(tag) or self._language

    def _end_code(self) -> None:
        text = clean("".join(self._code or ())).strip("\n")
        if text.strip():
            entity = Entity(EntityType.PRE, 0, len(text), self._language)
            self._nesting.add(Block("code", self._line, FormattedText(text, (entity,))))
        self._code = None
        self._language = ""


def _blank(blanks: re.Match[str]) -> str:
    """A line that ends where the next begins without a blank was ended by its writer, as in Markdown."""
    return "\n" if blanks[0].endswith("\n") else " "


def _language(tag: Tag) -> str:
    found = _LANGUAGE.search(tag.attributes.get("class", ""))
    return found[1] if found else ""


def _number(tag: Tag, name: str) -> int | None:
    written = tag.attributes.get(name, "")
    return int(written) if _NUMBER.fullmatch(written) else None


def _is_unseen(picture: Tag) -> bool:
    """Whether it is there to count its readers."""
    return bool({picture.attributes.get("width"), picture.attributes.get("height")} & {"0", "1"})
