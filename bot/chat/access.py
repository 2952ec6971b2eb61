"""Whether the bot is for whoever asks: looked at once for every update, before anything else looks at it.

Of whoever it is not for nothing is kept, and they are told so in one line.
"""

import re

import structlog
from telegram import Chat, ChatMemberBanned, ChatMemberLeft, InlineQueryResultsButton, Message, Update, User
from telegram.ext import ApplicationHandlerStop, filters

from bot.access import EVERYBODY
from bot.chat.answer import Answer, Spot, send
from bot.chat.bringing import admit_chat
from bot.chat.errors import harmless_ignored
from bot.chat.forget import Forget
from bot.chat.let_in import is_let_in, not_let_in
from bot.chat.request import Request
from bot.chat.services import Services
from bot.messages.phrases import choose_language, phrase
from bot.messages.taps import Close, read
from storage.access import accept_invite, is_shut_out
from storage.model import Address
from storage.subscribers import subscriber_at

log = structlog.get_logger()

# As `t.me/BOT?start=inv_CODE` comes to us.
INVITE = "inv_"
_LINK = re.compile(rf"/start(?:@\w+)? {INVITE}([A-Za-z0-9_-]{{1,40}})")
# What is theirs whoever they are.
_OF_THEIR_DATA = ("/mydata", "/forget")
# In seconds: somebody may be let in meanwhile.
_KEPT = 10


async def admit(services: Services, update: Update) -> None:
    """Let nobody further for whom the bot is not, and leave a group or channel that is not served.

    Raises ApplicationHandlerStop, with which the update has come to its end.
    """
    if services.access == EVERYBODY or update.effective_user is None:
        return
    chat, person = update.effective_chat, update.effective_user
    if chat is None or chat.type == Chat.PRIVATE:
        admitted = await _admit_person(services, update, person)
    else:
        admitted = await admit_chat(services, update, chat, person)
    if not admitted:
        raise ApplicationHandlerStop


async def outsider(request: Request) -> str | None:
    """Name the phrase that says why somebody may change nothing in a group that is served; None: they may."""
    services = request.services
    # In private nobody comes so far who is not let in.
    if services.access.mode == "public" or not request.in_group:
        return None
    if request.person_id is None:
        return "access-as-yourself"
    return None if await is_let_in(services, request.person_id) else not_let_in(services)


async def _admit_person(services: Services, update: Update, person: User) -> bool:
    if await is_let_in(services, person.id) or await _asks_of_own_data(services, update, person):
        return True
    code = _LINK.fullmatch(update.message.text or "") if update.message else None
    name = not_let_in(services)
    if code is not None and services.access.mode == "invited":
        if await _accept(services, code[1], person):
            return True
        name = "invite-over"
    if update.my_chat_member is not None:
        # That they are gone is noted, and that they are back is not.
        return isinstance(update.my_chat_member.new_chat_member, ChatMemberBanned | ChatMemberLeft)
    await _turn_away(services, update, person, name)
    return False


async def _asks_of_own_data(services: Services, update: Update, person: User) -> bool:
    """Say whether somebody of whom something is kept, as they were let in once, asks for it or has it deleted."""
    typed, tapped = update.message and update.message.text, update.callback_query and update.callback_query.data
    if typed not in _OF_THEIR_DATA and not isinstance(read(tapped or ""), Forget | Close):
        return False
    async with services.database.snapshot() as tx:
        return await is_shut_out(tx, person.id)


async def _accept(services: Services, code: str, person: User) -> bool:
    async with services.database.transaction() as tx:
        accepted = await accept_invite(tx, code, person.id, now=services.clock.now())
    log.info("invite_opened", person=person.id, let_in=accepted)
    return accepted


async def _turn_away(services: Services, update: Update, person: User, name: str) -> None:
    """Say the phrase called *name*, where something was asked."""
    async with services.database.snapshot() as tx:
        subscriber = await subscriber_at(tx, Address(person.id))
    language = choose_language((subscriber and subscriber.preferences.language) or person.language_code)
    text = phrase(language, name)
    with harmless_ignored():
        if update.inline_query is not None:
            button = InlineQueryResultsButton(phrase(language, "access-inline"), start_parameter="inline")
            await update.inline_query.answer([], cache_time=_KEPT, is_personal=True, button=button)
        elif update.callback_query is not None:
            await update.callback_query.answer(text)
        elif update.message is not None and _asks(update, update.message):
            await send(services.rights.telegram_bot, Spot(person.id), [Answer(text)], clock=services.clock)


def _asks(update: Update, message: Message) -> bool:
    return not filters.StatusUpdate.ALL.check_update(update) and message.via_bot is None
