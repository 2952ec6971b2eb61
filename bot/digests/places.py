"""Tell in which line each of the parser's tokens stands, those inside running text included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from bot.digests.tags import Tag, tag_of

# Comments too, so that no tag is seen inside one.
_TAG_OR_COMMENT = re.compile(r"<!--.*?-->|<[A-Za-z/][^<>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Placed:
    """A token in its *line*."""

    line: int
    token: Token
    # The source of the running text that it is or stands in; empty for anything else.
    source: str = ""


def placed(tokens: list[Token], first_line: int) -> Iterator[Placed]:
    """Give each of *tokens* with its line, *first_line* being that of the first; what is in running text follows it."""
    for token in tokens:
        line = first_line + (token.map[0] if token.map else 0)
        yield Placed(line, token, token.content if token.type == "inline" else "")
        rest = token.content
        for child in token.children or []:
            yield Placed(line, child, token.content)
            newlines = _newlines(child, rest)
            line += newlines
            rest = rest.split("\n", newlines)[-1]


def tags_in(tokens: list[Placed]) -> Iterator[tuple[int, str, Tag]]:
    """Each HTML tag with its line, as it is written and as it is read."""
    for place in tokens:
        if place.token.type in ("html_inline", "html_block"):
            source = place.token.content
            for found in _TAG_OR_COMMENT.finditer(source):
                if tag := tag_of(found[0]):
                    yield place.line + source.count("\n", 0, found.start()), found[0], tag


def _newlines(child: Token, source: str) -> int:
    """How many source lines end in *child*, with which *source* goes on."""
    if child.type in ("softbreak", "hardbreak"):
        return 1
    if child.type == "code_inline" and "\n" in source:
        # Its lines were joined when it was read.
        words = r"\s+".join(map(re.escape, child.content.split()))
        found = re.search(rf"`[ \n]*{words}[ \n]*`", source)
        return found[0].count("\n") if found else 0
    return child.content.count("\n") if child.type in ("html_inline", "image") else 0
