"""A chat or topic in which the bot may write no more: it is paused, and whoever subscribed it is told in private."""

from collections.abc import Mapping
from datetime import datetime

from bot.bot_api import BotApi
from bot.telegram_http import MayHaveArrived, NeverArrived
from storage import chats
from storage.database import Transaction
from storage.groups import group_with, topic_name
from storage.model import Address
from storage.notices import add_notice
from storage.topics import set_closed

# What Telegram says of a topic that is not there any more.
_DELETED = ("topic_deleted", "message thread not found")


async def close_chat(
    tx: Transaction, chat_id: int, *, topic_id: int | None = None, reason: str, may_write: bool = False, now: datetime
) -> int:
    """Pause the chat's subscribers, or only that of one topic, that receive, and say how many did.

    Whoever subscribed them is told once: those that were paused before are not paused again. They are told what to do
    where the bot *may write* in the topic nevertheless.
    """
    if topic_id is not None:
        await set_closed(tx, chat_id, topic_id, closed=True)
    closed = await chats.close_chat(tx, chat_id, topic_id=topic_id, reason=reason, now=now)
    phrase = "chat-closed" if topic_id is None else _of_topic(reason, may_write=may_write)
    facts = await _named(tx, chat_id, topic_id)
    for person in {person for person in closed if person is not None}:
        await add_notice(tx, person, phrase, facts, now=now)
    return len(closed)


def _of_topic(reason: str, *, may_write: bool) -> str:
    """Name the phrase that tells of a topic; one that was deleted nobody can open again."""
    if any(sign in reason.lower() for sign in _DELETED):
        return "topic-deleted"
    return "topic-closed-to-others" if may_write else "topic-closed"


async def _named(tx: Transaction, chat_id: int, topic_id: int | None) -> dict[str, object]:
    group = await group_with(tx, chat_id)
    facts: dict[str, object] = {"chat_id": chat_id, "title": group.title if group else ""}
    if topic_id is None:
        return facts
    # The one that is always there has this name in every language, until somebody gives it another.
    return facts | {"topic": await topic_name(tx, chat_id, topic_id) or (f"#{topic_id}" if topic_id else "General")}


async def with_title(bot_api: BotApi, facts: Mapping[str, object]) -> Mapping[str, object]:
    """Add to *facts* that speak of a chat what it is called now; else what it was called, or its id, has to do."""
    chat_id = facts.get("chat_id")
    if not isinstance(chat_id, int):
        return facts
    try:
        _, answer = await bot_api.ask("getChat", Address(chat_id), b"{}")
    except (NeverArrived, MayHaveArrived):
        answer = {}
    chat = answer.get("result")
    title = chat.get("title") if isinstance(chat, dict) else None
    known = facts.get("title") or str(chat_id)
    # Older versions wrote down no topic's name.
    return {"topic": "…", **facts, "title": title if isinstance(title, str) else known}
