"""Service messages: "Ada renamed the group" and the like, as the bot and the page see them."""

from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.hearing import tell
from bot.sandbox.messages import Message
from bot.sandbox.people import ANONYMOUS, User
from bot.sandbox.state import Sandbox


def announce(sandbox: Sandbox, chat: Chat, by: User, service: dict[str, Any], *, topic_id: int = 0) -> Message:
    """Put a service message into *chat*."""
    message = Message(sandbox.next_message_id(chat), chat, by, int(sandbox.clock.now()), service=service)
    message.topic_id = topic_id
    sign(message)
    sandbox.put(message)
    tell(sandbox, message)
    return message


def sign(message: Message) -> None:
    """Let *message* bear the name that Telegram shows: the channel's, the group's of an anonymous administrator."""
    chat, author = message.chat, message.sender
    member = chat.members.get(author.id) if author else None
    if author is ANONYMOUS:
        message.sender_chat = chat
    elif chat.type == "channel":
        message.sender, message.sender_chat, message.written_by = None, chat, author
    elif member is not None and member.anonymous:
        message.sender, message.sender_chat, message.written_by = ANONYMOUS, chat, author
