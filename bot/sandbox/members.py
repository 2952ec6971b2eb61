"""Members as the Bot API shows them, and the rights there are (Client.cpp, JsonChatMember and json_store_…)."""

from typing import Any

from bot.sandbox.chats import ChatType, Member
from bot.sandbox.people import user_json

# By the kind of chat where they mean something; those of ANYWHERE are shown in each.
ANYWHERE = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
IN_GROUPS = (*ANYWHERE, "can_pin_messages", "can_manage_tags")
RIGHTS: dict[ChatType, tuple[str, ...]] = {
    "private": (),
    "group": IN_GROUPS,
    "supergroup": (*IN_GROUPS, "can_manage_topics"),
    "channel": (*ANYWHERE, "can_post_messages", "can_edit_messages", "can_manage_direct_messages"),
}
# Everything that promoting gives where nothing is said; whoever is promoted cannot promote others.
USUAL: dict[ChatType, frozenset[str]] = {
    kind: frozenset(names) - {"can_promote_members"} for kind, names in RIGHTS.items()
}
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


def rights_json(rights: frozenset[str], kind: ChatType, *, anonymous: bool = False) -> dict[str, bool]:
    """A Bot API `ChatAdministratorRights`."""
    return {name: name in rights for name in RIGHTS[kind]} | {"is_anonymous": anonymous}


def permissions_json(*, allowed: bool) -> dict[str, bool]:
    """A Bot API `ChatPermissions`, all or none."""
    return dict.fromkeys(PERMISSIONS, allowed)


def member_json(member: Member, kind: ChatType) -> dict[str, Any]:
    """A Bot API `ChatMember`."""
    shown: dict[str, Any] = {"user": user_json(member.user), "status": member.status}
    if kind == "group" and member.status == "kicked":
        # A basic group bans nobody: who was thrown out left (DialogParticipantManager.cpp, on_update_chat_participant).
        return shown | {"status": "left"}
    match member.status:
        case "creator":
            shown["is_anonymous"] = member.anonymous
        case "administrator":
            shown |= {"can_be_edited": False} | rights_json(member.rights, kind, anonymous=member.anonymous)
        case "restricted":
            shown |= {"until_date": 0, "is_member": True} | permissions_json(allowed=member.can_send_messages)
        case "kicked":
            shown["until_date"] = 0
        case "member" | "left":
            pass
    return shown
