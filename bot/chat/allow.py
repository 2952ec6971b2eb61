"""`/allow` and `/disallow`, for operators: who may use a bot that is not for everybody."""

import re

import structlog
from telegram import Message, MessageOrigin, MessageOriginHiddenUser, MessageOriginUser

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.guests import CloseInvite, LetIn, LetInEarlier, SendAway, guests_button, list_guests, name_of, named
from bot.chat.keyboards import Button, button, keyboard
from bot.chat.request import Request
from bot.letting_in import take_back
from bot.messages.phrases import phrase
from storage.access import is_guest, is_shut_out, let_in, let_in_earlier, open_invite_of, send_away
from storage.chats import regain_chat

log = structlog.get_logger()

# Ids have at most 52 significant bits (core.telegram.org/bots/api#user).
_USER_ID = re.compile(r"[0-9]{1,15}")


async def allow(request: Request) -> list[Answer]:
    """Let somebody in, by their id or by a forwarded message of theirs that it answers; else list who was."""
    origin = _origin(request.message.reply_to_message if request.message else None)
    if request.services.access.mode != "invited" or (not request.words and origin is None):
        return [await list_guests(request)]
    if isinstance(origin, MessageOriginHiddenUser):
        return [Answer(phrase(request.language, "allow-hidden"), keyboard=keyboard([guests_button(request.language)]))]
    user_id = origin.sender_user.id if isinstance(origin, MessageOriginUser) else _read(request.words)
    if user_id is None:
        return [Answer(phrase(request.language, "allow-usage"))]
    return [await _let_in(request, user_id)]


async def disallow(request: Request) -> list[Answer]:
    """Send somebody away, by their id; else list who there is."""
    if request.services.access.mode != "invited" or not request.words:
        return [await list_guests(request)]
    user_id = _read(request.words)
    if user_id is None:
        return [Answer(phrase(request.language, "disallow-usage"))]
    return [await _send_away(request, user_id)]


async def allow_forwarded(request: Request) -> list[Answer]:
    """Offer an operator to let in, or send away, who wrote what they forward; else say nothing."""
    origin = _origin(request.message)
    asked = request.is_operator and request.services.access.mode == "invited"
    if not asked or not isinstance(origin, MessageOriginUser) or origin.sender_user.is_bot:
        return []
    person = origin.sender_user
    if person.id in request.services.admins:
        return []
    async with request.services.database.snapshot() as tx:
        guest = await is_guest(tx, person.id)
    offer = _away_button(request, person.id) if guest else _in_button(request, person.id)
    return [
        _told(
            request, "guest-is" if guest else "guest-not", named(request.language, person.first_name, person.id), offer
        )
    ]


async def let_in_tapped(request: Request, tap: LetIn) -> Reaction:
    """Let somebody in."""
    return Replace(await _let_in(request, tap.user_id))


async def send_away_tapped(request: Request, tap: SendAway) -> Reaction:
    """Send somebody away."""
    return Replace(await _send_away(request, tap.user_id))


async def let_in_earlier_tapped(request: Request, _: LetInEarlier) -> Reaction:
    """Let in all who used the bot before it was by invitation; they receive again, with what they missed."""
    services = request.services
    if services.access.mode == "invited":
        async with services.database.transaction() as tx:
            await let_in_earlier(tx, now=services.clock.now())
        log.info("earlier_readers_let_in", operator=request.chat_id)
        await take_back(
            services.database, services.access, services.admins, clock=services.clock, catch_up=services.catch_up
        )
    return Replace(await list_guests(request))


async def _let_in(request: Request, user_id: int) -> Answer:
    if settled := await _settled(request, user_id):
        return settled
    services, now = request.services, request.services.clock.now()
    name = await name_of(request, user_id)
    async with services.database.transaction() as tx:
        new = await let_in(tx, user_id, now=now)
        if await is_shut_out(tx, user_id):
            await regain_chat(tx, user_id, now=now, catch_up=services.catch_up)
    log.info("guest_let_in", person=user_id, operator=request.chat_id)
    return _told(request, "guest-new" if new else "guest-is", name, _away_button(request, user_id))


async def _send_away(request: Request, user_id: int) -> Answer:
    if settled := await _settled(request, user_id):
        return settled
    services, now = request.services, request.services.clock.now()
    name = await name_of(request, user_id)
    async with services.database.transaction() as tx:
        link = await open_invite_of(tx, user_id, now=now)
        was_guest = await send_away(tx, user_id, now=now)
    log.info("guest_sent_away", person=user_id, operator=request.chat_id)
    again = _in_button(request, user_id)
    if link is None:
        return _told(request, "guest-gone" if was_guest else "guest-not", name, again)
    # By that they would come in again.
    close = button(phrase(request.language, "button-close-invite"), CloseInvite(link.code))
    return _told(request, "guest-gone-link-open", name, close, again)


async def _settled(request: Request, user_id: int) -> Answer | None:
    """Say why there is nothing to decide: the bot goes by no guests, or they run it; None: there is."""
    if request.services.access.mode != "invited":
        return await list_guests(request)
    if user_id in request.services.admins:
        return _told(request, "guest-is-operator", await name_of(request, user_id))
    return None


def _told(request: Request, said: str, name: str, *offers: Button) -> Answer:
    text = phrase(request.language, said, name=name, bot=request.services.rights.telegram_bot.username)
    return Answer(text, keyboard=keyboard(*([each] for each in offers), [guests_button(request.language)]))


def _in_button(request: Request, user_id: int) -> Button:
    return button(phrase(request.language, "button-let-in"), LetIn(user_id))


def _away_button(request: Request, user_id: int) -> Button:
    return button(phrase(request.language, "button-send-away"), SendAway(user_id))


def _origin(message: Message | None) -> MessageOrigin | None:
    return message.forward_origin if message else None


def _read(written: str) -> int | None:
    return int(written) if _USER_ID.fullmatch(written) else None
