"""What Telegram marks in a text by itself, found without TDLib (MessageEntity.cpp, find_entities).

Commands, mentions, hashtags and cashtags are exact; links and e-mail addresses are those that anybody would expect,
as Telegram's own list of domain endings is not here, and bank cards are left out.
"""

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from bot.sandbox.entities import Entity, units

NAME = "[A-Za-z0-9_]"
MENTION = re.compile(rf"(?<!\w)@{NAME}{{2,32}}(?!\w)")
# Names shorter than four letters that exist.
SHORT_NAMES = frozenset(("@gif", "@nft", "@pic", "@ufc", "@vid"))
SHORTEST_MENTION = len("@name")
COMMAND = re.compile(rf"(?<![\w/<>])/{NAME}{{1,64}}(?!{NAME})(?:@{NAME}{{3,32}}(?!{NAME})|(?!@))(?![\w/<>])")
CASHTAG = re.compile(rf"\$(?:1INCH|[A-Z]{{1,8}}(?![A-Z]))(?:@{NAME}{{3,32}}(?!{NAME}))?")
LONGEST_HASHTAG = 256
WORD = re.compile("[\\w\u200c\u00b7\u0d80-\u0dff]+")
NAME_AFTER = re.compile(rf"@{NAME}{{3,32}}")
LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]']")
EMAIL = re.compile(r"(?<!\w)[\w.+-]+@[\w-]+\.[\w.-]*\w")

# Where something of a kind begins and ends, in characters.
Span = tuple[int, int]


def found_in(text: str) -> list[Entity]:
    """All of them that overlap none before, in order."""
    if not {"/", "#", "@", "$"} & set(text):
        return []
    spans = [(start, -stop, kind) for kind, find in KINDS.items() for start, stop in find(text)]
    found: list[Entity] = []
    before = offset = 0
    for start, minus_stop, kind in sorted(spans):
        if start < before:
            continue
        offset += units(text[before:start])
        length = units(text[start:-minus_stop])
        found.append({"type": kind, "offset": offset, "length": length})
        before, offset = -minus_stop, offset + length
    return found


def _mentions(text: str) -> Iterator[Span]:
    for found in MENTION.finditer(text):
        if len(found[0]) >= SHORTEST_MENTION or found[0].lower() in SHORT_NAMES:
            yield found.span()


def _cashtags(text: str) -> Iterator[Span]:
    for found in CASHTAG.finditer(text):
        start, stop = found.span()
        if not any(_in_hashtag(beside) or beside == "$" for beside in text[:start][-1:] + text[stop : stop + 1]):
            yield start, stop


def _hashtags(text: str) -> Iterator[Span]:
    at = text.find("#")
    while at >= 0:
        start, at = at, at + 1
        if start == 0 or not _in_hashtag(text[start - 1]):
            at = _end_of_hashtag(text, at)
            stop = min(at, start + 1 + LONGEST_HASHTAG)
            if at > start + 1 and stop == at and (name := NAME_AFTER.match(text, at)):
                stop = at = name.end()
            if text[at : at + 1] != "#" and any(map(str.isalpha, text[start:stop].partition("@")[0])):
                yield start, stop
        at = text.find("#", at)


def _end_of_hashtag(text: str, start: int) -> int:
    found = WORD.match(text, start)
    word = found[0] if found else ""
    # Most are letters throughout; among the rest may be numbers that are no digits.
    length = len(word) if word.isalpha() else sum(1 for _ in takewhile(_in_hashtag, word))
    return start + length


def _in_hashtag(character: str) -> bool:
    return (
        character.isalpha()
        or character.isdecimal()
        or character in "_\u200c\u00b7"
        or "\u0d80" <= character <= "\u0dff"
    )


def _by(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: (found.span() for found in pattern.finditer(text))


KINDS: dict[str, Callable[[str], Iterator[Span]]] = {
    "mention": _mentions,
    "bot_command": _by(COMMAND),
    "hashtag": _hashtags,
    "cashtag": _cashtags,
    "url": _by(LINK),
    "email": _by(EMAIL),
}
