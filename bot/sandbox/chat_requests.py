"""Buttons that ask for a chat: what they ask for, and which chats answer it.

Client.cpp get_keyboard_button_type of the Bot API server 10.0; RequestedDialogType.cpp of its TDLib, whose words the
refusals are, and td_api.tl, shareChatWithBot, for what it leaves to the apps.
"""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.chats import IN_CHARGE, PRESENT, Chat, Member
from bot.sandbox.entity_reader import whole_number
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.members import RIGHTS
from bot.sandbox.people import User

FLAGS = ("chat_is_channel", "chat_is_created", "bot_is_member", "request_title", "request_username", "request_photo")
# They ask for it or for its contrary; only left out they ask for nothing.
CHOICES = ("chat_is_forum", "chat_has_username")
RIGHTS_OF = ("user_administrator_rights", "bot_administrator_rights")
Asked = dict[str, Any]


def read_chat_request(given: object) -> Asked:
    """A `KeyboardButtonRequestChat`, without what says nothing."""
    if not isinstance(given, dict):
        raise _unreadable('Field "request_chat" must be of type Object')
    asked: Asked = {"request_id": whole_number(given, "request_id", _unreadable)}
    asked |= {name: True for name in FLAGS if _flag(given, name)}
    asked |= {name: _flag(given, name) for name in CHOICES if name in given}
    return asked | {name: _rights(given[name]) for name in RIGHTS_OF if name in given}


def _rights(given: object) -> dict[str, bool]:
    if not isinstance(given, dict):
        raise _unreadable("ChatAdministratorRights must be an Object")
    return {name: True for name in given if _flag(given, name)}


def _flag(given: dict[str, Any], name: str) -> bool:
    value = given.get(name, False)
    if not isinstance(value, bool):
        raise _unreadable(f'Field "{name}" must be of type Boolean')
    return value


def _unreadable(words: str) -> ApiError:
    return bad_request(f"can't parse keyboard button: {words}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chat that a person might share with a bot."""

    chat: Chat
    person: User
    bot: User


def why_not(asked: Asked, candidate: Candidate) -> str | None:
    """Why the app does not offer the chat; None: it does."""
    chat, person = candidate.chat, candidate.person
    member = chat.members.get(person.id)
    if member is None or member.status not in PRESENT or chat.deleted or chat.migrated_to:
        return "Shared chat not found"
    if chat.type == "private" or (chat.type == "channel") != asked.get("chat_is_channel", False):
        return "Wrong chat type"
    if chat.type != "channel" and asked.get("chat_is_forum", chat.is_forum) != chat.is_forum:
        return "Wrong is_forum value"
    if asked.get("chat_has_username", bool(chat.username)) != bool(chat.username):
        return "Wrong has_username value"
    if asked.get("chat_is_created") and member.status != "creator":
        return "The chat must be created by the current user"
    if not has_all(chat, member, asked.get("user_administrator_rights", {})):
        return "Not enough rights in the chat"
    return _why_not_the_bot(asked, candidate, member)


def _why_not_the_bot(asked: Asked, candidate: Candidate, member: Member) -> str | None:
    """The bot is as it should be, or the person can make it so."""
    chat, bot = candidate.chat, candidate.chat.members.get(candidate.bot.id)
    is_there = bot is not None and bot.status in PRESENT
    if asks_for_member(asked, chat) and not is_there and not _may_invite(chat, member):
        return "The bot can't be added to the chat"
    if not lacks(asked, candidate):
        return None
    may_promote = _may(member, "can_promote_members") and (is_there or _may_invite(chat, member))
    return None if may_promote else "The bot can't be promoted in the chat"


def asks_for_member(asked: Asked, chat: Chat) -> bool:
    """Whether the bot is to be in the chat, which is asked of groups only."""
    return chat.type != "channel" and bool(asked.get("bot_is_member"))


def lacks(asked: Asked, candidate: Candidate) -> bool:
    """Whether the bot is to be an administrator with rights that it does not have there."""
    bot = candidate.chat.members.get(candidate.bot.id)
    if "bot_administrator_rights" not in asked:
        return False
    in_charge = bot is not None and bot.status in IN_CHARGE
    return bot is None or not in_charge or not has_all(candidate.chat, bot, asked["bot_administrator_rights"])


def has_all(chat: Chat, member: Member, rights: dict[str, bool]) -> bool:
    """Whether *member* has each of *rights* that means something in such a chat."""
    if "is_anonymous" in rights and chat.type != "channel" and not member.anonymous:
        return False
    return all(_may(member, right) for right in rights if right in RIGHTS[chat.type])


def _may(member: Member, right: str) -> bool:
    return member.status == "creator" or (member.status in IN_CHARGE and right in (*member.rights, "can_manage_chat"))


def _may_invite(chat: Chat, member: Member) -> bool:
    """Members may as long as they are not restricted, into a public chat only its administrators."""
    return _may(member, "can_invite_users") or (member.status == "member" and not chat.username)
