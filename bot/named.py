"""Who did what somebody is told of: what they are called is asked when it is told, and kept nowhere."""

import json
from collections.abc import Mapping
from typing import Any

from bot.bot_api import BotApi
from bot.telegram_http import MayHaveArrived, NeverArrived
from storage.model import Address


async def with_name(bot_api: BotApi, facts: Mapping[str, object]) -> Mapping[str, object]:
    """Add to *facts* that say by whom in a chat what that person is called there, and whether that is known."""
    chat_id, person_id = facts.get("chat_id"), facts.get("by")
    if not isinstance(chat_id, int) or not isinstance(person_id, int):
        return facts
    name = await _name(bot_api, chat_id, person_id) if person_id else ""
    return {**facts, "name": name, "known": int(bool(name))}


async def _name(bot_api: BotApi, chat_id: int, person_id: int) -> str:
    try:
        _, answer = await bot_api.ask("getChatMember", Address(chat_id), json.dumps({"user_id": person_id}).encode())
    except (NeverArrived, MayHaveArrived):
        return ""
    return _shown(answer.get("result"))


def _shown(member: object) -> str:
    # Whoever is anonymous in the chat is so in what is said of it.
    if not isinstance(member, dict) or member.get("is_anonymous"):
        return ""
    user: Any = member.get("user")
    names = [user.get("first_name"), user.get("last_name")] if isinstance(user, dict) else []
    return " ".join(name for name in names if isinstance(name, str) and name)
