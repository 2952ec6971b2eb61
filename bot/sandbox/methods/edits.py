"""Methods that change and delete messages."""

from typing import Any

from bot.sandbox.access import Access, chat_of, check_reach, require_right
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import read_keyboard, settled_keyboard
from bot.sandbox.messages import Keyboard, Message, message_json
from bot.sandbox.methods.messages import keep_pace
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox
from bot.sandbox.texts import LONGEST_CAPTION, Text, drafted, settled

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_message_text(sandbox: Sandbox, asked: Parameters) -> dict[str, Any] | bool:
    """Give a message another text, and the keyboard that comes with it or none."""
    draft = drafted(asked, sandbox.judge, "text")
    keyboard = read_keyboard(asked, only_inline=True)
    message = _editable(sandbox, asked)
    if message.has_caption:
        raise bad_request("there is no text in the message to edit")
    return _edited(sandbox, message, settled(draft, sandbox.judge), settled_keyboard(keyboard))


def edit_message_caption(sandbox: Sandbox, asked: Parameters) -> dict[str, Any] | bool:
    """Give a file another caption, and the keyboard that comes with it or none."""
    draft = drafted(asked, sandbox.judge, "caption")
    keyboard = read_keyboard(asked, only_inline=True)
    message = _editable(sandbox, asked)
    if not message.has_caption:
        raise bad_request("there is no caption in the message to edit")
    caption = settled(draft, sandbox.judge, longest=LONGEST_CAPTION)
    return _edited(sandbox, message, caption, settled_keyboard(keyboard))


def edit_message_reply_markup(sandbox: Sandbox, asked: Parameters) -> dict[str, Any] | bool:
    """Give a message another keyboard, or none."""
    keyboard = read_keyboard(asked, only_inline=True)
    message = _editable(sandbox, asked)
    return _edited(sandbox, message, Text(message.text, message.entities), settled_keyboard(keyboard))


def _editable(sandbox: Sandbox, asked: Parameters) -> Message:
    if inline_id := asked.text("inline_message_id"):
        message = sandbox.inline.messages.get(inline_id)
        if message is None or message.id not in message.chat.messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return message
    if not asked.text("chat_id") and not asked.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = message_named(sandbox, asked, "edit", "message to edit not found")
    # What asked for something to be shown stays as it is (TDLib's had_reply_markup).
    if message.author is not sandbox.bot or message.service or message.forward or message.prompt:
        raise bad_request("message can't be edited")
    return message


def _edited(sandbox: Sandbox, message: Message, text: Text, keyboard: Keyboard | None) -> dict[str, Any] | bool:
    if not message.inline_id:
        check_reach(sandbox, message.chat)
    if (text.text, text.entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    keep_pace(sandbox, message.chat)
    message.text, message.entities, message.keyboard = text.text, text.entities, keyboard
    message.edit_date = int(sandbox.clock.now())
    sandbox.edited(message)
    # Of an inline message the bot knows no chat.
    return True if message.inline_id else message_json(message)


def delete_message(sandbox: Sandbox, asked: Parameters) -> bool:
    """Take a message out of a chat."""
    if not asked.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not asked.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = message_named(sandbox, asked, "write", "message to delete not found")
    if message.chat.type != "private" and message.author is not sandbox.bot:
        require_right(sandbox, message.chat, "can_delete_messages", "message can't be deleted")
    sandbox.remove(message)
    return True


def message_named(
    sandbox: Sandbox, asked: Parameters, access: Access, words: str, *, chat_name: str = "chat_id"
) -> Message:
    """The message that *asked* names, or the refusal in *words*."""
    chat = chat_of(sandbox, asked, access, name=chat_name)
    message = chat.messages.get(asked.integer("message_id"))
    if message is None:
        raise bad_request(words)
    return message
