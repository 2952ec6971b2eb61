"""Write running text: what Markdown and HTML say about words, as styled stretches of one text."""

import re
from bisect import bisect_right

from bot.digests.blocks import SOFT_BREAK
from bot.digests.builder import TextBuilder
from bot.digests.characters import clean
from bot.digests.emphasis import is_cjk
from bot.digests.entities import replace, settle
from bot.digests.links import openable
from storage.model import Entity, EntityType, FormattedText

PICTURE, FILM = "🖼", "▶️"
_BULLET = "• "
# The address of a link that cannot be opened.
DEAD = ""

_STYLES = {
    "b": EntityType.BOLD, "strong": EntityType.BOLD,
    "i": EntityType.ITALIC, "em": EntityType.ITALIC, "cite": EntityType.ITALIC, "dfn": EntityType.ITALIC,
    "var": EntityType.ITALIC,
    "u": EntityType.UNDERLINE, "ins": EntityType.UNDERLINE, "mark": EntityType.UNDERLINE,
    "s": EntityType.STRIKETHROUGH, "del": EntityType.STRIKETHROUGH, "strike": EntityType.STRIKETHROUGH,
    "code": EntityType.CODE, "kbd": EntityType.CODE, "samp": EntityType.CODE, "tt": EntityType.CODE,
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_GAP = re.compile(rf"[ \n]*{SOFT_BREAK}(?:[ \n{SOFT_BREAK}]|[*_~]{{1,3}}(?=[ ]*(?:{SOFT_BREAK}|$)))*")
# `来源: Bee News`
_FACT = re.compile(r"[^:：\n]{1,12}[:：][^\n]{1,90}")
_NO_EMPHASIS = re.compile(r"(?<!\*)\*{4}(?!\*)")
# `[text][label]` whose label is defined nowhere, or by the site's machine: the text is what is meant.
_DEAD_REFERENCE = re.compile(r"(?<![\w\]])\[([^\[\]]{2,200})\]\[(?:[^\[\]]{2,200})?\]")
# Written inside a paragraph, or in a table's cell, they begin and end a line.
_LINES = {"p", "div", "details", "summary", "ul", "ol", "li", "dt", "dd", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
# As far as the emphasis of a paragraph is read.
_MOST_REFERRING = 50_000
_HIDDEN = {"script", "style", "template", "noscript", "head"}


class InlineWriter:
    """Takes words, styles, links and breaks in the order they come, and gives one text.

    Soft breaks stay in it as `SOFT_BREAK`: whether one parts a headline from its summary is for the structure to say.
    """

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._builder = TextBuilder()
        # True for each open link that Telegram can open.
        self._links: list[bool] = []
        self._script: dict[int, int] | None = None
        self._hidden = 0
        self._link_start = 0
        # What is written on the pictures that the open link has had so far, if it has had nothing else.
        self._pictures: list[str] = []
        self._refers = False
        # True: a link leads to a place of the same page.
        self.jumps = False

    def words(self, text: str) -> None:
        """Add running text."""
        if self._hidden:
            return
        text = _BLANKS.sub(" ", clean(text).replace("\n", SOFT_BREAK))
        if "****" in text:
            text = _NO_EMPHASIS.sub(_between_cjk, text)
        self._refers = self._refers or "][" in text
        if self._pictures and text.strip():
            self._name_pictures()
        if self._builder.ends_with(" ", "\n", SOFT_BREAK):
            text = text.removeprefix(" ")
        # `2nd` with a raised n alone would read worse than with none.
        raisable = self._script and all(ord(sign) in self._script or sign == " " for sign in text)
        self._builder.append(text.translate(self._script) if self._script and raisable else text)

    def code(self, text: str) -> None:
        """Add a stretch of code; it is one line, and stands as it is."""
        self._name_pictures()
        self._builder.append(clean(text).replace("\n", " "), EntityType.CODE)

    def soft_break(self) -> None:
        """End a source line."""
        self._builder.append(SOFT_BREAK)

    def hard_break(self) -> None:
        """End a line for the reader too."""
        self._builder.append("\n")

    def open(self, style: EntityType) -> None:
        """Begin *style*."""
        self._builder.open(style)

    def close(self, style: EntityType) -> None:
        """End *style*."""
        self._builder.close(style)

    def open_link(self, url: str) -> None:
        """Begin a link; one that cannot be opened has no address, and is only there for the structure to see."""
        self.jumps = self.jumps or url.startswith("#")
        is_link = bool(url) and not url.startswith("#")
        self._links.append(is_link)
        if is_link:
            self._name_pictures()
            self._link_start = self._builder.length
            self._builder.open(EntityType.TEXT_LINK, openable(url, self._base) or DEAD)

    def close_link(self) -> None:
        """End the innermost link."""
        if self._links and self._links.pop():
            self._name_pictures(PICTURE)
            self._builder.close(EntityType.TEXT_LINK)

    def picture(self, url: str, words: str, sign: str = PICTURE) -> None:
        """Add a link to a picture, named by its words; a link around it stays, and without any the words are alone."""
        words = " ".join(clean(words).split())
        if any(self._links) and self._builder.length == self._link_start:
            self._pictures.append(words)
            return
        address = None if any(self._links) else openable(url, self._base)
        if address is None:
            self._builder.append(words)
        else:
            self._builder.append(f"{sign} {words}".strip(), EntityType.TEXT_LINK, address)

    def tag(self, name: str, attributes: dict[str, str], *, closing: bool) -> None:
        """Obey an HTML tag that means something to words; ignore any other."""
        if name in _HIDDEN:
            self._hidden = max(0, self._hidden + (-1 if closing else 1))
        elif name in _STYLES:
            (self.close if closing else self.open)(_STYLES[name])
        elif name == "a":
            self.close_link() if closing else self.open_link(attributes.get("href", ""))
        elif name in ("sup", "sub"):
            self._script = None if closing else _RAISED if name == "sup" else _LOWERED
        elif name == "br":
            self.hard_break()
        elif name in _LINES:
            self._end_line()
            self._builder.append(_BULLET if name == "li" and not closing else "")
        elif name == "img" and not closing:
            self.picture(attributes.get("src", ""), attributes.get("alt", ""))
        elif name in ("video", "audio", "iframe", "embed", "source") and not closing and attributes.get("src"):
            self.picture(attributes["src"], attributes.get("title", ""), FILM)

    def _end_line(self) -> None:
        if self._builder.length and not self._builder.ends_with("\n"):
            self.hard_break()

    def build(self) -> FormattedText:
        """The text so far, its open styles ended."""
        self._name_pictures(PICTURE)
        text = self._builder.build()
        return _with_dead_references(text) if self._refers else text

    def _name_pictures(self, sign: str = "") -> None:
        if self._pictures:
            self._builder.append(" ".join(filter(None, (sign, *self._pictures))))
            self._pictures.clear()


def _with_dead_references(text: FormattedText) -> FormattedText:
    """Make links of `[text][label]` in what is no code; nobody can open them, but an entry may begin with one."""
    code = [e for e in text.entities if e.type == EntityType.CODE]
    code_ends = [e.offset + e.length for e in code]
    found = [
        each
        for each in _DEAD_REFERENCE.finditer(text.text, 0, _MOST_REFERRING)
        if (after := bisect_right(code_ends, each.start())) == len(code) or code[after].offset >= each.end()
    ]
    dead = [Entity(EntityType.TEXT_LINK, each.start(1), each.end(1) - each.start(1), DEAD) for each in found]
    around = ((each.start(), each.start(1), "") for each in found)
    behind = ((each.end(1), each.end(), "") for each in found)
    whole = settle(text.text, [*text.entities, *dead])
    return replace(whole, [change for pair in zip(around, behind, strict=True) for change in pair])


def finish(text: FormattedText) -> FormattedText:
    """Join the source lines of *text*, with a blank or between two CJK characters with nothing; drop dead links.

    Lines that all begin with a label stay lines, be it bold or before a few words, and one of nothing but marks, which
    style nothing, is dropped.
    """
    kept = tuple(e for e in text.entities if e.value != DEAD or e.type != EntityType.TEXT_LINK)
    text = FormattedText(text.text, kept)
    if SOFT_BREAK not in text.text:
        return text
    gaps = list(_GAP.finditer(text.text))
    bold = {e.offset for e in kept if e.type == EntityType.BOLD}
    apart = (0 in bold and all(gap.end() in bold for gap in gaps)) or all(map(_FACT.fullmatch, _GAP.split(text.text)))
    return replace(text, [(gap.start(), gap.end(), "\n" if apart else _joint(text.text, gap)) for gap in gaps])


def _between_cjk(marks: re.Match[str]) -> str:
    """`**一****二**` was two bold stretches to whoever wrote it; elsewhere such marks hide a word."""
    before, after = marks.string[max(0, marks.start() - 1) : marks.start()], marks.string[marks.end() : marks.end() + 1]
    return "" if before and after and is_cjk(before) and is_cjk(after) else marks[0]


def _joint(text: str, gap: re.Match[str]) -> str:
    if "\n" in gap[0]:
        return "\n"
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    return "" if before and after and is_cjk(before) and is_cjk(after) else " "
