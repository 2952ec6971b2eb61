"""Methods about the topics of a forum (ForumTopicManager.cpp; what Telegram's own servers say is in capitals)."""

from typing import Any

from bot.sandbox import forums
from bot.sandbox.access import chat_of, require_right
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox

LONGEST_NAME = 128
LARGEST_COLOR = 0xFFFFFF


def create_forum_topic(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """Begin a topic; a Bot API `ForumTopic`."""
    chat = _forum(sandbox, asked)
    require_right(sandbox, chat, "can_manage_topics", "not enough rights to create a topic")
    name = asked.text("name").strip()[:LONGEST_NAME]
    color = asked.integer("icon_color")
    if not name:
        raise bad_request("name must be non-empty")
    if not 0 <= color <= LARGEST_COLOR:
        raise bad_request("invalid icon color specified")
    topic = forums.create_topic(sandbox, chat, name, by=sandbox.bot, icon_color=color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(sandbox: Sandbox, asked: Parameters) -> bool:
    """Rename a topic; without a name nothing happens."""
    chat = _forum(sandbox, asked)
    topic = _topic(sandbox, chat, asked, "not enough rights to edit the topic")
    if not asked.text("name"):
        return True
    name = asked.text("name").strip()[:LONGEST_NAME]
    if not name:
        raise bad_request("name must be non-empty")
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    forums.rename_topic(sandbox, chat, topic, name, by=sandbox.bot)
    return True


def close_forum_topic(sandbox: Sandbox, asked: Parameters) -> bool:
    """Close a topic."""
    return _close(sandbox, asked, closed=True)


def reopen_forum_topic(sandbox: Sandbox, asked: Parameters) -> bool:
    """Open a closed topic again."""
    return _close(sandbox, asked, closed=False)


def _close(sandbox: Sandbox, asked: Parameters, *, closed: bool) -> bool:
    chat = _forum(sandbox, asked)
    topic = _topic(sandbox, chat, asked, "not enough rights to close or open the topic")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    forums.close_topic(sandbox, chat, topic, by=sandbox.bot, closed=closed)
    return True


def delete_forum_topic(sandbox: Sandbox, asked: Parameters) -> bool:
    """Take a topic away with everything in it."""
    chat = _forum(sandbox, asked)
    topic = _topic(sandbox, chat, asked, "not enough rights to delete the topic", right="can_delete_messages")
    forums.delete_topic(sandbox, chat, topic)
    return True


def _forum(sandbox: Sandbox, asked: Parameters) -> Chat:
    chat = chat_of(sandbox, asked, "write")
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(sandbox: Sandbox, chat: Chat, asked: Parameters, words: str, *, right: str = "can_manage_topics") -> Topic:
    """The topic that *asked* names; who began it needs no *right*, all others are refused in *words*."""
    topic_id = asked.integer("message_thread_id")
    if topic_id <= 0:
        raise bad_request("invalid forum topic identifier specified")
    topic = chat.topics.get(topic_id)
    if topic is None or topic.author_id != sandbox.bot.id:
        require_right(sandbox, chat, right, words)
    if topic is None or topic.deleted:
        raise bad_request("TOPIC_ID_INVALID")
    return topic
