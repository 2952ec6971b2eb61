"""What a message asks the person's app to show: a reply to it begun, a keyboard of ready words, or that one gone.

Client.cpp get_reply_markup of the Bot API server 10.0, ReplyMarkup.cpp of its TDLib. The Bot API shows none of it in a
`Message`, the apps see it all the same.
"""

from typing import Any

from bot.sandbox.chat_requests import read_chat_request
from bot.sandbox.chats import Chat
from bot.sandbox.cleaning import cleaned, is_utf8
from bot.sandbox.errors import bad_request
from bot.sandbox.messages import Prompt
from bot.sandbox.parameters import Parameters

# A `ReplyKeyboardMarkup` wins over a `ReplyKeyboardRemove`, and that over a `ForceReply`.
KINDS = ("keyboard", "remove_keyboard", "force_reply")
FLAGS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")
# What a button asks for, which only a private chat can be asked; of each what the refusal in another says.
REQUESTS = {
    "request_contact": "phone number can be requested",
    "request_location": "location can be requested",
    "request_poll": "poll can be requested",
    "request_users": "users can be requested",
    "request_chat": "chats can be requested",
    "web_app": "Web App buttons can be used",
}
Button = dict[str, Any]


def read_prompt(asked: Parameters) -> Prompt | None:
    """What *asked* wants shown, unchecked; None for nothing, and for an inline keyboard."""
    markup = asked.structure("reply_markup", unreadable="can't parse reply keyboard markup JSON object")
    kind = next((kind for kind in KINDS if (markup or {}).get(kind)), None)
    if kind is None or (kind != "keyboard" and markup.get("inline_keyboard")):
        return None
    prompt = {kind: _rows(markup["keyboard"]) if kind == "keyboard" else True}
    prompt |= {flag: True for flag in FLAGS if markup.get(flag)}
    placeholder = cleaned(str(markup.get("input_field_placeholder") or ""))
    return prompt | ({"input_field_placeholder": placeholder} if placeholder else {})


def _rows(rows: object) -> list[list[Button]]:
    if not isinstance(rows, list):
        raise bad_request('field "keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    return [[_button(button) for button in row] for row in rows]


def _button(button: object) -> Button:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if "text" not in button:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    read = {"text": str(button["text"])} | {name: button[name] for name in ("style", *REQUESTS) if button.get(name)}
    return read | {"request_chat": read_chat_request(button["request_chat"])} if "request_chat" in button else read


def settled_prompt(prompt: Prompt | None, chat: Chat) -> Prompt | None:
    """*prompt* as the apps in *chat* see it: without nameless buttons; a channel has no field to type in."""
    if prompt is None or chat.type == "channel":
        return None
    if "keyboard" not in prompt:
        return prompt
    rows = [[_settled(button, chat) for button in row if button["text"]] for row in prompt["keyboard"]]
    rows = [row for row in rows if row]
    return prompt | {"keyboard": rows} if rows else None


def _settled(button: Button, chat: Chat) -> Button:
    text = button["text"]
    if not is_utf8(text):
        raise bad_request("keyboard button text must be encoded in UTF-8")
    if not cleaned(text):
        raise bad_request("keyboard button text must be non-empty")
    if chat.type != "private":
        for name, refused in REQUESTS.items():
            if name in button:
                raise bad_request(f"{refused} in private chats only")
    return button | {"text": cleaned(text)}
