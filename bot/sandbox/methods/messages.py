"""Methods that send messages."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.access import chat_of, check_reach, check_rights, topic_of
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import read_keyboard, settled_keyboard
from bot.sandbox.messages import Document, Keyboard, Message, message_json
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox
from bot.sandbox.texts import LONGEST_CAPTION, Text, drafted, settled

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


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a message goes, and what comes with its content."""

    chat: Chat
    topic_id: int
    # None: an answer to nothing.
    reply_to: Message | None
    # None: no inline keyboard.
    keyboard: Keyboard | None
    silent: bool


def send_message(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Put a text into a chat."""
    draft = drafted(asked, sandbox.judge, "text")
    envelope = _addressed(sandbox, asked)
    return _sent(sandbox, envelope, settled(draft, sandbox.judge))


def send_document(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Put a file into a chat."""
    document = _document(sandbox, asked)
    draft = drafted(asked, sandbox.judge, "caption")
    envelope = _addressed(sandbox, asked)
    return _sent(sandbox, envelope, settled(draft, sandbox.judge, longest=LONGEST_CAPTION), document)


def _addressed(sandbox: Sandbox, asked: Parameters) -> Envelope:
    reply = _read_reply(asked)
    keyboard = read_keyboard(asked)
    chat = chat_of(sandbox, asked, "write")
    topic_id = topic_of(chat, asked)
    reply_to = _replied(chat, reply) if reply else None
    check_rights(sandbox, chat)
    return Envelope(chat, topic_id, reply_to, settled_keyboard(keyboard), asked.flag("disable_notification"))


def _sent(sandbox: Sandbox, envelope: Envelope, text: Text, document: Document | None = None) -> dict[str, Any]:
    chat = envelope.chat
    check_reach(sandbox, chat, topic_id=envelope.topic_id)
    message = Message(
        id=sandbox.next_message_id(chat),
        chat=chat,
        sender=None if chat.type == "channel" else sandbox.bot,
        date=int(sandbox.clock.now()),
        text=text.text,
        entities=text.entities,
        keyboard=envelope.keyboard,
        topic_id=envelope.topic_id,
        reply_to=envelope.reply_to,
        document=document,
        silent=envelope.silent,
    )
    sandbox.put(message)
    return message_json(message)


def _read_reply(asked: Parameters) -> dict[str, Any] | None:
    if asked.text("reply_to_message_id"):
        lenient = asked.flag("allow_sending_without_reply")
        return {"message_id": asked.integer("reply_to_message_id"), "allow_sending_without_reply": lenient}
    reply = asked.structure("reply_parameters", unreadable="can't parse reply parameters JSON object")
    if reply is not None and not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    if reply and "message_id" not in reply:
        raise bad_request('can\'t find field "message_id"')
    return reply


def _replied(chat: Chat, reply: dict[str, Any]) -> Message | None:
    message = chat.messages.get(reply["message_id"])
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def _document(sandbox: Sandbox, asked: Parameters) -> Document:
    upload = asked.uploads.get("document") or asked.uploads.get(asked.text("document").removeprefix("attach://"))
    if upload is None:
        raise bad_request("there is no document in the request")
    sandbox.last_file += 1
    return Document(f"sandbox-document-{sandbox.last_file:012d}", upload.name, upload.content_type, upload.content)


def send_chat_action(sandbox: Sandbox, asked: Parameters) -> bool:
    """Show that the bot is typing, or the like."""
    action = asked.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_of(sandbox, asked, "write")
    check_reach(sandbox, chat)
    shown = {"chat_id": chat.id, "action": action}
    sandbox.events.add("action", lambda: shown)
    return True
