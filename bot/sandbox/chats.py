"""Chats of every type, with their members and topics."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.sandbox.people import User
from bot.sandbox.signal import Signal

if TYPE_CHECKING:
    from bot.sandbox.messages import Message

ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
PRESENT: frozenset[Status] = frozenset(("creator", "administrator", "member", "restricted"))
IN_CHARGE: frozenset[Status] = frozenset(("creator", "administrator"))


@dataclass(slots=True)
class Member:
    """How someone stands in a chat; in a private chat the bot is `member`, or `kicked` once it is blocked."""

    user: User
    status: Status = "member"
    # What an administrator may do, by the Bot API's names: can_post_messages, can_pin_messages, …
    rights: frozenset[str] = frozenset()
    # Of a restricted member: whether anything may be sent.
    can_send_messages: bool = True
    # Of an administrator: their messages bear the chat's name.
    anonymous: bool = False


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of the message that began it."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    # Who may close and rename it without being an administrator.
    author_id: int = 0
    closed: bool = False
    # A deleted one is kept for what is said of it: see access.py.
    deleted: bool = False
    # When the bot's server last asked Telegram about it.
    looked_up_at: float = float("-inf")


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
    # Of a channel its discussion group, of that group its channel.
    linked_chat_id: int | None = None
    # Ids of pinned messages, the newest last.
    pinned: list[int] = field(default_factory=list)
    # Of a supergroup or channel, whose messages are numbered by themselves.
    last_message_id: int = 0
    # By id, oldest first.
    messages: dict[int, "Message"] = field(default_factory=dict)
    # Fires when a message comes, changes or goes.
    changed: Signal = field(default_factory=Signal)

    def status(self, user_id: int) -> Status | None:
        """How someone stands here; None: they never did."""
        member = self.members.get(user_id)
        return member.status if member else None

    def present(self) -> list[Member]:
        """Who is in it now, in the order in which they came."""
        return [member for member in self.members.values() if member.status in PRESENT]

    def open_topics(self) -> list[Topic]:
        """The topics that are shown: all that were not deleted."""
        return [topic for topic in self.topics.values() if not topic.deleted]


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
    if chat.type == "group":
        # Client.cpp, JsonChat: of basic groups only, and never true where members have any limit at all.
        shown["all_members_are_administrators"] = False
    return shown
