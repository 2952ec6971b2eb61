"""Read an announcement as an operator wrote it: what it says, with its styles, and the buttons below: pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.digests.links import openable
from bot.messages.graphemes import shortened
from storage.model import Content

# What the Bot API takes of a caption from a bot; a person may have written more.
LONGEST_CAPTION = 1_024
LONGEST_LABEL = 64
_LONGEST_SHOWN = 100
# What there is of styles; the rest Telegram finds by itself in each chat (links, mentions), or bots may not send.
_STYLES = frozenset({
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre",
    "text_link", "date_time",
})  # fmt: skip
_FIELDS = ("type", "offset", "length", "url", "language", "unix_time", "date_time_format")
# As bots for channels have had it for years: `Label - https://example.org`, and `|` between those of one row.
_BUTTON = re.compile(r"(\S.*?)\s+[-–—]\s+((?:https?|tg|ton|tonsite)://\S*)", re.IGNORECASE)
_BESIDE = re.compile(r"\s+\|\s+")
# To Telegram a link to a person is a mention, which that person may not want.
_PERSON = re.compile(r"tg://user\b", re.IGNORECASE)

Rows = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why it cannot be announced: a phrase of the languages, and what it speaks of."""

    phrase: str
    facts: Mapping[str, object]


def read_announcement(
    written: Content, *, entities: Iterable[Mapping[str, Any]] = (), buttons: Sequence[Sequence[tuple[str, str]]] = ()
) -> Content | Problem:
    """Give what is to be announced, the last lines of what was *written* as buttons below those that it had already."""
    text, rows = _parted(written.text)
    rows = (*(tuple(row) for row in buttons), *rows)
    problem = _problem(text, rows, is_caption=written.file_id is not None)
    if problem is not None:
        return problem
    return replace(written, text=text, entities=tuple(_kept(entities, _units(text))), buttons=_opened(rows))


def _parted(text: str) -> tuple[str, Rows]:
    lines, rows = text.rstrip().split("\n"), list[tuple[tuple[str, str], ...]]()
    while lines and (row := _row(lines[-1])):
        rows.insert(0, row)
        lines.pop()
    return "\n".join(lines).rstrip(), tuple(rows)


def _row(line: str) -> tuple[tuple[str, str], ...]:
    found = [_BUTTON.fullmatch(each.strip()) for each in _BESIDE.split(line)]
    return tuple((match[1], match[2]) for match in found if match) if all(found) else ()


def _problem(text: str, rows: Rows, *, is_caption: bool) -> Problem | None:
    if not text and not is_caption:
        return Problem("announcement-empty", {})
    if is_caption and len(text) > LONGEST_CAPTION:
        return Problem("announcement-long-caption", {"most": LONGEST_CAPTION, "count": len(text)})
    for label, link in (button for row in rows for button in row):
        if _address(link) is None:
            return Problem("announcement-bad-link", {"link": shortened(link, _LONGEST_SHOWN)})
        if len(label) > LONGEST_LABEL:
            return Problem(
                "announcement-long-label", {"most": LONGEST_LABEL, "label": shortened(label, _LONGEST_SHOWN)}
            )
    return None


def _opened(rows: Rows) -> Rows:
    return tuple(tuple((label, _address(link) or "") for label, link in row) for row in rows)


def _address(link: str) -> str | None:
    return None if _PERSON.match(link) else openable(link, None)


def _kept(entities: Iterable[Mapping[str, Any]], units: int) -> Iterable[Mapping[str, str | int]]:
    """Give the styles within the first so many UTF-16 units."""
    for entity in entities:
        if entity["type"] in _STYLES and entity["offset"] < units:
            length = min(entity["length"], units - entity["offset"])
            yield {name: entity[name] for name in _FIELDS if entity.get(name) is not None} | {"length": length}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
