"""Inline keyboards: read, checked and kept as the Bot API shows them."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.messages import Keyboard
from bot.sandbox.parameters import Parameters

MOST_DATA_BYTES = 64
MOST_BUTTONS = 100


def keyboard_of(asked: Parameters) -> Keyboard | None:
    """The inline keyboard in *asked*; None when there is none or another kind of markup."""
    markup = asked.structure("reply_markup", unreadable="can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if not rows:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_checked(button) for button in row] for row in rows]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": [row for row in kept if row]}


def _checked(button: Any) -> dict[str, Any]:  # noqa: ANN401 whatever the caller's JSON holds
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not str(button["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("callback_data"):
        if len(str(button["callback_data"]).encode()) > MOST_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif not button.keys() - {"text", "callback_data", "style", "icon_custom_emoji_id"}:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        )
    return button
