"""Whether the bot may do something in a chat: the checks of the Bot API server, in its order and words.

Client.cpp of the Bot API server 10.0, check_chat and check_chat_access.
"""

from typing import Literal

from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox

Access = Literal["read", "edit", "write"]
PRESENT = ("creator", "administrator", "member", "restricted")


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
            _check_private(sandbox, chat, access)
        case "group":
            _check_group(sandbox, chat, access)
        case "supergroup" | "channel":
            _check_supergroup(sandbox, chat, access)
    return chat


def _check_private(sandbox: Sandbox, chat: Chat, access: Access) -> None:
    if access == "read":
        return
    if chat.person is not None and chat.person.deactivated:
        raise forbidden("user is deactivated")
    membership = sandbox.membership(chat)
    if membership is None:
        raise forbidden("bot can't initiate conversation with a user")
    if membership.status == "kicked":
        raise forbidden("bot was blocked by the user")


def _check_group(sandbox: Sandbox, chat: Chat, access: Access) -> None:
    if access == "write" and chat.migrated_to is not None:
        raise ApiError(
            400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    if access == "write" and chat.deleted:
        raise forbidden("the group chat was deleted")
    if access != "read":
        _check_present(sandbox, chat)


def _check_supergroup(sandbox: Sandbox, chat: Chat, access: Access) -> None:
    membership = sandbox.membership(chat)
    if access != "read" or not chat.username or (membership is not None and membership.status == "kicked"):
        _check_present(sandbox, chat)


def _check_present(sandbox: Sandbox, chat: Chat) -> None:
    membership = sandbox.membership(chat)
    if membership is not None and membership.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if membership is None or membership.status not in PRESENT:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
