"""Chats of every type, with their members and topics."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.sandbox.people import User
from bot.sandbox.signal import Signal

if TYPE_CHECKING:
    from bot.sandbox.messages import Message

ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]


@dataclass(slots=True)
class Member:
    """How someone stands in a chat; in a private chat the bot is `member`, or `kicked` once it is blocked."""

    user: User
    status: Status = "member"
    # What an administrator may do, by the Bot API's names: can_post_messages, can_pin_messages, …
    rights: frozenset[str] = frozenset()
    # Of a restricted member: whether text may be sent.
    can_send_messages: bool = True


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of the message that began it."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A chat, with everything that was said in it."""

    id: int
    type: ChatType
    title: str
    # Of a private chat only.
    person: User | None = None
    username: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    # None: the group was not upgraded.
    migrated_to: int | None = None
    deleted: bool = False
    # Of a supergroup or channel, whose messages are numbered by themselves.
    last_message_id: int = 0
    # By id, oldest first.
    messages: dict[int, "Message"] = field(default_factory=dict)
    # Fires when a message comes, changes or goes.
    changed: Signal = field(default_factory=Signal)


def chat_json(chat: Chat) -> dict[str, Any]:
    """A Bot API `Chat`."""
    if chat.person is not None:
        shown: dict[str, Any] = {"id": chat.id, "first_name": chat.person.first_name, "type": "private"}
        if chat.person.last_name:
            shown["last_name"] = chat.person.last_name
        if chat.person.username:
            shown["username"] = chat.person.username
        return shown
    shown = {"id": chat.id, "title": chat.title, "type": chat.type}
    if chat.username:
        shown["username"] = chat.username
    if chat.is_forum:
        shown["is_forum"] = True
    return shown
