"""Messages, as the sandbox keeps them and as the Bot API shows them."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.chats import Chat, chat_json
from bot.sandbox.people import User, user_json

Entity = dict[str, Any]
Keyboard = dict[str, Any]
Prompt = dict[str, Any]


@dataclass(slots=True)
class Document:
    """A file in a message."""

    id: str
    name: str
    content_type: str
    content: bytes


@dataclass(slots=True)
class Photo:
    """A picture in a message; *id* is its file's."""

    id: str
    content_type: str
    content: bytes
    width: int
    height: int


@dataclass(slots=True)
class Message:
    """One message; offsets of *entities* count UTF-16 units, as in the Bot API."""

    id: int
    chat: Chat
    # None: a chat speaks, as in a channel.
    sender: User | None
    date: int
    # Of a file: its caption.
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    # None: no inline keyboard.
    keyboard: Keyboard | None = None
    # What it asks the person's app to show, as `prompts` reads it. None: nothing.
    prompt: Prompt | None = None
    # None: never edited.
    edit_date: int | None = None
    topic_id: int = 0
    # None: an answer to nothing.
    reply_to: "Message | None" = None
    document: Document | None = None
    photo: Photo | None = None
    silent: bool = False
    # A service message: {"migrate_to_chat_id": …} and the like.
    service: dict[str, Any] = field(default_factory=dict)
    # Whose name it bears: the channel's, or the group's where an administrator is anonymous. None: a person's.
    sender_chat: Chat | None = None
    # Who wrote it, which anonymous administrators and channels do not tell. None: the sender.
    written_by: User | None = None
    # The bot whose inline result it is. None: nobody's.
    via_bot: User | None = None
    # Of a forwarded one: forward_origin and what goes with it.
    forward: dict[str, Any] = field(default_factory=dict)
    # Where somebody is, in degrees north and east. None: they did not share it.
    location: tuple[float, float] | None = None
    # Of an inline result with buttons: how the bot may name it.
    inline_id: str = ""

    @property
    def author(self) -> User | None:
        """Whose account wrote it."""
        return self.written_by or self.sender

    @property
    def has_caption(self) -> bool:
        """Whether the text stands under a file."""
        return self.document is not None or self.photo is not None


def message_json(message: Message, *, with_reply: bool = True) -> dict[str, Any]:
    """A Bot API `Message`."""
    shown = _head(message)
    if message.forward:
        shown |= message.forward
    if with_reply and (answered := message.reply_to or _topic_start(message)) is not None:
        shown["reply_to_message"] = message_json(answered, with_reply=False)
    if message.via_bot is not None:
        shown["via_bot"] = user_json(message.via_bot)
    _add_content(message, shown)
    return shown | message.service if message.service else shown


def _head(message: Message) -> dict[str, Any]:
    """Who says it, where and when."""
    chat = chat_json(message.chat)
    shown: dict[str, Any] = {"message_id": message.id}
    if message.sender is not None:
        shown["from"] = user_json(message.sender)
    if message.sender_chat is not None:
        shown["sender_chat"] = chat if message.sender_chat is message.chat else chat_json(message.sender_chat)
    shown["chat"] = chat
    shown["date"] = message.date
    if message.edit_date is not None:
        shown["edit_date"] = message.edit_date
    if message.topic_id:
        shown["message_thread_id"] = message.topic_id
        shown["is_topic_message"] = True
    return shown


def _add_content(message: Message, shown: dict[str, Any]) -> None:
    """What it says, with its file and its buttons."""
    text, entities = ("caption", "caption_entities") if message.has_caption else ("text", "entities")
    if message.document:
        shown["document"] = document_json(message.document)
    if message.photo:
        shown["photo"] = photo_json(message.photo)
    if message.location is not None:
        shown["location"] = dict(zip(("latitude", "longitude"), message.location, strict=True))
    if message.text:
        shown[text] = message.text
    if message.entities:
        shown[entities] = message.entities
    if message.keyboard is not None:
        shown["reply_markup"] = message.keyboard


def _topic_start(message: Message) -> Message | None:
    """What a message in a topic answers though it says nothing of it (Client.cpp, get_implicit_reply_to_message_id)."""
    return message.chat.messages.get(message.topic_id) if 0 < message.topic_id < message.id else None


def document_json(document: Document) -> dict[str, Any]:
    """A Bot API `Document`."""
    return {
        "file_id": document.id,
        "file_unique_id": document.id[-12:],
        "file_name": document.name,
        "mime_type": document.content_type,
        "file_size": len(document.content),
    }


def photo_json(photo: Photo) -> list[dict[str, Any]]:
    """A Bot API `Array of PhotoSize`; only one size is made."""
    return [
        {
            "file_id": photo.id,
            "file_unique_id": photo.id[-12:],
            "width": photo.width,
            "height": photo.height,
            "file_size": len(photo.content),
        }
    ]
