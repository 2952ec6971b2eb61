"""Methods that send messages."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.sandbox.access import chat_of, check_reach, check_rights, topic_of
from bot.sandbox.channels import forward_to_discussion
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.files import document_of, photo_of
from bot.sandbox.keyboards import read_keyboard, settled_keyboard
from bot.sandbox.messages import Document, Keyboard, Message, Photo, Prompt, message_json
from bot.sandbox.pace import pace_json
from bot.sandbox.parameters import Parameters
from bot.sandbox.prompts import read_prompt, settled_prompt
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
    # None: it asks for nothing to be shown.
    prompt: Prompt | None
    silent: bool
    paid: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What a message holds."""

    text: Text
    document: Document | None = None
    photo: Photo | None = None


def send_message(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Put a text into a chat."""
    draft = drafted(asked, sandbox.judge, "text")
    envelope = addressed(sandbox, asked)
    return message_json(sent(sandbox, envelope, Content(settled(draft, sandbox.judge))))


def send_document(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Put a file into a chat."""
    document = document_of(sandbox, asked)
    return _send_file(sandbox, asked, Content(Text("", []), document=document), what="documents")


def send_photo(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Put a picture into a chat."""
    photo = photo_of(sandbox, asked)
    return _send_file(sandbox, asked, Content(Text("", []), photo=photo), what="photos")


def _send_file(sandbox: Sandbox, asked: Parameters, file: Content, *, what: str) -> dict[str, Any]:
    draft = drafted(asked, sandbox.judge, "caption")
    envelope = addressed(sandbox, asked, what=what)
    caption = settled(draft, sandbox.judge, longest=LONGEST_CAPTION)
    return message_json(sent(sandbox, envelope, replace(file, text=caption)))


def addressed(sandbox: Sandbox, asked: Parameters, *, what: str = "text messages") -> Envelope:
    """Where *asked* wants *what* sent, or the refusal."""
    reply = _read_reply(asked)
    keyboard, prompt = read_keyboard(asked), read_prompt(asked)
    chat = chat_of(sandbox, asked, "write")
    topic_id = topic_of(sandbox, chat, asked)
    reply_to = _replied(chat, reply) if reply else None
    check_rights(sandbox, chat, what=what)
    return Envelope(
        chat,
        topic_id or (reply_to.topic_id if reply_to else 0),
        reply_to,
        settled_keyboard(keyboard),
        settled_prompt(prompt, chat),
        silent=asked.flag("disable_notification"),
        paid=asked.flag("allow_paid_broadcast"),
    )


def sent(sandbox: Sandbox, envelope: Envelope, content: Content, *, forward: dict[str, Any] | None = None) -> Message:
    """Put *content* into the chat, if Telegram's own servers let it pass."""
    chat = envelope.chat
    check_reach(sandbox, chat, topic_id=envelope.topic_id)
    keep_pace(sandbox, chat, paid=envelope.paid)
    in_channel = chat.type == "channel"
    message = Message(
        id=sandbox.next_message_id(chat),
        chat=chat,
        sender=None if in_channel else sandbox.bot,
        sender_chat=chat if in_channel else None,
        written_by=sandbox.bot,
        date=int(sandbox.clock.now()),
        text=content.text.text,
        entities=content.text.entities,
        keyboard=envelope.keyboard,
        prompt=envelope.prompt,
        topic_id=envelope.topic_id,
        reply_to=envelope.reply_to,
        document=content.document,
        photo=content.photo,
        silent=envelope.silent,
        forward=forward or {},
    )
    sandbox.put(message)
    if in_channel:
        forward_to_discussion(sandbox, message)
    return message


def keep_pace(sandbox: Sandbox, chat: Chat, *, paid: bool = False) -> None:
    """Count a message or edit, or refuse it where pace is enforced."""
    if sandbox.pace.note(chat.id, sandbox.clock.now(), paid=paid):
        sandbox.events.add("pace", partial(pace_json, sandbox.pace))


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


def send_chat_action(sandbox: Sandbox, asked: Parameters) -> bool:
    """Show that the bot is typing, or the like."""
    action = asked.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_of(sandbox, asked, "write")
    check_reach(sandbox, chat, topic_id=topic_of(sandbox, chat, asked))
    shown = {"chat_id": chat.id, "action": action}
    sandbox.events.add("action", lambda: shown)
    return True
