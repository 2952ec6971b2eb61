"""Methods that ask about the bot and about chats."""

from typing import Any

from bot.sandbox.access import chat_of
from bot.sandbox.chats import Member, chat_json
from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import user_json
from bot.sandbox.state import Sandbox


def get_me(sandbox: Sandbox, _: Parameters) -> dict[str, Any]:
    """The bot itself."""
    return user_json(sandbox.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def get_chat(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """A Bot API `ChatFullInfo`."""
    chat = chat_of(sandbox, asked, "read")
    return chat_json(chat) | {
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


def get_chat_member(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """How someone stands in a chat."""
    chat = chat_of(sandbox, asked, "read")
    user_id = asked.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    user = sandbox.bot if user_id == sandbox.bot.id else sandbox.people.get(user_id)
    if user is None:
        raise bad_request("user not found")
    member = chat.members.get(user_id)
    if member is None:
        member = Member(user, "member" if chat.person is user else "left")
    return member_json(member)


def member_json(member: Member) -> dict[str, Any]:
    """A Bot API `ChatMember`."""
    shown: dict[str, Any] = {"status": member.status, "user": user_json(member.user)}
    match member.status:
        case "creator":
            shown["is_anonymous"] = False
        case "administrator":
            shown |= {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(ADMINISTRATOR_RIGHTS, False)
            shown |= dict.fromkeys(member.rights, True)
        case "restricted":
            shown |= {"is_member": True, "until_date": 0} | dict.fromkeys(PERMISSIONS, member.can_send_messages)
        case "kicked":
            shown["until_date"] = 0
        case "member" | "left":
            pass
    return shown


ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
