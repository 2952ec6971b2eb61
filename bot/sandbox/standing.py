"""How someone's standing in a chat changes, and who is told."""

from functools import partial
from typing import Any

from bot.sandbox.chats import IN_CHARGE, Chat, Member, chat_json
from bot.sandbox.members import member_json
from bot.sandbox.people import User, user_json
from bot.sandbox.state import Sandbox


def stand(sandbox: Sandbox, chat: Chat, new: Member, *, by: User) -> None:
    """Let someone stand so from now on.

    The bot hears of itself by `my_chat_member`; of others by `chat_member`, where it is an administrator and asked.
    """
    old = chat.members.get(new.user.id) or Member(new.user, "left")
    if old == new:
        return
    chat.members[new.user.id] = new
    change: dict[str, Any] = {
        "chat": chat_json(chat),
        "from": user_json(by),
        "date": int(sandbox.clock.now()),
        "old_chat_member": member_json(old, chat.type),
        "new_chat_member": member_json(new, chat.type),
    }
    if new.user is sandbox.bot:
        sandbox.updates.add("my_chat_member", change, now=sandbox.clock.now())
        sandbox.events.add("membership", partial(dict, chat_id=chat.id, bot_status=new.status))
    elif chat.status(sandbox.bot.id) in IN_CHARGE:
        sandbox.updates.add("chat_member", change, now=sandbox.clock.now())
    sandbox.chat_changed(chat)
