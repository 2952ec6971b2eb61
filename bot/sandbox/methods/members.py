"""Methods about who is in a chat."""

from typing import Any

from bot.sandbox import groups
from bot.sandbox.access import chat_of
from bot.sandbox.chats import IN_CHARGE, PRESENT, Member
from bot.sandbox.errors import bad_request
from bot.sandbox.members import member_json
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Sandbox


def get_chat_member(sandbox: Sandbox, asked: Parameters) -> dict[str, Any]:
    """How someone stands in a chat."""
    user_id = asked.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    chat = chat_of(sandbox, asked, "read" if user_id == sandbox.bot.id else "members")
    user = sandbox.bot if user_id == sandbox.bot.id else sandbox.people.get(user_id)
    if user is None:
        raise bad_request("user not found")
    member = chat.members.get(user_id)
    if member is None:
        member = Member(user, "member" if chat.person is user else "left")
    return member_json(member, chat.type)


def get_chat_administrators(sandbox: Sandbox, asked: Parameters) -> list[dict[str, Any]]:
    """Who is in charge; of bots only this one is told."""
    chat = chat_of(sandbox, asked, "members")
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [member_json(member, chat.type) for member in chat.members.values() if member.status in IN_CHARGE]


def get_chat_member_count(sandbox: Sandbox, asked: Parameters) -> int:
    """How many are in a chat, bots included."""
    chat = chat_of(sandbox, asked, "members")
    return 2 if chat.type == "private" else len(chat.present())


def leave_chat(sandbox: Sandbox, asked: Parameters) -> bool:
    """Go."""
    chat = chat_of(sandbox, asked, "read")
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if chat.status(sandbox.bot.id) in PRESENT:
        groups.leave(sandbox, chat, sandbox.bot)
    return True
