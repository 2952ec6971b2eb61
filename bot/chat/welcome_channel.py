"""What whoever makes the bot an administrator of a channel is asked in private; the channel itself gets nothing."""

from datetime import timedelta
from functools import partial

import structlog
from telegram import Chat, ChatMemberUpdated

from bot.chat.answer import Answer, Spot, send
from bot.chat.errors import unless_refused
from bot.chat.managing import A_MOMENT, about_it, first_question, managing, refusal
from bot.chat.membership import state_of
from bot.chat.posting import is_on
from bot.chat.request import Request
from bot.chat.services import Services
from bot.messages.phrases import phrase
from storage.managed import is_to_be_asked
from storage.model import Address, SubscriberState
from storage.subscribers import subscriber_at

log = structlog.get_logger()


async def welcome_channel(services: Services, change: ChatMemberUpdated) -> None:
    """Ask them what it is to get, or say what the bot lacks; who has no chat with the bot finds it in `/channels`."""
    was, is_ = (state_of(each, Chat.CHANNEL) for each in (change.old_chat_member, change.new_chat_member))
    can_post = is_ is SubscriberState.ACTIVE
    # Who takes the right to post away from the bot knows why; who subscribed the channel is told (`membership`).
    is_news = was is not is_ if can_post else was is SubscriberState.GONE and is_ is SubscriberState.PAUSED
    if change.chat.type != Chat.CHANNEL or change.from_user.is_bot or not is_news:
        return
    # Where the bot was before, nobody picked it at this moment.
    again = A_MOMENT if was is SubscriberState.GONE else timedelta()
    answers = await _said(services, change, can_post=can_post, again=again)
    if answers:
        say = partial(send, services.rights.telegram_bot, Spot(change.from_user.id), answers, clock=services.clock)
        said = await unless_refused(say, clock=services.clock) is not None
        log.info("channel_welcomed", chat=change.chat.id, by=change.from_user.id, can_post=can_post, said=said)


async def _said(services: Services, change: ChatMemberUpdated, *, can_post: bool, again: timedelta) -> list[Answer]:
    """Let it be as if they had asked in private about the channel; nothing is said of what goes on as it did.

    Nor to whoever was asked less than *again* ago.
    """
    chat, person, now = change.chat, change.from_user, services.clock.now()
    async with services.database.transaction() as tx:
        own = await subscriber_at(tx, Address(person.id))
        is_new = await is_to_be_asked(tx, chat.id, person.id, now=now, again=again)
    asked = Request(services, person.id, person.language_code, own, person_id=person.id)
    # Who may let others post need not be one who may do so.
    refused = await refusal(asked, chat.id, "channel")
    lacking = refused or (None if can_post else "bot-may-not-post")
    managed = None if refused else await managing(asked, Address(chat.id), "channel")
    if not is_new or (managed is not None and is_on(managed)):
        return []
    if managed is None or lacking is not None:
        return [Answer(phrase(asked.language, lacking or "", title=chat.title or ""))]
    return await about_it(managed, [first_question(managed, "channel-welcome")])
