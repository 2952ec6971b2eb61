"""Part HTML into tags and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

# No `<` inside a tag, so that each character is looked at once; `>` in an attribute is rare enough to lose.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:.-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
_NO_WORDS = re.compile(r"<[!?]")
# What no reader sees stands between these; the first two end nowhere else, be it with the whole.
_UNSEEN = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("script", "style", "title", "template", "noscript", "iframe", "textarea")
}
_ENDLESS = {"script", "style"}


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


def pieces(source: str) -> Iterator[str | Tag]:
    """The tags of *source* and the words between; comments, declarations and what no reader sees are left out."""
    at = 0
    without_end: set[str] = set()
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
            tag = _tag(found)
            yield tag
            at = _end_of_unseen(source, tag, found.end(), without_end)
        else:
            yield "<"
            at = begin + 1
    yield source[at:]


def _tag(found: re.Match[str]) -> Tag:
    values = {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(found[3])}
    return Tag(found[2].lower(), bool(found[1]), values)


def _end_of_unseen(source: str, tag: Tag, at: int, without_end: set[str]) -> int:
    """Where the words go on after *tag*; *without_end* remembers the names not to look for again."""
    if tag.closing or tag.name not in _UNSEEN or tag.name in without_end:
        return at
    if end := _UNSEEN[tag.name].search(source, at):
        return end.start()
    without_end.add(tag.name)
    return len(source) if tag.name in _ENDLESS else at
