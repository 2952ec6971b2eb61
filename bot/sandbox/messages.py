"""Messages, as the sandbox keeps them and as the Bot API shows them."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.chats import Chat, chat_json
from bot.sandbox.people import User, user_json

Entity = dict[str, Any]
Keyboard = dict[str, Any]


@dataclass(slots=True)
class Document:
    """A file in a message."""

    id: str
    name: str
    content_type: str
    content: bytes


@dataclass(slots=True)
class Message:
    """One message; offsets of *entities* count UTF-16 units, as in the Bot API."""

    id: int
    chat: Chat
    # None: the chat itself speaks, as in a channel.
    sender: User | None
    date: int
    # Of a document: its caption.
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    # None: no inline keyboard.
    keyboard: Keyboard | None = None
    # None: never edited.
    edit_date: int | None = None
    topic_id: int = 0
    # None: an answer to nothing.
    reply_to: "Message | None" = None
    document: Document | None = None
    silent: bool = False
    # A service message: {"migrate_to_chat_id": …} and the like.
    service: dict[str, Any] = field(default_factory=dict)


def message_json(message: Message, *, with_reply: bool = True) -> dict[str, Any]:
    """A Bot API `Message`."""
    shown: dict[str, Any] = {"message_id": message.id}
    if message.topic_id:
        shown["message_thread_id"] = message.topic_id
        shown["is_topic_message"] = True
    if message.sender is not None:
        shown["from"] = user_json(message.sender)
    else:
        shown["sender_chat"] = chat_json(message.chat)
    shown["chat"] = chat_json(message.chat)
    shown["date"] = message.date
    if message.edit_date is not None:
        shown["edit_date"] = message.edit_date
    if with_reply and message.reply_to is not None:
        shown["reply_to_message"] = message_json(message.reply_to, with_reply=False)
    text, entities = ("caption", "caption_entities") if message.document else ("text", "entities")
    if message.document:
        shown["document"] = document_json(message.document)
    if message.text:
        shown[text] = message.text
    if message.entities:
        shown[entities] = message.entities
    if message.keyboard is not None:
        shown["reply_markup"] = message.keyboard
    return shown | message.service if message.service else shown


def document_json(document: Document) -> dict[str, Any]:
    """A Bot API `Document`."""
    return {
        "file_id": document.id,
        "file_unique_id": document.id[-12:],
        "file_name": document.name,
        "mime_type": document.content_type,
        "file_size": len(document.content),
    }
