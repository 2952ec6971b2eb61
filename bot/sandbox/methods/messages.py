"""Methods that send, change and delete messages."""

from typing import Any

from bot.sandbox.access import chat_of
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import keyboard_of
from bot.sandbox.messages import Document, Message, message_json
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox
from bot.sandbox.texts import caption_of, text_of

ACTIONS = (
    "cancel",
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "record_audio",
    "upload_audio",
    "upload_document",
    "choose_sticker",
    "find_location",
    "pick_up_location",
    "record_video_note",
    "upload_video_note",
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def send_message(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Put a text into a chat."""
    text, entities = text_of(asked)
    message = _begun(sandbox, asked)
    message.text, message.entities = text, entities
    sandbox.put(message)
    return message_json(message)


def send_document(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Put a file into a chat."""
    document = _document(sandbox, asked)
    text, entities = caption_of(asked)
    message = _begun(sandbox, asked)
    message.text, message.entities, message.document = text, entities, document
    sandbox.put(message)
    return message_json(message)


def _begun(sandbox: Sandbox, asked: Parameters) -> Message:
    keyboard = keyboard_of(asked)
    chat = chat_of(sandbox, asked, "write")
    reply_to = _replied(chat, asked)
    return Message(
        id=sandbox.next_message_id(chat),
        chat=chat,
        sender=None if chat.type == "channel" else sandbox.bot,
        date=int(sandbox.clock.now()),
        keyboard=keyboard,
        reply_to=reply_to,
        silent=asked.flag("disable_notification"),
    )


def _replied(chat: Chat, asked: Parameters) -> Message | None:
    reply = asked.structure("reply_parameters", unreadable="can't parse reply parameters JSON object")
    if reply is None and not asked.text("reply_to_message_id"):
        return None
    reply = reply or {
        "message_id": asked.integer("reply_to_message_id"),
        "allow_sending_without_reply": asked.flag("allow_sending_without_reply"),
    }
    message = chat.messages.get(reply.get("message_id", 0))
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def _document(sandbox: Sandbox, asked: Parameters) -> Document:
    upload = asked.uploads.get("document")
    if upload is None and asked.text("document").startswith("attach://"):
        upload = asked.uploads.get(asked.text("document").removeprefix("attach://"))
    if upload is None:
        raise bad_request("there is no document in the request")
    number = sandbox.last_message_id + 1
    return Document(f"sandbox-document-{number:012d}", upload.name, upload.content_type, upload.content)


def edit_message_text(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Give a message another text, and the keyboard that comes with it or none."""
    text, entities = text_of(asked)
    message = _editable(sandbox, asked)
    return _edit(sandbox, message, (text, entities, keyboard_of(asked)))


def edit_message_reply_markup(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Give a message another keyboard, or none."""
    message = _editable(sandbox, asked)
    return _edit(sandbox, message, (message.text, message.entities, keyboard_of(asked)))


def _edit(sandbox: Sandbox, message: Message, content: tuple[Any, Any, Any]) -> dict[str, Any]:
    if content == (message.text, message.entities, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities, message.keyboard = content
    message.edit_date = int(sandbox.clock.now())
    sandbox.edited(message)
    return message_json(message)


def _editable(sandbox: Sandbox, asked: Parameters) -> Message:
    message = _named(sandbox, asked, "message to edit not found")
    if message.sender not in (sandbox.bot, None):
        raise bad_request("message can't be edited")
    return message


def _named(sandbox: Sandbox, asked: Parameters, words: str) -> Message:
    chat = chat_of(sandbox, asked, "edit")
    if not asked.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(asked.integer("message_id"))
    if message is None:
        raise bad_request(words)
    return message


def delete_message(sandbox: Sandbox, asked: Parameters) -> bool:
    """Take a message out of a chat."""
    sandbox.remove(_named(sandbox, asked, "message to delete not found"))
    return True


def send_chat_action(sandbox: Sandbox, asked: Parameters) -> bool:
    """Show that the bot is typing, or the like."""
    action = asked.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_of(sandbox, asked, "write")
    shown = {"chat_id": chat.id, "action": action}
    sandbox.events.add("action", lambda: shown)
    return True
