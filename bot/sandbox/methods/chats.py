"""Methods that ask about the bot and about chats."""

from typing import Any

from bot.sandbox.access import chat_of
from bot.sandbox.chats import chat_json
from bot.sandbox.members import permissions_json
from bot.sandbox.messages import message_json
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import user_json
from bot.sandbox.state import Sandbox


def get_me(sandbox: Sandbox, _: Parameters) -> dict[str, Any]:
    """The bot itself."""
    return user_json(sandbox.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not sandbox.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def get_chat(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """A Bot API `ChatFullInfo`."""
    chat = chat_of(sandbox, asked, "read")
    shown = chat_json(chat) | FULL
    if chat.username:
        shown["active_usernames"] = [chat.username]
    if chat.type in ("group", "supergroup"):
        shown["permissions"] = permissions_json(allowed=True)
    if chat.linked_chat_id is not None:
        shown["linked_chat_id"] = chat.linked_chat_id
    if chat.pinned:
        shown["pinned_message"] = message_json(chat.messages[chat.pinned[-1]], with_reply=False)
    return shown


FULL: dict[str, Any] = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}
