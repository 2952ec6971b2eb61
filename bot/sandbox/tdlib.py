"""The judge that is TDLib itself, the library under Telegram's own Bot API server; it answers offline."""

import json
from typing import Any

import tdjson

from bot.sandbox.entities import Entity
from bot.sandbox.errors import bad_request

MODES = {
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
    "html": {"@type": "textParseModeHTML"},
}
NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "blockquote": "BlockQuote",
    "expandable_blockquote": "ExpandableBlockQuote",
    "text_link": "TextUrl",
    "text_mention": "MentionName",
    "custom_emoji": "CustomEmoji",
    "date_time": "DateTime",
    "mention": "Mention",
    "hashtag": "Hashtag",
    "cashtag": "Cashtag",
    "bot_command": "BotCommand",
    "url": "Url",
    "email": "EmailAddress",
    "phone_number": "PhoneNumber",
    "bank_card_number": "BankCardNumber",
}
KINDS = {f"textEntityType{theirs}": ours for ours, theirs in NAMES.items()} | {"textEntityTypePreCode": "pre"}

# `parseMarkdown` checks entities as sending does, but also reads Markdown: these must not be there when it looks.
# Private-use characters stand in for them, each of one UTF-16 unit like the one it hides.
MARKS = "*_~|[]()`"
FIRST_STAND_IN = 0xE000
LAST_STAND_IN = 0xF8FF


class TdlibJudge:
    """Asks TDLib about every text."""

    name = "TDLib"

    def __init__(self) -> None:
        _execute("setLogVerbosityLevel", new_verbosity_level=0)

    def parse(self, text: str, mode: str) -> tuple[str, list[Entity]]:
        """What a parse mode makes of *text*."""
        if mode.lower() not in MODES:
            raise bad_request("unsupported parse_mode")
        return _read(_execute("parseTextEntities", text=text, parse_mode=MODES[mode.lower()]))

    def fix(self, text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
        """*text* cleaned and *entities* checked, split and moved as sending would; not yet trimmed."""
        theirs = [_theirs(entity) for entity in entities]
        hidden, shown = _masks(text)
        answer = _execute("parseMarkdown", text={"text": _translated(text, hidden), "entities": theirs})
        if answer["@type"] == "error" and hidden:
            # The words name a place in bytes, which letters keep and stand-ins do not.
            letters = str.maketrans(dict.fromkeys(MARKS, "x"))
            answer = _execute("parseMarkdown", text={"text": text.translate(letters), "entities": theirs})
        fixed, kept = _read(answer)
        return _translated(fixed, shown), kept

    def find(self, text: str) -> list[Entity]:
        """What Telegram finds itself."""
        found = _execute("getTextEntities", text=text)["entities"]
        return [_ours(entity) for entity in found if entity["type"]["@type"] in KINDS]


def _execute(request: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 TDLib's own JSON
    # Half a character goes out as it is, not as an escape: TDLib would join what does not belong together.
    asked = json.dumps({"@type": request, **fields}, separators=(",", ":"), ensure_ascii=False)
    answer: dict[str, Any] = json.loads(tdjson.td_execute(asked.encode("utf-8", "surrogatepass")) or b"{}")
    return answer


def _read(answer: dict[str, Any]) -> tuple[str, list[Entity]]:
    if answer["@type"] == "error":
        raise bad_request(answer["message"])
    return answer["text"], [_ours(entity) for entity in answer["entities"]]


def _masks(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """How to hide what reads as Markdown in *text*, and how to show it again."""
    present = [mark for mark in MARKS if mark in text]
    if not present:
        return {}, {}
    free = (code for code in range(FIRST_STAND_IN, LAST_STAND_IN) if chr(code) not in text)
    hidden = dict(zip(map(ord, present), free, strict=False))
    return hidden, {stand_in: mark for mark, stand_in in hidden.items()}


def _translated(text: str, table: dict[int, int]) -> str:
    """*text* by *table*; looking each character up in an empty one takes as long as TDLib itself."""
    return text.translate(table) if table else text


def _theirs(entity: Entity) -> dict[str, Any]:
    kind: dict[str, Any] = {"@type": f"textEntityType{NAMES[entity['type']]}"}
    match entity["type"]:
        case "pre" if "language" in entity:
            kind = {"@type": "textEntityTypePreCode", "language": entity["language"]}
        case "text_link":
            kind["url"] = entity["url"]
        case "text_mention":
            kind["user_id"] = entity["user"]["id"]
        case "custom_emoji":
            kind["custom_emoji_id"] = entity["custom_emoji_id"]
        case "date_time":
            kind["unix_time"] = entity["unix_time"]
            kind["formatting_type"] = _their_format(entity["date_time_format"])
        case _:
            pass
    return {"offset": entity["offset"], "length": entity["length"], "type": kind}


PRECISION = {"t": "Short", "T": "Long", "d": "Short", "D": "Long"}


def _their_format(shown: str) -> dict[str, Any] | None:
    if not shown:
        return None
    if shown == "r":
        return {"@type": "dateTimeFormattingTypeRelative"}
    absolute: dict[str, Any] = {"@type": "dateTimeFormattingTypeAbsolute", "show_day_of_week": "w" in shown}
    for mark in shown.removeprefix("w"):
        part = "time_precision" if mark in "tT" else "date_precision"
        absolute[part] = {"@type": f"dateTimePartPrecision{PRECISION[mark]}"}
    return absolute


def _ours(entity: dict[str, Any]) -> Entity:
    theirs = entity["type"]
    ours: Entity = {"offset": entity["offset"], "length": entity["length"], "type": KINDS[theirs["@type"]]}
    match ours["type"]:
        case "pre" if theirs.get("language"):
            ours["language"] = theirs["language"]
        case "text_link":
            ours["url"] = theirs["url"]
        case "text_mention":
            ours["user"] = {"id": theirs["user_id"], "is_bot": False, "first_name": ""}
        case "custom_emoji":
            ours["custom_emoji_id"] = str(theirs["custom_emoji_id"])
        case "date_time":
            ours |= {"unix_time": theirs["unix_time"], "date_time_format": _our_format(theirs.get("formatting_type"))}
        case _:
            pass
    return ours


def _our_format(theirs: dict[str, Any] | None) -> str:
    if theirs is None:
        return ""
    if theirs["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    marks = {"date_precision": {"Short": "d", "Long": "D"}, "time_precision": {"Short": "t", "Long": "T"}}
    shown = "w" if theirs.get("show_day_of_week") else ""
    for part, letters in marks.items():
        precision = (theirs.get(part) or {}).get("@type", "").removeprefix("dateTimePartPrecision")
        shown += letters.get(precision, "")
    return shown
