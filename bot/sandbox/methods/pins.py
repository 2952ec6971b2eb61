"""Methods that pin messages."""

from bot.sandbox.access import chat_of, check_reach, require_right
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.messages import message_json
from bot.sandbox.methods.edits import message_named
from bot.sandbox.parameters import Parameters
from bot.sandbox.services import announce
from bot.sandbox.state import Sandbox

NO_RIGHT = "not enough rights to manage pinned messages in the chat"


def pin_chat_message(sandbox: Sandbox, asked: Parameters) -> bool:
    """Pin a message above the others."""
    message = message_named(sandbox, asked, "write", "message to pin not found")
    chat = message.chat
    _check(sandbox, chat)
    if message.service:
        raise bad_request("a service message can't be pinned")
    check_reach(sandbox, chat)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    announce(sandbox, chat, sandbox.bot, {"pinned_message": message_json(message, with_reply=False)})
    sandbox.chat_changed(chat)
    return True


def unpin_chat_message(sandbox: Sandbox, asked: Parameters) -> bool:
    """Unpin a message, or the one pinned last."""
    if asked.text("message_id"):
        message = message_named(sandbox, asked, "write", "message to unpin not found")
        chat, pinned = message.chat, message.id
    else:
        chat = chat_of(sandbox, asked, "write")
        if not chat.pinned:
            raise bad_request("message to unpin not found")
        pinned = chat.pinned[-1]
    _check(sandbox, chat)
    chat.pinned = [other for other in chat.pinned if other != pinned]
    sandbox.chat_changed(chat)
    return True


def unpin_all_chat_messages(sandbox: Sandbox, asked: Parameters) -> bool:
    """Unpin everything."""
    chat = chat_of(sandbox, asked, "write")
    _check(sandbox, chat)
    chat.pinned = []
    sandbox.chat_changed(chat)
    return True


def _check(sandbox: Sandbox, chat: Chat) -> None:
    """DialogManager.cpp, can_pin_messages."""
    if chat.type != "private":
        right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
        require_right(sandbox, chat, right, NO_RIGHT)
