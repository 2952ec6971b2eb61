"""Telegram's own parser as the judge of our texts: TDLib, offline, through tdjson.

It is the TDLib inside the Bot API server, so what it refuses here is a 400 there. What the server adds on top of it -
the length after trimming, the weight of all entities - is judged here too.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest

# TDLib has no wheel for every platform; the tests that ask for a judge say so and pass on.
tdjson = pytest.importorskip("tdjson", reason="tdjson has no wheel for this platform, so TDLib cannot judge")

BotApiEntity = Mapping[str, str | int]

_TYPES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "blockquote": "BlockQuote",
    "expandable_blockquote": "ExpandableBlockQuote",
    "date_time": "DateTime",
}
# `parseMarkdown` looks for Markdown besides: no sign of it may be there. Letters take the same room.
_MASK = str.maketrans(dict.fromkeys("*_~|[]()`", "x"))
_MOST_CHARACTERS, _MOST_ENTITIES, _MOST_BYTES = 4_096, 100, 9_500


class Refused(Exception):
    """What Telegram would answer instead of sending."""


def judge(text: str, entities: Sequence[BotApiEntity]) -> None:
    """Raise Refused where Telegram would refuse, cut off or change what we send."""
    if not 0 < len(text.strip()) <= _MOST_CHARACTERS:
        raise Refused(f"{len(text.strip())} characters")
    if len(entities) > _MOST_ENTITIES:
        raise Refused(f"{len(entities)} entities, and those beyond {_MOST_ENTITIES} are dropped")
    weight = sum(20 + len(str(e.get("url", e.get("language", ""))).encode()) for e in entities)
    if weight > _MOST_BYTES:
        raise Refused(f"ENTITIES_TOO_LONG: {weight} bytes")
    masked = text.translate(_MASK)
    asked: dict[str, Any] = {"@type": "formattedText", "text": masked, "entities": list(map(_as_tdlib, entities))}
    answer = ask({"@type": "parseMarkdown", "text": asked})
    if answer["@type"] == "error":
        raise Refused(f"{answer['message']}: {text[:200]!r}")
    # Some marks TDLib takes out of a text; then its offsets are not ours.
    if answer["text"] == masked and _covered(answer["entities"]) != _covered(asked["entities"]):
        raise Refused(f"changed: {_covered(asked['entities']) ^ _covered(answer['entities'])} of {text[:200]!r}")


def hashtags_in(text: str) -> list[str]:
    """The hashtags that Telegram finds in *text*."""
    found = ask({"@type": "getTextEntities", "text": text})["entities"]
    units = text.encode("utf-16-le")
    return [
        units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in found
        if e["type"]["@type"] == "textEntityTypeHashtag"
    ]


def ask(question: Mapping[str, Any]) -> Any:  # noqa: ANN401 - TDLib's JSON
    """Put one synchronous question to TDLib."""
    _be_quiet()
    return json.loads(tdjson.td_execute(json.dumps(question).encode()))


@cache
def _be_quiet() -> None:
    tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())


def _as_tdlib(entity: BotApiEntity) -> dict[str, Any]:
    kind: dict[str, Any] = {"@type": f"textEntityType{_TYPES[str(entity['type'])]}"}
    if "url" in entity:
        kind["url"] = entity["url"]
    if "language" in entity:
        kind = {"@type": "textEntityTypePreCode", "language": entity["language"]}
    if "unix_time" in entity:
        kind["unix_time"] = entity["unix_time"]
    return {"@type": "textEntity", "offset": entity["offset"], "length": entity["length"], "type": kind}


def _covered(entities: Sequence[Mapping[str, Any]]) -> frozenset[tuple[str, int, int]]:
    """Which units are in which style, from where to where, however the stretches are cut."""
    covered: list[tuple[str, int, int]] = []
    for style, start, end in sorted((e["type"]["@type"], e["offset"], e["offset"] + e["length"]) for e in entities):
        if covered and covered[-1][0] == style and start <= covered[-1][2]:
            _, start_before, end_before = covered.pop()
            covered.append((style, start_before, max(end, end_before)))
        else:
            covered.append((style, start, end))
    return frozenset(covered)
