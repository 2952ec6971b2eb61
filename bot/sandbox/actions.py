"""What people do: write, press buttons, block the bot and come back."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.chats import Chat, Member, chat_json
from bot.sandbox.errors import ControlError
from bot.sandbox.messages import Message, message_json
from bot.sandbox.people import User, user_json
from bot.sandbox.state import Sandbox
from bot.sandbox.taps import Tap


def say(sandbox: Sandbox, person: User, chat: Chat, text: str) -> Message:
    """Write *text* to a chat; the bot hears it. Who blocked the bot unblocks it first, as the app makes them do."""
    if chat.person not in (None, person):
        raise ControlError(403, f"{person.first_name} cannot write in the private chat of somebody else")
    if chat.type == "private":
        _meet(sandbox, chat)
        unblock(sandbox, person)
    found = sandbox.judge.find(text)
    message = Message(sandbox.next_message_id(chat), chat, person, int(sandbox.clock.now()), text, found)
    sandbox.put(message)
    sandbox.updates.add("message", message_json(message), now=sandbox.clock.now())
    return message


def _meet(sandbox: Sandbox, chat: Chat) -> None:
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
    query = {
        "id": tap.id,
        "from": user_json(person),
        "message": message_json(message),
        "chat_instance": str(message.chat.id * 7919),
        "data": data,
    }
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
    old = sandbox.membership(chat)
    if old is None or old.status == status:
        return
    chat.members[sandbox.bot.id] = new = Member(sandbox.bot, status)
    change = {
        "chat": chat_json(chat),
        "from": user_json(person),
        "date": int(sandbox.clock.now()),
        "old_chat_member": _shown(old),
        "new_chat_member": _shown(new),
    }
    sandbox.updates.add("my_chat_member", change, now=sandbox.clock.now())
    shown = {"chat_id": chat.id, "bot_status": status}
    sandbox.events.add("membership", lambda: shown)


def _shown(member: Member) -> dict[str, Any]:
    shown: dict[str, Any] = {"status": member.status, "user": user_json(member.user)}
    return shown | {"until_date": 0} if member.status == "kicked" else shown
