"""A chat that does not let the bot write any more: it is paused, and whoever subscribed it is told in private."""

from collections.abc import Mapping
from datetime import datetime

from bot.bot_api import BotApi
from bot.telegram_http import MayHaveArrived, NeverArrived
from storage import chats
from storage.database import Transaction
from storage.model import Address
from storage.notices import add_notice


async def close_chat(tx: Transaction, chat_id: int, *, topic_id: int | None = None, reason: str, now: datetime) -> int:
    """Pause the chat's subscribers, or only that of one topic, that receive, and say how many did.

    Whoever subscribed them is told once: those that were paused before are not paused again.
    """
    closed = await chats.close_chat(tx, chat_id, topic_id=topic_id, reason=reason, now=now)
    phrase = "chat-closed" if topic_id is None else "topic-closed"
    for person in {person for person in closed if person is not None}:
        await add_notice(tx, person, phrase, {"chat_id": chat_id}, now=now)
    return len(closed)


async def with_title(bot_api: BotApi, facts: Mapping[str, object]) -> Mapping[str, object]:
    """Add to *facts* that speak of a chat what it is called now; its id has to do where Telegram does not say.

    Titles are not kept: they change, and Telegram knows.
    """
    chat_id = facts.get("chat_id")
    if not isinstance(chat_id, int):
        return facts
    try:
        _, answer = await bot_api.ask("getChat", Address(chat_id), b"{}")
    except (NeverArrived, MayHaveArrived):
        answer = {}
    chat = answer.get("result")
    title = chat.get("title") if isinstance(chat, dict) else None
    return {**facts, "title": title if isinstance(title, str) else str(chat_id)}
