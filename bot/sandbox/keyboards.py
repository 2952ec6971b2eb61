"""Inline keyboards: read with the call, checked when it is carried out, kept as the Bot API shows them.

Client.cpp get_inline_keyboard_button of the Bot API server 10.0, ReplyMarkup.cpp of its TDLib. Both judges share
this: TDLib looks at keyboards only when it is online, so that tests hold just the links in them to it.
"""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.cleaning import cleaned, is_utf8
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.links import LinkError, checked_link, person_in
from bot.sandbox.messages import Keyboard
from bot.sandbox.parameters import Parameters

MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
# Reported, not measured: TELEGRAM.md.
MOST_BYTES = 10_000
# What TDLib looks at; the rest is cut off unseen.
MOST_SEEN_IN_A_ROW = 12
MOST_SEEN = 300
# What a button does, the first that it names; the first two count only if they are not empty.
ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
SECURE = {"login_url": ("login", "login URL"), "web_app": ("Web App", "Web App URL")}
STYLES = ("", "default", "primary", "danger", "success")
Button = dict[str, Any]


def read_keyboard(asked: Parameters, *, only_inline: bool = False) -> Keyboard | None:
    """The inline keyboard in *asked*, unchecked; None for none, and for another markup where one may be sent."""
    markup = asked.structure("reply_markup", unreadable="can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard") or []
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    for row in rows:
        for button in row:
            _read(button)
    if only_inline and not rows and markup.keys() & {"keyboard", "remove_keyboard", "force_reply"}:
        raise bad_request("inline keyboard expected")
    return {"inline_keyboard": rows} if rows else None


def _read(button: object) -> None:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise _unreadable('Can\'t find field "text"')
    for name in ("text", "style", "url", "callback_data"):
        value = button.get(name, "")
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise _unreadable(f'Field "{name}" must be of type String')
        if name == "style" and str(value).lower() not in STYLES:
            raise _unreadable("invalid button style specified")
    action = _action(button)
    if action is None:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if action in SECURE:
        if not isinstance(button[action], dict):
            raise _unreadable(f'Field "{action}" must be of type Object')
        if "url" not in button[action]:
            raise _unreadable('Can\'t find field "url"')


def _unreadable(words: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {words}")


def _action(button: Button) -> str | None:
    for name in ACTIONS[:2]:
        if str(button.get(name, "")):
            return name
    return next((name for name in ACTIONS[2:] if name in button), None)


def settled_keyboard(keyboard: Keyboard | None) -> Keyboard | None:
    """*keyboard* as it stands under the message: without nameless buttons, rows no longer than fit."""
    if keyboard is None:
        return None
    rows = list(_rows(keyboard["inline_keyboard"]))
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS or sum(map(_bytes, buttons)) > MOST_BYTES:
        raise bad_request("reply markup is too long")
    if any(len(str(button.get("callback_data", "")).encode()) > MOST_DATA_BYTES for button in buttons):
        raise bad_request("BUTTON_DATA_INVALID")
    return {"inline_keyboard": [row[:MOST_IN_A_ROW] for row in rows]} if buttons else None


def _rows(rows: list[list[Button]]) -> Iterator[list[Button]]:
    seen = 0
    for row in rows:
        named = [button for button in row if str(button["text"]) or button.get("icon_custom_emoji_id")]
        looked_at = [_settled(button) for button in named[: min(MOST_SEEN_IN_A_ROW, MOST_SEEN - seen)]]
        seen += len(looked_at)
        if looked_at:
            yield looked_at


def _settled(button: Button) -> Button:
    """*button* with what it does, and nothing else that it might have done."""
    text = str(button["text"])
    if not is_utf8(text):
        raise bad_request("inline keyboard button text must be encoded in UTF-8")
    if not cleaned(text):
        raise bad_request("inline keyboard button text must be non-empty")
    action = _action(button)
    kept = {name: value for name, value in button.items() if name not in ACTIONS or name == action}
    return kept | {"text": cleaned(text)} | _done(button, action)


def _done(button: Button, action: str | None) -> Button:
    match action:
        case "url":
            return {"url": _link(str(button["url"]))}
        case "login_url" | "web_app":
            return {action: button[action] | {"url": _secure_link(str(button[action]["url"]), *SECURE[action])}}
        case "callback_data":
            return {"callback_data": str(button["callback_data"])}
        case _:
            return {}


def _link(url: str) -> str:
    if person := person_in(url):
        return f"tg://user?id={person}"
    try:
        return cleaned(checked_link(url))
    except LinkError as error:
        raise bad_request(f"inline keyboard button {error}") from error


def _secure_link(url: str, name: str, plural: str) -> str:
    if person_in(url):
        raise bad_request(f"link to a user can't be used in {plural} buttons")
    try:
        return cleaned(checked_link(url, only_https=True))
    except LinkError as error:
        raise bad_request(f"inline keyboard button {name} {error}") from error


def _bytes(button: Button) -> int:
    return sum(len(str(button.get(name, "")).encode()) for name in ("text", "callback_data", "url"))
