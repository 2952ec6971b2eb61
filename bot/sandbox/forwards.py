"""Where a forwarded message comes from, as Telegram tells it (Client.cpp, JsonMessageOrigin; MessageOrigin.cpp)."""

from typing import Any

from bot.sandbox.chats import chat_json
from bot.sandbox.messages import Message
from bot.sandbox.people import full_name, user_json

Origin = dict[str, Any]


def passed_on(message: Message) -> Origin:
    """What goes with a forward of *message*; of one that was forwarded itself, who wrote it first."""
    if message.forward:
        return {name: value for name, value in message.forward.items() if name != "is_automatic_forward"}
    return origin(message)


def origin(message: Message) -> Origin:
    """A `MessageOrigin`, and the older fields that go with it."""
    date = message.date
    if message.chat.type == "channel":
        channel = chat_json(message.chat)
        return {
            "forward_origin": {"type": "channel", "chat": channel, "message_id": message.id, "date": date},
            "forward_from_chat": channel,
            "forward_from_message_id": message.id,
            "forward_date": date,
        }
    if message.sender_chat is not None:
        chat = chat_json(message.sender_chat)
        from_chat = {"type": "chat", "sender_chat": chat, "date": date}
        return {"forward_origin": from_chat, "forward_from_chat": chat, "forward_date": date}
    return _of_a_person(message)


def _of_a_person(message: Message) -> Origin:
    sender, date = message.sender, message.date
    if sender is not None and sender.hides_name:
        name = full_name(sender)
        hidden = {"type": "hidden_user", "sender_user_name": name, "date": date}
        return {"forward_origin": hidden, "forward_sender_name": name, "forward_date": date}
    user = user_json(sender) if sender else {}
    return {
        "forward_origin": {"type": "user", "sender_user": user, "date": date},
        "forward_from": user,
        "forward_date": date,
    }
