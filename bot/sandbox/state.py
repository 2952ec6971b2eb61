"""All that the sandbox holds, and the few ways it grows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bot.sandbox.calls import Calls
from bot.sandbox.chats import Chat, ChatType, Member
from bot.sandbox.clock import Clock
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.inline import Inline
from bot.sandbox.judge import Judge, choose
from bot.sandbox.messages import Document, Message, Photo
from bot.sandbox.pace import Pace
from bot.sandbox.people import User, user_json
from bot.sandbox.polls import Poll
from bot.sandbox.profile import Profile
from bot.sandbox.shown import chat_shown, message_shown
from bot.sandbox.taps import Taps
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook

Publish = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Sandbox:
    """A Telegram with one bot; *publish* is what the page's button does, handed in by whoever started it."""

    token: str
    publish: Publish | None = None
    bot_name: str = "Digest"
    bot_username: str = "digest_sandbox_bot"
    # Whether it hears in groups only what is meant for it (@BotFather, /setprivacy).
    privacy: bool = True
    judge: Judge = field(default_factory=choose)
    clock: Clock = field(default_factory=Clock)
    people: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: Updates = field(default_factory=Updates)
    webhook: Webhook = field(default_factory=Webhook)
    profile: Profile = field(default_factory=Profile)
    taps: Taps = field(default_factory=Taps)
    inline: Inline = field(default_factory=Inline)
    calls: Calls = field(default_factory=Calls)
    faults: Faults = field(default_factory=Faults)
    pace: Pace = field(default_factory=Pace)
    events: Events = field(default_factory=Events)
    bot: User = field(init=False)
    poll: Poll = field(init=False)
    # Private chats and groups share one row of message ids, as one account does; others have their own.
    last_message_id: int = 0
    last_user_id: int = 1000
    last_chat_id: int = 1000
    # By the id under which the bot may send it again.
    files: dict[str, Document | Photo] = field(default_factory=dict)
    last_file: int = 0

    def __post_init__(self) -> None:
        account = self.token.partition(":")[0]
        self.bot = User(
            int(account) if account.isdigit() else 1, self.bot_name, username=self.bot_username, is_bot=True
        )
        self.poll = Poll(self.updates.made)

    def add_person(self, person: User) -> User:
        """Create an account (an id of 0: the next free one) and the chat that it could have with the bot."""
        if person.id == 0:
            person = replace(person, id=self._free_user_id())
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private", "", person=person)
        self.events.add("person", partial(user_json, person))
        return person

    def _free_user_id(self) -> int:
        self.last_user_id += 1
        while self.last_user_id in self.people:
            self.last_user_id += 1
        return self.last_user_id

    def free_chat_id(self, kind: ChatType) -> int:
        """An id as such a chat has it: −1… of a group, −100… of a supergroup or channel."""
        self.last_chat_id += 1
        chat_id = -self.last_chat_id if kind == "group" else -1_000_000_000_000 - self.last_chat_id
        return chat_id if chat_id not in self.chats else self.free_chat_id(kind)

    def chat_changed(self, chat: Chat) -> None:
        """Show that *chat* is new, or that its members, topics or title changed."""
        self.events.add("chat", partial(chat_shown, chat, self.bot))

    def next_file_id(self, kind: str) -> str:
        """The id of a file that just came."""
        self.last_file += 1
        return f"sandbox-{kind}-{self.last_file:012d}"

    def next_message_id(self, chat: Chat) -> int:
        """The id of the next message there."""
        if chat.type in ("supergroup", "channel"):
            chat.last_message_id += 1
            return chat.last_message_id
        self.last_message_id += 1
        return self.last_message_id

    def put(self, message: Message) -> None:
        """Show a new message in its chat."""
        message.chat.messages[message.id] = message
        message.chat.changed.fire()
        self.events.add("message", partial(message_shown, message, self.bot))

    def edited(self, message: Message) -> None:
        """Show that *message* is no longer what it was."""
        message.chat.changed.fire()
        self.events.add("edited", partial(message_shown, message, self.bot))

    def remove(self, message: Message) -> None:
        """Take a message out of its chat."""
        del message.chat.messages[message.id]
        if message.id in message.chat.pinned:
            message.chat.pinned.remove(message.id)
        message.chat.changed.fire()
        gone: dict[str, Any] = {"chat_id": message.chat.id, "message_id": message.id}
        self.events.add("deleted", lambda: gone)

    def membership(self, chat: Chat) -> Member | None:
        """How the bot stands in *chat*; None: it never was there."""
        return chat.members.get(self.bot.id)
