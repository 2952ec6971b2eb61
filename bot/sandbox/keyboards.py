"""Inline keyboards: read with the call, checked when it is carried out, kept as the Bot API shows them.

Client.cpp get_inline_keyboard_button of the Bot API server 10.0, ReplyMarkup.cpp of its TDLib.
"""

from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.links import LinkError, checked_link
from bot.sandbox.messages import Keyboard
from bot.sandbox.parameters import Parameters

MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
# Reported, not measured: TELEGRAM.md.
MOST_BYTES = 10_000
ACTIONS = (
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


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
    for name in ("text", "url", "callback_data"):
        if not isinstance(button.get(name, ""), str | int | float):
            raise _unreadable(f'Field "{name}" must be of type String')
    if not button.get("url") and not button.get("callback_data") and not button.keys() & set(ACTIONS):
        raise _unreadable("Text buttons are unallowed in the inline keyboard")


def _unreadable(words: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {words}")


def settled_keyboard(keyboard: Keyboard | None) -> Keyboard | None:
    """*keyboard* as it stands under the message: without nameless buttons, rows no longer than fit."""
    if keyboard is None:
        return None
    rows = [[_settled(button) for button in row if button["text"]] for row in keyboard["inline_keyboard"]]
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS or sum(map(_bytes, buttons)) > MOST_BYTES:
        raise bad_request("reply markup is too long")
    if any(len(str(button.get("callback_data", "")).encode()) > MOST_DATA_BYTES for button in buttons):
        raise bad_request("BUTTON_DATA_INVALID")
    return {"inline_keyboard": [row[:MOST_IN_A_ROW] for row in rows if row]} if buttons else None


def _settled(button: dict[str, Any]) -> dict[str, Any]:
    if not button.get("url"):
        return button
    try:
        return button | {"url": checked_link(str(button["url"]))}
    except LinkError as error:
        raise bad_request(f"inline keyboard button {error}") from error


def _bytes(button: dict[str, Any]) -> int:
    return sum(len(str(button.get(name, "")).encode()) for name in ("text", "callback_data", "url"))
