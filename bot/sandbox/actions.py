"""What people do: write, press buttons, block the bot and come back."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.channels import forward_to_discussion
from bot.sandbox.chats import IN_CHARGE, PRESENT, Chat, Member
from bot.sandbox.errors import ControlError
from bot.sandbox.hearing import tell
from bot.sandbox.messages import Message, message_json
from bot.sandbox.people import CHANNEL, User, user_json
from bot.sandbox.services import sign
from bot.sandbox.standing import stand
from bot.sandbox.state import Sandbox
from bot.sandbox.taps import Tap


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


def say(
    sandbox: Sandbox, person: User, place: Place, text: str, *, location: tuple[float, float] | None = None
) -> Message:
    """Write *text*, or share where one is. Who blocked the bot unblocks it first, as the app makes them do."""
    chat = place.chat
    check_place(person, place)
    if chat.type == "private":
        meet(sandbox, chat)
        unblock(sandbox, person)
    message = Message(sandbox.next_message_id(chat), chat, person, int(sandbox.clock.now()), text)
    message.entities = sandbox.judge.find(text)
    message.location = location
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


def meet(sandbox: Sandbox, chat: Chat) -> None:
    """Let the bot write in a private chat from now on, and hear nothing of it."""
    if sandbox.membership(chat) is None:
        chat.members[sandbox.bot.id] = Member(sandbox.bot)
        sandbox.events.add("membership", lambda: {"chat_id": chat.id, "bot_status": "member"})


@dataclass(frozen=True, slots=True)
class Button:
    """Which button is meant; what is None may be anything."""

    text: str | None = None
    data: str | None = None
    message_id: int | None = None


def press(sandbox: Sandbox, person: User, chat: Chat, meant: Button) -> Tap:
    """Press a button, on the newest message that has it."""
    if chat.type != "private" and chat.status(person.id) not in PRESENT:
        raise ControlError(403, f"{person.first_name} is not in {chat.title}")
    for message in reversed(chat.messages.values()):
        if meant.message_id in (None, message.id):
            for button in _buttons(message):
                if meant.text in (None, button["text"]) and meant.data in (None, button["callback_data"]):
                    return _tap(sandbox, person, message, button["callback_data"])
    raise ControlError(404, f"no message there has a button {meant.text or meant.data!r} that could be pressed")


def _buttons(message: Message) -> list[dict[str, Any]]:
    rows = message.keyboard["inline_keyboard"] if message.keyboard else []
    return [button for row in rows for button in row if "callback_data" in button]


def _tap(sandbox: Sandbox, person: User, message: Message, data: str) -> Tap:
    tap = sandbox.taps.add(person_id=person.id, chat_id=message.chat.id, data=data, at=sandbox.clock.now())
    query = {"id": tap.id, "from": user_json(person), "chat_instance": str(message.chat.id * 7919), "data": data}
    if message.inline_id:
        query["inline_message_id"] = message.inline_id
    else:
        query["message"] = message_json(message)
    sandbox.updates.add("callback_query", query, now=sandbox.clock.now())
    return tap


def block(sandbox: Sandbox, person: User) -> None:
    """Block the bot; from now on it is refused with a 403."""
    _change(sandbox, person, "kicked")


def unblock(sandbox: Sandbox, person: User) -> None:
    """Let the bot write again."""
    _change(sandbox, person, "member")


def _change(sandbox: Sandbox, person: User, status: Literal["kicked", "member"]) -> None:
    chat = sandbox.chats[person.id]
    if sandbox.membership(chat) is not None:
        stand(sandbox, chat, Member(sandbox.bot, status), by=person)


def deactivate(sandbox: Sandbox, person: User) -> None:
    """Delete the account; nothing of it reaches the bot but the refusals."""
    person.deactivated = True
    sandbox.events.add("person", lambda: user_json(person))
