"""How the bot stands in a chat, and where the chat is: whoever throws it out, mutes it or moves takes nothing away.

What the chat asked for stays, and so does what it misses, for as long as that is news.
"""

import structlog
from telegram import (
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
)

from bot.chat.services import Services
from bot.closing import close_chat
from storage.chats import lose_chat, move_chat, regain_chat
from storage.model import SubscriberState

log = structlog.get_logger()


def state_of(member: ChatMember, chat_type: str) -> SubscriberState:
    """Say what a chat is to us in which the bot is such a *member*: active where it may write."""
    match member:
        case ChatMemberLeft() | ChatMemberBanned() | ChatMemberRestricted(is_member=False):
            return SubscriberState.GONE
        case ChatMemberRestricted(can_send_messages=False):
            return SubscriberState.PAUSED
        # In a channel nobody writes but who may post.
        case ChatMemberAdministrator(can_post_messages=None | False) | ChatMemberMember() if chat_type == Chat.CHANNEL:
            return SubscriberState.PAUSED
        case _:
            return SubscriberState.ACTIVE


async def follow_standing(services: Services, change: ChatMemberUpdated) -> None:
    """Let the chat's subscribers, if it has any, be gone, paused or back; whoever stopped by themselves stays so."""
    chat, now = change.chat, services.clock.now()
    state, subscribers, revived = state_of(change.new_chat_member, chat.type), 0, 0
    async with services.database.transaction() as tx:
        match state:
            case SubscriberState.GONE:
                reason = "blocked the bot" if chat.type == Chat.PRIVATE else "the bot was removed"
                subscribers = await lose_chat(tx, chat.id, reason=reason, now=now)
            case SubscriberState.PAUSED:
                subscribers = await close_chat(tx, chat.id, reason="the bot may not write there", now=now)
            case _:
                regained = await regain_chat(tx, chat.id, now=now, catch_up=services.catch_up)
                subscribers, revived = regained.subscribers, regained.deliveries
    facts = {"chat": chat.id, "chat_type": chat.type, "state": str(state)}
    log.info("standing_changed", **facts, subscribers=subscribers, revived=revived)


async def follow_move(services: Services, message: Message) -> None:
    """Let what a group has go to the supergroup that it became: both chats say so, and either is enough."""
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    async with services.database.transaction() as tx:
        subscribers = await move_chat(tx, old, to=new, now=services.clock.now())
    log.info("chat_moved", chat=old, to=new, subscribers=subscribers)


async def follow_reopening(services: Services, message: Message) -> None:
    """Let a topic that was opened again receive again."""
    chat_id, topic_id = message.chat.id, message.message_thread_id
    async with services.database.transaction() as tx:
        regained = await regain_chat(
            tx, chat_id, topic_id=topic_id, now=services.clock.now(), catch_up=services.catch_up
        )
    log.info(
        "topic_reopened", chat=chat_id, topic=topic_id, subscribers=regained.subscribers, revived=regained.deliveries
    )
