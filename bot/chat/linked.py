"""Which channel is discussed in which group: Telegram says so when it is asked, and tells nobody when it changes."""

from datetime import timedelta
from functools import partial
from itertools import count

import structlog
from telegram import ChatFullInfo

from bot.chat.errors import failure_logged, unless_refused
from bot.chat.services import Services
from storage.database import DatabaseUnusable
from storage.discussions import channels_after, linked_channels, note_link
from storage.groups import note_group
from storage.model import ChatType

_TYPES: dict[str, ChatType] = {"channel": "channel", "supergroup": "supergroup"}
# What is forwarded is not sent, so a link that ended must be noticed soon: of channels with a group Telegram is asked
# each time, of a few others, and of more than a few with a group, only every tenth time.
_EVERY, _SELDOM, _AT_ONCE = timedelta(minutes=1), 10, 20
# Of ids none is smaller.
FIRST = -(1 << 62)

log = structlog.get_logger()


async def learn_link(services: Services, chat_id: int, type_: str) -> None:
    """Ask what a channel or supergroup is called and linked with, and remember it; what fails changes nothing."""
    if type_ not in _TYPES:
        return
    with failure_logged("link_not_learned"):
        ask = partial(services.rights.telegram_bot.get_chat, chat_id)
        chat = await unless_refused(ask, clock=services.clock)
        if chat is not None and chat.type in _TYPES:
            await _note(services, chat)


async def keep_learning_links(services: Services) -> None:
    """Ask again and again, of some channels at a time, until cancelled."""
    after = FIRST
    for number in count(1):
        await services.clock.sleep(_EVERY)
        try:
            if number % _SELDOM:
                await learn_ends(services)
            else:
                after = await learn_links(services, after=after)
        except DatabaseUnusable as error:
            log.error("links_not_learned", reason=str(error), remedy="they are asked for again later")


async def learn_links(services: Services, *, after: int) -> int:
    """Ask of each channel that is known to be linked, and of the next few *after* that id; give the last of these."""
    async with services.database.snapshot() as tx:
        some = await channels_after(tx, after, limit=_AT_ONCE)
        linked = await linked_channels(tx)
    for chat_id in sorted({*some, *linked}):
        await learn_link(services, chat_id, "channel")
    return some[-1] if some else FIRST


async def learn_ends(services: Services) -> None:
    """Ask of the channels that are known to be linked, if they are few, whether they still are."""
    async with services.database.snapshot() as tx:
        linked = await linked_channels(tx)
    for chat_id in linked if len(linked) <= _AT_ONCE else ():
        await learn_link(services, chat_id, "channel")


async def _note(services: Services, chat: ChatFullInfo) -> None:
    async with services.database.transaction() as tx:
        title, is_forum = chat.title or "", bool(chat.is_forum)
        await note_group(tx, chat.id, _TYPES[chat.type], title=title, is_forum=is_forum)
        await note_link(tx, chat.id, chat.linked_chat_id)
