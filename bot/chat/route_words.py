"""Read what is typed after `/route`: a category, and where it goes. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.digests.categories import fold
from bot.digests.quotes import by_quotes

_ARROW = re.compile(r"→|⇒|➡\ufe0f?|[-=]+[>＞]")
_ARROW_WORD = "→"
# What stands in the place of a topic and is none, unless it is in quotes.
_KINDS: dict[str, Literal["new", "off", "here"]] = {
    "new": "new",
    "新建": "new",
    "新话题": "new",
    "off": "off",
    "none": "off",
    "取消": "off",
    "here": "here",
    "这里": "here",
    "此处": "here",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A category by its name, and where it is to go."""

    category: str
    # To be shown, to a topic of this name, to a new one (of this name, or of the category's), to none, or to this one.
    kind: Literal["show", "topic", "new", "off", "here"]
    topic: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    is_quoted: bool


def read_route(words: str, known: Collection[str]) -> Asked:
    """Read *words*, which are some: quotes and arrows part the names, else the longest of the *known* folded ones."""
    tokens = list(_tokens(words))
    category, topic = _parted(tokens, known)
    name = " ".join(token.text for token in category)
    if not topic:
        return Asked(name, "show")
    kind = None if topic[0].is_quoted else _KINDS.get(fold(topic[0].text))
    if kind == "new":
        return Asked(name, "new", " ".join(token.text for token in topic[1:]))
    if kind is not None and len(topic) == 1:
        return Asked(name, kind)
    return Asked(name, "topic", " ".join(token.text for token in topic))


def _tokens(words: str) -> Iterator[_Token]:
    for is_quoted, piece in by_quotes(words):
        if is_quoted:
            yield _Token(" ".join(piece.split()), is_quoted=True)
        else:
            yield from (_Token(word, is_quoted=False) for word in _ARROW.sub(f" {_ARROW_WORD} ", piece).split())


def _parted(tokens: Sequence[_Token], known: Collection[str]) -> tuple[Sequence[_Token], Sequence[_Token]]:
    arrow = _Token(_ARROW_WORD, is_quoted=False)
    if arrow in tokens:
        at = tokens.index(arrow)
        return tokens[:at], [token for token in tokens[at:] if token != arrow]
    if tokens[0].is_quoted:
        return tokens[:1], tokens[1:]
    unquoted = next((place for place, token in enumerate(tokens) if token.is_quoted), len(tokens))
    if unquoted < len(tokens):
        return tokens[:unquoted], tokens[unquoted:]
    lengths = range(len(tokens), 0, -1)
    names = (" ".join(token.text for token in tokens[:length]) for length in lengths)
    longest = next((length for length, name in zip(lengths, names, strict=True) if fold(name) in known), 1)
    return tokens[:longest], tokens[longest:]
