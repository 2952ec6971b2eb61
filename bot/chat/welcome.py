"""What is said in a group when the bot has come there: one short thing, once; then it is silent until it is asked."""

from collections.abc import Sequence
from functools import partial

import structlog
from telegram import Bot, Chat, ChatMember, ChatMemberBanned, ChatMemberLeft, ChatMemberRestricted, ChatMemberUpdated

from bot.chat.answer import Spot, send
from bot.chat.errors import moved_to, unless_refused
from bot.chat.request import Request
from bot.chat.services import Services
from bot.chat.start import hello
from bot.messages.choices import gets_anything
from storage.groups import group_with, groups_called
from storage.model import Address, ChatType, SubscriberState
from storage.subscribers import subscriber_at

_TYPES: dict[str, ChatType] = {Chat.GROUP: "group", Chat.SUPERGROUP: "supergroup"}

log = structlog.get_logger()


async def welcome(services: Services, change: ChatMemberUpdated) -> None:
    """Say it if the bot has just come into a group where it may write, and the group is not an old one moved."""
    chat, telegram_bot = change.chat, services.rights.telegram_bot
    if chat.type not in _TYPES or _is_there(change.old_chat_member) or not _may_write(change.new_chat_member):
        return
    request = await _request(services, change)
    now = services.clock.monotonic()
    is_told = services.welcomed.message_in(chat.id, now=now) is not None
    if is_told or await _is_old(request) or await _has_its_channels(request):
        return
    say = partial(send, telegram_bot, Spot(chat.id), [await hello(request)], clock=services.clock)
    sent = await unless_refused(say, clock=services.clock)
    services.welcomed.note(chat.id, (sent or [0])[0], now=now)
    log.info("welcomed", chat=chat.id, said=sent is not None)


async def _request(services: Services, change: ChatMemberUpdated) -> Request:
    """Let it be as if who brought the bot there had asked."""
    address = Address(change.chat.id)
    async with services.database.snapshot() as tx:
        subscriber, known = await subscriber_at(tx, address), await group_with(tx, address.chat_id)
    return Request(
        services,
        address.chat_id,
        change.from_user.language_code,
        subscriber,
        person_id=change.from_user.id,
        about=address,
        type=_TYPES[change.chat.type],
        group=known,
    )


async def _is_old(request: Request) -> bool:
    """Say whether the group is one that the bot was in, and became a supergroup: both ids tell, in any order."""
    group = request.group
    if group is None or group.type != "supergroup":
        return False
    async with request.services.database.snapshot() as tx:
        ids = await groups_called(tx, group.title)
    return await _any_moved(request.services, ids, to=group.chat_id)


async def _any_moved(services: Services, ids: Sequence[int], *, to: int) -> bool:
    telegram_bot: Bot = services.rights.telegram_bot
    # It shows for a moment that the bot writes, in a group of the same name, in the worst of cases.
    asked = [partial(telegram_bot.send_chat_action, id_, "typing") for id_ in ids]
    return to in [await moved_to(ask, clock=services.clock) for ask in asked]


async def _has_its_channels(request: Request) -> bool:
    """Say whether posts come there already by way of the channel that is discussed there."""
    linked = request.group.linked_chat_id if request.group else None
    if linked is None:
        return False
    async with request.services.database.snapshot() as tx:
        channel = await subscriber_at(tx, Address(linked))
    return channel is not None and channel.state is SubscriberState.ACTIVE and gets_anything(channel.preferences)


def _is_there(member: ChatMember) -> bool:
    return not isinstance(member, ChatMemberLeft | ChatMemberBanned) and getattr(member, "is_member", True)


def _may_write(member: ChatMember) -> bool:
    muted = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
    return _is_there(member) and not muted
