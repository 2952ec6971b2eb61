"""Write blocks as text that reads well in a chat."""

import re

from bot.digests.blocks import Block
from bot.digests.builder import TextBuilder
from bot.digests.entities import replace
from bot.digests.inline import finish
from storage.model import EntityType, FormattedText

_BULLETS = ("• ", "◦ ", "▪ ")
_INDENT = "   "
_NEWLINE = re.compile("\n")


def write(blocks: list[Block]) -> FormattedText:
    """Write *blocks* one below the other: paragraphs apart, lists tight, headings bold, rules left out."""
    return _write(blocks, 0)


def _write(blocks: list[Block], depth: int) -> FormattedText:
    if len(blocks) == 1:
        return _text_of(blocks[0], depth)
    builder = TextBuilder()
    before: Block | None = None
    for block in blocks:
        text = _text_of(block, depth)
        if text.text:
            builder.append(_gap(before, block, depth)).append(text)
            before = block
    return builder.build()


def _gap(before: Block | None, block: Block, depth: int) -> str:
    if before is None:
        return ""
    if depth or before.kind == "heading" or (block.kind == "list" and before.kind == "paragraph"):
        return "\n"
    return "\n\n"


def _text_of(block: Block, depth: int) -> FormattedText:
    match block.kind:
        case "paragraph":
            return finish(block.text)
        case "heading":
            return TextBuilder().append(finish(block.text), EntityType.BOLD).build()
        case "code" | "table":
            return block.text
        case "quote":
            return TextBuilder().append(_write(block.children, depth), EntityType.BLOCKQUOTE).build()
        case "list":
            return _entries(block.children, depth)
        case "entry":
            return _write(block.children, depth + 1)
        case "rule":
            return FormattedText()


def _entries(entries: list[Block], depth: int) -> FormattedText:
    """Each entry on its own line, the deeper ones indented; what else an entry holds stands below its first line."""
    builder = TextBuilder()
    for entry in entries:
        text = _write(entry.children, depth + 1)
        if text.text:
            mark = _BULLETS[min(depth, 2)] if entry.number is None else f"{entry.number}. "
            nested = entry.children[0].kind == "list"
            builder.append("\n" if builder.length else "").append("" if nested else mark)
            builder.append(_indented(text))
    return builder.build()


def _indented(text: FormattedText) -> FormattedText:
    """Move each line after the first to the right, but not in code, which keeps its own columns."""
    code = [(e.offset, e.offset + e.length) for e in text.entities if e.type == EntityType.PRE]
    starts = (newline.end() for newline in _NEWLINE.finditer(text.text))
    return replace(text, [(at, at, _INDENT) for at in starts if not any(a <= at < b for a, b in code)])
