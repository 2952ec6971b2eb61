"""A channel's discussion group: each post appears there too, forwarded by Telegram itself."""

from bot.sandbox.chats import Chat
from bot.sandbox.errors import ControlError
from bot.sandbox.forwards import origin
from bot.sandbox.groups import require
from bot.sandbox.hearing import tell
from bot.sandbox.messages import Message
from bot.sandbox.people import TELEGRAM, User
from bot.sandbox.state import Sandbox


def link(sandbox: Sandbox, channel: Chat, group: Chat, *, by: User) -> None:
    """Make *group* the place where posts of *channel* are discussed."""
    require(channel, by)
    require(group, by)
    if channel.type != "channel" or group.type != "supergroup":
        raise ControlError(409, "a channel is linked with a supergroup")
    channel.linked_chat_id, group.linked_chat_id = group.id, channel.id
    sandbox.chat_changed(channel)
    sandbox.chat_changed(group)


def unlink(sandbox: Sandbox, channel: Chat, *, by: User) -> None:
    """Let posts of *channel* be discussed nowhere any more."""
    require(channel, by)
    group = sandbox.chats.get(channel.linked_chat_id or 0)
    if channel.type != "channel" or group is None:
        raise ControlError(409, f"{channel.title} is discussed nowhere")
    channel.linked_chat_id = group.linked_chat_id = None
    sandbox.chat_changed(channel)
    sandbox.chat_changed(group)


def forward_to_discussion(sandbox: Sandbox, post: Message) -> None:
    """Copy a channel's *post* into its discussion group, if it has one."""
    group = sandbox.chats.get(post.chat.linked_chat_id or 0)
    if post.chat.type != "channel" or group is None:
        return
    copy = Message(
        id=sandbox.next_message_id(group),
        chat=group,
        sender=TELEGRAM,
        sender_chat=post.chat,
        date=post.date,
        text=post.text,
        entities=post.entities,
        document=post.document,
        photo=post.photo,
        location=post.location,
        keyboard=post.keyboard,
        forward=origin(post) | {"is_automatic_forward": True},
    )
    sandbox.put(copy)
    tell(sandbox, copy)
