"""What people do beside talking: press buttons, block the bot and come back, hide their names."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.chats import PRESENT, Chat, Member
from bot.sandbox.errors import ControlError
from bot.sandbox.messages import Message, message_json
from bot.sandbox.people import User, user_json
from bot.sandbox.standing import stand
from bot.sandbox.state import Sandbox
from bot.sandbox.taps import Tap


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


def meet(sandbox: Sandbox, chat: Chat) -> None:
    """Let the bot write in a private chat from now on, and hear nothing of it."""
    if sandbox.membership(chat) is None:
        chat.members[sandbox.bot.id] = Member(sandbox.bot)
        sandbox.events.add("membership", lambda: {"chat_id": chat.id, "bot_status": "member"})


def hide_name(sandbox: Sandbox, person: User, *, hidden: bool) -> None:
    """Let what *person* writes be forwarded without a link to them from now on, or with one again."""
    person.hides_name = hidden
    sandbox.events.add("person", lambda: user_json(person) | {"hides_name": hidden})


def deactivate(sandbox: Sandbox, person: User) -> None:
    """Delete the account; nothing of it reaches the bot but the refusals."""
    person.deactivated = True
    sandbox.events.add("person", lambda: user_json(person))
