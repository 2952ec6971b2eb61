"""Part a digest file into its metadata and its body."""

import re
from dataclasses import dataclass
from typing import Any

from frontmatter import detect_format
from frontmatter.default_handlers import BaseHandler

from bot.digests.doubled_keys import doubled_keys
from bot.digests.handlers import HANDLERS
from bot.digests.problems import BrokenMetadata, UnreadableDigest

# No front matter is longer; what is, is an attack or a mistake.
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says of itself, keys in lower case, and its body."""

    metadata: dict[str, Any]
    body: str
    # Where the body begins in the file, counted from 1.
    body_line: int
    # Where the metadata begins, likewise, and how it was written.
    line: int = 1
    source: str = ""
    # None: no metadata.
    handler: BaseHandler | None = None

    def line_of(self, key: str) -> int:
        """Where *key* stands in the file; the beginning of the metadata if it is not found."""
        begins = re.compile(rf"[\s{{\"']*{re.escape(key)}[\"']?\s*[:=]", re.IGNORECASE)
        lines = self.source.split("\n")
        return self.line + next((number for number, line in enumerate(lines) if begins.match(line)), 0)

    @property
    def doubled(self) -> list[tuple[str, int]]:
        """Each key that is said again, and where; of its values the last counts."""
        return [(key, self.line + line - 1) for key, line in doubled_keys(self.handler, self.source)]


def read_front_matter(content: bytes, path: str) -> FrontMatter:
    """Read whatever front matter *content* has, or none; raise UnreadableDigest where it has some that is broken."""
    text = _decoded(content, path)
    start = len(text) - len(text.lstrip())
    head, first_line = text[start:], 1 + text.count("\n", 0, start)
    handler = detect_format(head, HANDLERS)
    if handler is None:
        return FrontMatter({}, text, 1)
    try:
        source, body = handler.split(head)
    except BrokenMetadata as broken:
        raise UnreadableDigest(path, first_line + max(broken.line - 1, 0), broken.problem, broken.remedy) from broken
    # A fence takes a line before the metadata.
    first_line += head.count("\n", 0, head.index(source)) if source else 0
    if len(source) > _LONGEST:
        raise UnreadableDigest(path, first_line, "front matter of over 200,000 characters", "shorten it")
    try:
        metadata = handler.load(source)
    except BrokenMetadata as broken:
        raise UnreadableDigest(path, first_line + max(broken.line - 1, 0), broken.problem, broken.remedy) from broken
    if not isinstance(metadata, dict | None):
        # Prose between two rules.
        return FrontMatter({}, text, 1)
    known = {str(key).strip().lower(): value for key, value in (metadata or {}).items()}
    return FrontMatter(known, body, 1 + text.count("\n") - body.count("\n"), first_line, source, handler)


def _decoded(content: bytes, path: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableDigest(path, 1, "not UTF-8 but UTF-16", "save it as UTF-8")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        raise UnreadableDigest(path, line, "not UTF-8", "save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").replace("\x00", "\ufffd")
