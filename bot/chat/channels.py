"""`/channels`: the channels, groups and topics that a person manages, and the way to another."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.answer import Answer, Reaction, Replace, Toast
from bot.chat.keyboards import button, keyboard
from bot.chat.managing import (
    learn_chat,
    refusal,
    sentence_on,
    settings_of,
    type_at,
)
from bot.chat.outlook import out_of_date
from bot.chat.picker import AddChat, picker
from bot.chat.posting import ShowChannels
from bot.chat.request import Request
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.managed import Managed, managed_by
from storage.model import Address, SubscriberState

# As many as a person scrolls through; of more they pick one.
_MOST = 40
_LONGEST_NAME = 30
_CHAT_ID = re.compile(r"-[0-9]{1,18}")


@tap("chat")
@dataclass(frozen=True, slots=True)
class OpenChat(Tap):
    """The settings of a chat with this id, which is below zero, or of a topic of it."""

    chat_id: str
    topic_id: int


async def channels(request: Request) -> list[Answer]:
    """List what the person manages; who manages nothing yet may pick it at once."""
    theirs = await _theirs(request)
    if not theirs:
        return [picker(request.language, phrase(request.language, "no-channels"))]
    return [_listed(request.language, theirs)]


async def show_channels(request: Request, _: ShowChannels) -> Reaction:
    """List them instead of what stands there; not where others read along."""
    if request.in_group:
        return out_of_date(request.language)
    theirs = await _theirs(request)
    return Replace(_listed(request.language, theirs))


async def open_chat(request: Request, tap: OpenChat) -> Reaction:
    """Show all settings of one instead of the list."""
    if not _CHAT_ID.fullmatch(tap.chat_id):
        return out_of_date(request.language)
    address = Address(int(tap.chat_id), tap.topic_id)
    type_ = await type_at(request, address)
    refused = "not-yours" if type_ is None else await refusal(request, address.chat_id, type_)
    if type_ is None or refused is not None:
        return Toast(sentence_on(request, refused or ""))
    return Replace(await settings_of(request, address, type_))


async def _theirs(request: Request) -> list[Managed]:
    """Find what the person may still manage: what Telegram said a moment ago is enough to list it."""
    if request.person_id is None:
        return []
    known = await _known(request, request.person_id)
    types = {each.address.chat_id: each.type for each in known}
    asked = [
        request.services.rights.refusal(chat_id, type_, request.person_id, fresh=False)
        for chat_id, type_ in types.items()
    ]
    refused = dict(zip(types, await asyncio.gather(*asked), strict=True))
    theirs = [each for each in known if refused[each.address.chat_id] is None]
    untitled = {each.address.chat_id for each in theirs if not each.title}
    if not untitled:
        return theirs
    await asyncio.gather(*(learn_chat(request.services, chat_id) for chat_id in untitled))
    return [each for each in await _known(request, request.person_id) if refused.get(each.address.chat_id, "") is None]


async def _known(request: Request, person_id: int) -> list[Managed]:
    async with request.services.database.snapshot() as tx:
        return await managed_by(tx, person_id, limit=_MOST)


def _listed(language: str, theirs: Sequence[Managed]) -> Answer:
    buttons = [
        button(_label(language, each), OpenChat(str(each.address.chat_id), each.address.topic_id)) for each in theirs
    ]
    add = button(phrase(language, "button-add-chat"), AddChat())
    said = phrase(language, "channels-hint" if theirs else "no-channels")
    return Answer(said, keyboard=keyboard(*([each] for each in buttons), [add]))


def _label(language: str, each: Managed) -> str:
    mark = "✅" if each.state is SubscriberState.ACTIVE else "⏸"
    title = shortened(each.title or str(each.address.chat_id), _LONGEST_NAME)
    if not each.address.topic_id:
        return f"{mark} {phrase(language, 'named-channel' if each.type == 'channel' else 'named-group', title=title)}"
    topic = shortened(each.topic or str(each.address.topic_id), _LONGEST_NAME)
    return f"{mark} {phrase(language, 'named-topic', title=shortened(title, _LONGEST_NAME // 2), topic=topic)}"
