"""Where the bot stays: groups and channels into which it was brought by those who may."""

from datetime import timedelta
from functools import partial

import structlog
from telegram import Chat, ChatMemberUpdated, Update, User
from telegram.constants import ChatID

from bot.chat.answer import Answer, Spot, send
from bot.chat.errors import unless_refused
from bot.chat.let_in import is_ours, may_bring
from bot.chat.membership import state_of
from bot.chat.read_request import topic_of
from bot.chat.services import Services
from bot.messages.phrases import choose_language, phrase
from storage.access import is_served
from storage.model import SubscriberState

log = structlog.get_logger()

# A group that becomes a supergroup is told of in the old chat, and the bot is in the new one: nobody knows which is
# heard of first.
_LOOKS, _A_MOMENT = 10, timedelta(milliseconds=200)


async def admit_chat(services: Services, update: Update, chat: Chat, person: User) -> bool:
    """Say whether the bot serves the group or channel that the update is of; else leave it, once somebody asks.

    It serves where somebody brought it who may, where one of them asks, and where it was subscribed.
    """
    if update.my_chat_member is not None and person.id == services.rights.telegram_bot.id:
        # It left, and of where it was for nothing nothing is kept.
        return await is_ours(services, chat.id)
    change, typed = update.my_chat_member, (update.message.text or "") if update.message else ""
    asked = _brings(change) if change is not None else update.callback_query is not None or typed.startswith("/")
    if not asked or await may_bring(services, person.id):
        return True
    if change is None:
        stays = await is_ours(services, chat.id)
    else:
        stays = chat.type == Chat.SUPERGROUP and await _becomes_ours(services, chat.id)
    if not stays:
        await _leave(services, chat, person, topic_id=topic_of(update.effective_message))
    return stays


def _brings(change: ChatMemberUpdated) -> bool:
    was, is_ = (state_of(each, Chat.GROUP) for each in (change.old_chat_member, change.new_chat_member))
    return was is SubscriberState.GONE and is_ is not SubscriberState.GONE


async def _becomes_ours(services: Services, chat_id: int) -> bool:
    """Say whether a group that is subscribed moves there; who brought the bot there once says nothing of today."""
    for _ in range(_LOOKS):
        async with services.database.snapshot() as tx:
            if await is_served(tx, chat_id):
                return True
        await services.clock.sleep(_A_MOMENT)
    return False


async def _leave(services: Services, chat: Chat, person: User, *, topic_id: int) -> None:
    """Say in one line why, in a channel to that person, and leave."""
    telegram_bot, clock = services.rights.telegram_bot, services.clock
    name, spot = "left-group", Spot(chat.id, topic_id)
    if chat.type == Chat.CHANNEL:
        name, spot = "left-channel", Spot(person.id)
    elif person.id == ChatID.ANONYMOUS_ADMIN:
        name = "left-group-anonymous"
    said = Answer(phrase(choose_language(person.language_code), name, title=chat.title or ""))
    await unless_refused(partial(send, telegram_bot, spot, [said], clock=clock), clock=clock)
    await unless_refused(partial(telegram_bot.leave_chat, chat.id), clock=clock)
    log.info("chat_left", chat=chat.id, chat_type=chat.type, person=person.id)
