"""Whether the bot may do something in a chat, asked in the order in which Telegram asks.

`chat_of` is the Bot API server (Client.cpp, check_chat_access), `check_rights` its TDLib, `check_reach` Telegram.
"""

from typing import Literal

from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox

Access = Literal["read", "edit", "write"]
PRESENT = ("creator", "administrator", "member", "restricted")
GENERAL_TOPIC = 1


def chat_of(sandbox: Sandbox, asked: Parameters, access: Access) -> Chat:
    """The chat that *asked* names, or the refusal."""
    name = asked.text("chat_id")
    if not name:
        raise bad_request("chat_id is empty")
    if name.startswith("@"):
        chat = next((chat for chat in sandbox.chats.values() if chat.username.lower() == name[1:].lower()), None)
    else:
        chat = sandbox.chats.get(asked.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    match chat.type:
        case "private":
            if access != "read" and chat.person is not None and chat.person.deactivated:
                raise forbidden("user is deactivated")
        case "group":
            _check_group(sandbox, chat, access)
        case "supergroup" | "channel":
            if access != "read" or not chat.username or _status(sandbox, chat) == "kicked":
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


def topic_of(chat: Chat, asked: Parameters) -> int:
    """The topic that *asked* names; 0: none, or the chat has no topics. The General one must not be named."""
    topic_id = asked.integer("message_thread_id")
    if not topic_id or not chat.is_forum:
        return 0
    if topic_id == GENERAL_TOPIC or topic_id not in chat.topics:
        raise bad_request("message thread not found")
    return topic_id


def check_rights(sandbox: Sandbox, chat: Chat) -> None:
    """Refuse a bot that may not write here though it is here."""
    membership = sandbox.membership(chat)
    if membership is None:
        return
    if chat.type == "channel" and not ("can_post_messages" in membership.rights or membership.status == "creator"):
        raise bad_request("need administrator rights in the channel chat")
    if membership.status == "restricted" and not membership.can_send_messages:
        raise bad_request("not enough rights to send text messages to the chat")


def check_reach(sandbox: Sandbox, chat: Chat, *, topic_id: int = 0) -> None:
    """Refuse what only Telegram's own servers know: the person blocked the bot or never met it, the topic is closed."""
    if topic_id and chat.topics[topic_id].closed:
        raise bad_request("TOPIC_CLOSED")
    if chat.type != "private":
        return
    status = _status(sandbox, chat)
    if status is None:
        raise forbidden("bot can't initiate conversation with a user")
    if status == "kicked":
        raise forbidden("bot was blocked by the user")
