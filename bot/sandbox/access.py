"""Whether the bot may do something in a chat, asked in the order in which Telegram asks.

`chat_of` is the Bot API server (Client.cpp, check_chat_access), `check_rights` its TDLib, `check_reach` Telegram.
"""

from datetime import timedelta
from typing import Literal

from bot.sandbox.chats import PRESENT, Chat, Topic
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox

# "members": reading who is in it.
Access = Literal["read", "members", "edit", "write"]
GENERAL_TOPIC = 1
# How long the server believes what it learned of a topic (ForumTopicManager.cpp, get_forum_topic).
TOPIC_MEMORY = timedelta(minutes=1)


def chat_of(sandbox: Sandbox, asked: Parameters, access: Access, *, name: str = "chat_id") -> Chat:
    """The chat that the parameter *name* names, or the refusal."""
    named = asked.text(name)
    if not named:
        raise bad_request("chat_id is empty")
    if named.startswith("@"):
        chat = next((chat for chat in sandbox.chats.values() if chat.username.lower() == named[1:].lower()), None)
    else:
        chat = sandbox.chats.get(asked.integer(name))
    # A chat that the bot never met is none to it, unless anybody can look it up.
    if chat is None or (chat.person is None and not chat.username and _status(sandbox, chat) is None):
        raise bad_request("chat not found")
    match chat.type:
        case "private":
            if access in ("edit", "write") and chat.person is not None and chat.person.deactivated:
                raise forbidden("user is deactivated")
        case "group":
            # The members of a dead group cannot be read: asking for them is like writing.
            _check_group(sandbox, chat, "write" if access == "members" else access)
        case "supergroup" | "channel":
            if chat.deleted:
                raise forbidden(f"bot was kicked from the {chat.type} chat")
            if access in ("edit", "write") or not chat.username or _status(sandbox, chat) == "kicked":
                _check_present(sandbox, chat)
    return chat


def _check_group(sandbox: Sandbox, chat: Chat, access: Access) -> None:
    if access == "write" and chat.migrated_to is not None:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, words, migrate_to_chat_id=chat.migrated_to)
    if access == "write" and chat.deleted:
        raise forbidden("the group chat was deleted")
    if access != "read":
        _check_present(sandbox, chat)


def _check_present(sandbox: Sandbox, chat: Chat) -> None:
    status = _status(sandbox, chat)
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status not in PRESENT:
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def _status(sandbox: Sandbox, chat: Chat) -> str | None:
    membership = sandbox.membership(chat)
    return membership.status if membership else None


def topic_of(sandbox: Sandbox, chat: Chat, asked: Parameters) -> int:
    """The topic that *asked* names; 0: none, or the chat has no topics. The General one must not be named."""
    topic_id = asked.integer("message_thread_id")
    if not topic_id or not chat.is_forum:
        return 0
    topic = chat.topics.get(topic_id)
    if topic_id == GENERAL_TOPIC or topic is None or (topic.deleted and not _remembered(sandbox, topic)):
        raise bad_request("message thread not found")
    if not topic.deleted:
        topic.looked_up_at = sandbox.clock.now()
    return topic_id


def _remembered(sandbox: Sandbox, topic: Topic) -> bool:
    return sandbox.clock.now() - topic.looked_up_at < TOPIC_MEMORY.total_seconds()


def check_rights(sandbox: Sandbox, chat: Chat, *, what: str = "text messages") -> None:
    """Refuse a bot that may not write here though it is here."""
    membership = sandbox.membership(chat)
    if membership is None:
        return
    if chat.type == "channel" and not ("can_post_messages" in membership.rights or membership.status == "creator"):
        raise bad_request("need administrator rights in the channel chat")
    if membership.status == "restricted" and not membership.can_send_messages:
        raise bad_request(f"not enough rights to send {what} to the chat")


def require_right(sandbox: Sandbox, chat: Chat, right: str, words: str) -> None:
    """Refuse, in *words*, what only an administrator with *right* may do."""
    membership = sandbox.membership(chat)
    if membership is None or (right not in membership.rights and membership.status != "creator"):
        raise bad_request(words)


def check_reach(sandbox: Sandbox, chat: Chat, *, topic_id: int = 0) -> None:
    """Refuse what only Telegram's own servers know: the person blocked the bot or never met it, the topic is closed."""
    if topic_id:
        _check_topic(sandbox, chat, chat.topics[topic_id])
    if chat.type != "private":
        return
    status = _status(sandbox, chat)
    if status is None:
        raise forbidden("bot can't initiate conversation with a user")
    if status == "kicked":
        raise forbidden("bot was blocked by the user")


def _check_topic(sandbox: Sandbox, chat: Chat, topic: Topic) -> None:
    if topic.deleted:
        raise bad_request("TOPIC_DELETED")
    membership = sandbox.membership(chat)
    if topic.closed and (membership is None or "can_manage_topics" not in membership.rights):
        raise bad_request("TOPIC_CLOSED")
