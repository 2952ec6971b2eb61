"""What people say: texts with what they look like, pictures and files, where they are, and what others said before."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.actions import meet, unblock
from bot.sandbox.channels import forward_to_discussion
from bot.sandbox.chats import IN_CHARGE, PRESENT, Chat
from bot.sandbox.entity_reader import read_entities
from bot.sandbox.errors import ControlError
from bot.sandbox.forwards import passed_on
from bot.sandbox.hearing import tell
from bot.sandbox.judge import Judge
from bot.sandbox.messages import Document, Message, Photo
from bot.sandbox.people import CHANNEL, User
from bot.sandbox.services import sign
from bot.sandbox.state import Sandbox
from bot.sandbox.texts import LONGEST_CAPTION, LONGEST_TEXT, Draft, Text, settled


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said, and in whose name."""

    chat: Chat
    # 0: no topic, or the general one.
    topic_id: int = 0
    # None: an answer to nothing.
    reply_to: int | None = None
    # A channel in whose name it is said. None: the person's own, or as their being anonymous says.
    as_chat: Chat | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says; of a file *text* is the caption."""

    text: Text = field(default_factory=lambda: Text("", []))
    document: Document | None = None
    photo: Photo | None = None
    # In degrees north and east.
    location: tuple[float, float] | None = None
    # Of what was said before: by whom.
    forward: dict[str, Any] = field(default_factory=dict)
    via_bot: User | None = None


def typed(judge: Judge, text: str, entities: object = None, *, is_caption: bool = False) -> Text:
    """*text* as the app sends it, with the *entities* that the person gave it."""
    if not entities and not is_caption:
        text = text.strip()
        return Text(text, judge.find(text))
    return settled(Draft(text, read_entities(entities)), judge, longest=LONGEST_CAPTION if is_caption else LONGEST_TEXT)


def say(sandbox: Sandbox, person: User, place: Place, said: Said) -> Message:
    """Say it. Who blocked the bot unblocks it first, as the app makes them do."""
    chat = place.chat
    check_place(person, place)
    if chat.type == "private":
        meet(sandbox, chat)
        unblock(sandbox, person)
    message = Message(sandbox.next_message_id(chat), chat, person, int(sandbox.clock.now()))
    message.text, message.entities = said.text.text, said.text.entities
    message.document, message.photo, message.location = said.document, said.photo, said.location
    message.forward, message.via_bot = said.forward, said.via_bot
    message.topic_id = place.topic_id
    message.reply_to = chat.messages.get(place.reply_to) if place.reply_to else None
    if place.as_chat is not None:
        message.sender, message.sender_chat, message.written_by = CHANNEL, place.as_chat, person
    else:
        sign(message)
    sandbox.put(message)
    tell(sandbox, message)
    forward_to_discussion(sandbox, message)
    return message


def forward(sandbox: Sandbox, person: User, message: Message, place: Place) -> Message:
    """Send on what stands in a chat that *person* reads."""
    source = message.chat
    reads = source.person is person if source.type == "private" else source.status(person.id) in PRESENT
    if not reads or message.service:
        raise ControlError(
            403, f"{person.first_name} cannot forward message {message.id} of {source.title or source.id}"
        )
    said = Said(Text(message.text, message.entities), message.document, message.photo, message.location)
    return say(sandbox, person, place, replace(said, forward=passed_on(message), via_bot=message.via_bot))


def check_place(person: User, place: Place) -> None:
    """Refuse where the person's app would not let them write."""
    chat, topic_id = place.chat, place.topic_id
    if chat.type == "private":
        if chat.person is not person:
            raise ControlError(403, f"{person.first_name} cannot write in the private chat of somebody else")
        return
    status, member = chat.status(person.id), chat.members.get(person.id)
    topic = chat.topics.get(topic_id)
    if chat.deleted or chat.migrated_to:
        raise ControlError(409, f"{chat.title} is gone: it was deleted or became a supergroup")
    if status not in PRESENT or member is None or (chat.type == "channel" and status not in IN_CHARGE):
        raise ControlError(403, f"{person.first_name} cannot write in {chat.title}")
    if not member.can_send_messages:
        raise ControlError(403, f"{person.first_name} is muted in {chat.title}")
    if topic_id and (topic is None or topic.deleted or (topic.closed and status not in IN_CHARGE)):
        raise ControlError(409, f"{chat.title} has no open topic {topic_id}")
