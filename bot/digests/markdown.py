"""Read Markdown into blocks."""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from bot.digests.blocks import DEEPEST, Block, Kind
from bot.digests.characters import clean, clean_line
from bot.digests.emphasis import CjkFriendlyInline
from bot.digests.html import read_html
from bot.digests.indents import with_whole_items
from bot.digests.inline import InlineWriter
from bot.digests.links import is_escaped
from bot.digests.tables import lay_out
from bot.digests.tags import tag_of
from storage.model import Entity, EntityType, FormattedText

_STYLES = {"strong": EntityType.BOLD, "em": EntityType.ITALIC, "s": EntityType.STRIKETHROUGH}
# The longest real digest has a quarter of that, and a reader of the chat sees a hundredth.
MOST_LINES = 20_000
_MOST_CHARACTERS = 1_000_000
_MOST_TOKENS = 100_000
_LANGUAGE = re.compile(r"[\w+#.-]+")
_NESTS: dict[str, Kind] = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "entry",
    "blockquote_open": "quote",
}


def read_markdown(body: str, *, first_line: int, base: str | None) -> list[Block]:
    """Read *body*, which begins at *first_line* of its file; links are resolved against *base*.

    What stands below 20,000 lines or a million characters is taken as plain words.
    """
    blocks = _Reader(first_line, base).read(parse(body))
    end = _end(body)
    rest = clean_line(body[end:])
    line = first_line + body.count("\n", 0, end + 1)
    return [*blocks, Block("paragraph", line, FormattedText(rest))] if rest else blocks


def parse(body: str) -> list[Token]:
    """Part *body*, up to the limits of `read_markdown`, into markdown-it's tokens, whose lines count from 0."""
    return _parser().parse(with_whole_items(body[: _end(body)]))


def _end(body: str) -> int:
    """Where the limits end what is read as Markdown: at the end of a line, unless one is longer than all may be."""
    end = len(body)
    if end > _MOST_CHARACTERS:
        end = body.rfind("\n", 0, _MOST_CHARACTERS)
        end = _MOST_CHARACTERS if end < 0 else end
    if body.count("\n", 0, end) < MOST_LINES:
        return end
    at = -1
    for _ in range(MOST_LINES):
        at = body.find("\n", at + 1)
    return at


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's name
        """Every link is one; which of them can be opened is said in `links`."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Escape what has to be; most addresses have nothing to escape, and to look for it costs as much as they do."""
        return url if is_escaped(url) else super().normalizeLink(url)


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": 2 * DEEPEST + 8}).enable(["table", "strikethrough"])
    parser.inline = CjkFriendlyInline()
    parser.inline.ruler.disable("linkify")
    parser.block.ruler.before("table", "deep", _deep_as_paragraph)
    return parser


def _deep_as_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """Read all that lies too deep as one paragraph, where markdown-it would drop it; so too where all is too much."""
    if silent or (state.level < 2 * DEEPEST and len(state.tokens) < _MOST_TOKENS):
        return False
    state.line = end
    content = state.getLines(start, end, state.blkIndent, keepLastLF=False).strip()
    state.push("paragraph_open", "p", 1).map = [start, end]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [start, end], []
    state.push("paragraph_close", "p", -1)
    return True


class _Reader:
    def __init__(self, first_line: int, base: str | None) -> None:
        self._first_line = first_line
        self._base = base
        self._blocks: list[Block] = []
        self._open: list[Block] = []
        self._rows: list[list[FormattedText]] | None = None
        # Of the heading that the next running text belongs to.
        self._level = 0

    def read(self, tokens: list[Token]) -> list[Block]:
        for token in tokens:
            self._take(token)
        return self._blocks

    def _take(self, token: Token) -> None:  # noqa: C901, PLR0912 - one case for each kind of token
        line = self._first_line + (token.map[0] if token.map else 0)
        match token.type:
            case "inline":
                self._running_text(token, line)
            case "heading_open":
                self._level = int(token.tag[1])
            case "heading_close":
                self._level = 0
            case "bullet_list_open" | "ordered_list_open" | "list_item_open" | "blockquote_open":
                number = int(token.info) if token.type == "list_item_open" and token.info.isdecimal() else None
                block = Block(_NESTS[token.type], line, number=number)
                self._add(block)
                self._open.append(block)
            case "bullet_list_close" | "ordered_list_close" | "list_item_close" | "blockquote_close":
                self._open.pop()
            case "fence" | "code_block":
                self._code(token, line)
            case "hr":
                self._add(Block("rule", line))
            case "html_block":
                for block in read_html(token.content, line=line, base=self._base):
                    self._add(block)
            case "table_open":
                self._rows = []
            case "tr_open" if self._rows is not None:
                self._rows.append([])
            case "table_close" if self._rows is not None:
                self._add(Block("table", line, lay_out(self._rows)))
                self._rows = None
            case _:
                pass

    def _add(self, block: Block) -> None:
        (self._open[-1].children if self._open else self._blocks).append(block)

    def _running_text(self, token: Token, line: int) -> None:
        writer = InlineWriter(self._base)
        for child in token.children or []:
            _write(child, writer)
        text = writer.build()
        if self._rows is not None:
            self._rows[-1].append(text)
        elif text.text:
            kind: Kind = "heading" if self._level else "paragraph"
            self._add(Block(kind, line, text, level=self._level, jumps=writer.jumps))

    def _code(self, token: Token, line: int) -> None:
        text = clean(token.content).strip("\n")
        if text.strip():
            language = _LANGUAGE.match(clean(token.info).strip())
            entity = Entity(EntityType.PRE, 0, len(text), language[0] if language else "")
            self._add(Block("code", line, FormattedText(text, (entity,))))


def _write(token: Token, writer: InlineWriter) -> None:  # noqa: C901 - one case for each kind of token
    match token.type:
        case "text" | "text_special":
            writer.words(token.content)
        case "code_inline":
            writer.code(token.content)
        case "softbreak":
            writer.soft_break()
        case "hardbreak":
            writer.hard_break()
        case "strong_open" | "em_open" | "s_open":
            writer.open(_STYLES[token.tag])
        case "strong_close" | "em_close" | "s_close":
            writer.close(_STYLES[token.tag])
        case "link_open":
            writer.open_link(str(token.attrs.get("href", "")))
        case "link_close":
            writer.close_link()
        case "image":
            writer.picture(str(token.attrs.get("src", "")), _words_of(token.children or []))
        case "html_inline":
            if (tag := tag_of(token.content)) is not None:
                writer.tag(tag.name, tag.attributes, closing=tag.closing)
        case _:
            pass


def _words_of(tokens: list[Token]) -> str:
    """What is written in a picture's brackets, without styles."""
    return "".join(_words_of(token.children or []) if token.type == "image" else token.content for token in tokens)
