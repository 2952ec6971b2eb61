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

from bot.chat.linked import learn_link
from bot.chat.services import Services
from bot.chat.welcome import welcome
from bot.closing import close_chat
from storage.chats import lose_chat, regain_chat
from storage.database import Transaction
from storage.groups import note_group
from storage.model import ChatType, SubscriberState
from storage.moves import move_chat

_TYPES: dict[str, ChatType] = {Chat.GROUP: "group", Chat.SUPERGROUP: "supergroup", Chat.CHANNEL: "channel"}

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
        await _note(tx, chat, added_by=_added_by(change))
        match state:
            case SubscriberState.GONE:
                reason = "blocked the bot" if chat.type == Chat.PRIVATE else "the bot was removed"
                subscribers = await lose_chat(tx, chat.id, reason=reason, now=now)
            case SubscriberState.PAUSED:
                subscribers = await close_chat(tx, chat.id, reason="the bot may not write there", now=now)
            case _:
                regained = await regain_chat(tx, chat.id, now=now, catch_up=services.catch_up)
                subscribers, revived = regained.subscribers, regained.deliveries
    if state is not SubscriberState.GONE:
        await learn_link(services, chat.id, chat.type)
    facts = {"chat": chat.id, "chat_type": chat.type, "state": str(state)}
    log.info("standing_changed", **facts, subscribers=subscribers, revived=revived)
    await welcome(services, change)


async def follow_title(services: Services, message: Message) -> None:
    """Remember what a group or channel is called from now on."""
    async with services.database.transaction() as tx:
        await _note(tx, message.chat)
    log.info("chat_renamed", chat=message.chat.id)


async def follow_move(services: Services, message: Message) -> None:
    """Let what a group has go to the supergroup that it became: both chats say so, and either is enough."""
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    # It is no new group.
    services.welcomed.note(new, now=services.clock.monotonic())
    async with services.database.transaction() as tx:
        subscribers = await move_chat(tx, old, to=new, now=services.clock.now())
    log.info("chat_moved", chat=old, to=new, subscribers=subscribers)


def _added_by(change: ChatMemberUpdated) -> int | None:
    """Name the person who brought the bot there; None: it was there, or they are anonymous, or it is gone."""
    was_there, is_there = (
        state_of(member, Chat.GROUP) is not SubscriberState.GONE
        for member in (change.old_chat_member, change.new_chat_member)
    )
    return change.from_user.id if is_there and not was_there and not change.from_user.is_bot else None


async def _note(tx: Transaction, chat: Chat, *, added_by: int | None = None) -> None:
    """Remember what Telegram says of a group or channel; of private chats there is nothing to remember."""
    if chat.type in _TYPES:
        title, is_forum = chat.title or "", bool(chat.is_forum)
        await note_group(tx, chat.id, _TYPES[chat.type], title=title, is_forum=is_forum, added_by=added_by)
