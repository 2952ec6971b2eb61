"""Topics of a supergroup: created, renamed, closed and deleted by people and by the bot alike."""

from bot.sandbox.chats import Chat, Topic
from bot.sandbox.errors import ControlError
from bot.sandbox.groups import require, upgrade
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.services import announce
from bot.sandbox.state import Sandbox

BLUE = 0x6FB9F0


def turn_on(sandbox: Sandbox, chat: Chat, *, by: User) -> Chat:
    """Make a forum of a group, which becomes a supergroup for it as in the app; the chat that is one now."""
    require(chat, by)
    if chat.type == "channel":
        raise ControlError(409, "a channel has no topics")
    forum = upgrade(sandbox, chat, by=by) if chat.type == "group" else chat
    forum.is_forum = True
    sandbox.chat_changed(forum)
    return forum


def topic_named(chat: Chat, topic_id: object) -> Topic:
    """The topic with this id, if it was not deleted."""
    topic = chat.topics.get(topic_id) if isinstance(topic_id, int) else None
    if topic is None or topic.deleted:
        raise ControlError(404, f"{chat.title} has no topic {topic_id}")
    return topic


def create_topic(sandbox: Sandbox, chat: Chat, name: str, *, by: User, icon_color: int = BLUE) -> Topic:
    """Begin a topic; its id is that of the message that says so."""
    topic_id = chat.last_message_id + 1
    topic = Topic(topic_id, name, icon_color or BLUE, by.id)
    chat.topics[topic_id] = topic
    shown = {"name": name, "icon_color": topic.icon_color}
    announce(sandbox, chat, by, {"forum_topic_created": shown}, topic_id=topic_id)
    sandbox.chat_changed(chat)
    return topic


def rename_topic(sandbox: Sandbox, chat: Chat, topic: Topic, name: str, *, by: User) -> None:
    """Give a topic another name."""
    topic.name = name
    announce(sandbox, chat, by, {"forum_topic_edited": {"name": name}}, topic_id=topic.id)
    sandbox.chat_changed(chat)


def close_topic(sandbox: Sandbox, chat: Chat, topic: Topic, *, by: User, closed: bool) -> None:
    """Let only administrators write in it, or everybody again."""
    topic.closed = closed
    said = "forum_topic_closed" if closed else "forum_topic_reopened"
    announce(sandbox, chat, by, {said: {}}, topic_id=topic.id)
    sandbox.chat_changed(chat)


def delete_topic(sandbox: Sandbox, chat: Chat, topic: Topic) -> None:
    """Take a topic away with all that was said in it; nobody is told."""
    topic.deleted = True
    said: list[Message] = [message for message in chat.messages.values() if message.topic_id == topic.id]
    for message in said:
        sandbox.remove(message)
    sandbox.chat_changed(chat)
