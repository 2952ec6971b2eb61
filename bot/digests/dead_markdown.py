"""Find Markdown that does not do what its writer meant: signs that stay in the text, and what swallows too much."""

import re
from collections.abc import Iterator

from bot.digests.places import Placed, tags_in
from bot.digests.problems import Remark

# What ends by itself, or need not be ended (HTML Living Standard, 13.1.2).
_NEED_NO_END = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody",
    "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_LEFT_OVER = (
    (
        # Not `2 ** 3`.
        re.compile(r"(?<![* ])\*\*(?!\*)|(?<!\*)\*\*(?![* ])"),
        "** stays in the text: take out blanks inside it, put one outside, or close it in the same paragraph",
    ),
    (
        re.compile(r"\]\(|\]\s+\((?:https?:)?//"),
        "a link that is none: write [text](address), no blank between, and <> around an address with blanks or ()",
    ),
    (re.compile(r"```"), "``` stays in the text: a code fence stands in a line of its own"),
    (re.compile(r"<!--"), "a comment that never ends: close it with -->"),
)
_ESCAPED = re.compile(r"\\.")
_REFERENCE = re.compile(r"(?<![\w\]])\[([^\[\]]{2,200})\]\[([^\[\]]{0,200})\]")
_HEADING_AND_DASHES = 2
_NO_HEADING = re.compile(r"#{2,6}[^#\s]")
_ROW = re.compile(r"\s*\|.*\|\s*")
_OF_DASHES = set("|:- \t")


def dead_markdown(tokens: list[Placed], lines: list[str]) -> Iterator[Remark]:
    """Say what in *tokens* is dead; *lines* are those of the whole file."""
    yield from _left_over(tokens)
    yield from _references(tokens)
    for place in tokens:
        match place.token.type:
            case "fence" if not _is_closed(place, lines):
                yield Remark(place.line, "warning", f"a code fence that never ends: close it with {place.token.markup}")
            case "html_block" if place.token.content.lstrip().startswith("<!--") and "-->" not in place.token.content:
                yield Remark(place.line, "warning", "a comment that never ends hides all below it: close it with -->")
            case "heading_open" if place.token.markup == "-" and _height(place) > _HEADING_AND_DASHES:
                yield Remark(
                    place.line + _height(place) - 1,
                    "warning",
                    "dashes right below a paragraph make a heading of it: leave a line empty between",
                )
            case "inline":
                yield from _in_running_text(place)
            case _:
                pass
    yield from _endless_tags(tokens)


def _left_over(tokens: list[Placed]) -> Iterator[Remark]:
    """Signs that stay in the text, once for each paragraph; what its writer escaped is meant."""
    said: set[tuple[int, str]] = set()
    paragraph = 0
    for place in tokens:
        if place.token.type == "inline":
            paragraph = place.line
        if place.token.type != "text":
            continue
        for pattern, message in _LEFT_OVER:
            is_left = pattern.search(place.token.content) and pattern.search(_ESCAPED.sub("", place.source))
            if is_left and (paragraph, message) not in said:
                said.add((paragraph, message))
                yield Remark(place.line, "warning", message)


def _references(tokens: list[Placed]) -> Iterator[Remark]:
    found = [
        (place.line, reference[2] or reference[1])
        for place in tokens
        if place.token.type == "text" and "][" in place.token.content
        for reference in _REFERENCE.finditer(place.token.content)
    ]
    if found:
        line, label = found[0]
        more = f", like {len(found) - 1} more of them" if len(found) > 1 else ""
        yield Remark(
            line,
            "warning",
            f"no line of the file says where [{label}] leads{more}: add [{label}]: https://… at its end",
        )


def _is_closed(fence: Placed, lines: list[str]) -> bool:
    end = fence.line - 1 + _height(fence)
    mark = fence.token.markup
    closes = re.compile(rf"[\s>]*{re.escape(mark)}{mark[0]}*\s*")
    return _height(fence) > 1 and any(map(closes.fullmatch, lines[end - 1 : end]))


def _height(place: Placed) -> int:
    begin, end = place.token.map or (0, 0)
    return end - begin


def _in_running_text(place: Placed) -> Iterator[Remark]:
    lines = place.source.split("\n")
    for number, line in enumerate(lines):
        if _NO_HEADING.match(line):
            signs = line[: len(line) - len(line.lstrip("#"))]
            yield Remark(place.line + number, "warning", f"no heading: put a blank after {signs}")
    rows = [number for number, line in enumerate(lines) if _ROW.fullmatch(line)]
    if len(rows) > 1 and rows[1] == rows[0] + 1:
        is_uneven = "-" in lines[rows[1]] and _OF_DASHES.issuperset(lines[rows[1]])
        remedy = "give both as many cells" if is_uneven else "put | --- | --- | under its head"
        problem = "its head and the row of dashes differ" if is_uneven else "it has no row of dashes"
        yield Remark(place.line + rows[0], "warning", f"a table that is none, for {problem}: {remedy}")


def _endless_tags(tokens: list[Placed]) -> Iterator[Remark]:
    """Tags that are opened and never closed; so a word in angle brackets is taken, too, and left out."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for line, written, tag in tags_in(tokens):
        if tag.closing:
            if places := opened.get(tag.name):
                places.pop()
        elif tag.name not in _NEED_NO_END and not written.endswith("/>"):
            opened.setdefault(tag.name, []).append((line, written))
    for name, unclosed in opened.items():
        for line, written in unclosed:
            problem = f"{written[:80]} is taken for a tag that never ends"
            yield Remark(line, "warning", f"{problem}: close it with </{name}>, or put it into `backticks`")
