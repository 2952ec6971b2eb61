"""`/channels`: the channels, groups and topics that a person manages, and the way to another."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import (
    ChatAdministratorRights,
    ChatFullInfo,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.chat.answer import Add, Answer, Reaction, Replace, Toast
from bot.chat.keyboards import button, keyboard
from bot.chat.managing import (
    A_MOMENT,
    TYPES,
    about_it,
    first_question,
    learn_chat,
    managing,
    refusal,
    sentence_on,
    settings_of,
    type_at,
)
from bot.chat.outlook import out_of_date
from bot.chat.posting import ShowChannels
from bot.chat.request import Request
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.groups import note_group
from storage.managed import Managed, is_to_be_asked, managed_by
from storage.model import Address, ChatType, SubscriberState

# As many as a person scrolls through; of more they pick one.
_MOST = 40
_LONGEST_NAME = 30
# By which what is picked is told apart; what it is, Telegram says.
_A_CHANNEL, _A_GROUP = 1, 2
_NO_RIGHTS = (False,) * 11
_POSTING = ChatAdministratorRights(*_NO_RIGHTS, can_post_messages=True)
# Whatever an administrator may.
_MANAGING = ChatAdministratorRights(False, True, *_NO_RIGHTS[2:])
_CHAT_ID = re.compile(r"-[0-9]{1,18}")


@tap("chat")
@dataclass(frozen=True, slots=True)
class OpenChat(Tap):
    """The settings of a chat with this id, which is below zero, or of a topic of it."""

    chat_id: str
    topic_id: int


@tap("add-chat")
@dataclass(frozen=True, slots=True)
class AddChat(Tap):
    """A channel or group that is still to be picked."""


async def channels(request: Request) -> list[Answer]:
    """List what the person manages; who manages nothing yet may pick it at once."""
    theirs = await _theirs(request)
    if not theirs:
        return [_picker(request.language, phrase(request.language, "no-channels"))]
    return [_listed(request.language, theirs)]


async def show_channels(request: Request, _: ShowChannels) -> Reaction:
    """List them instead of what stands there; not where others read along."""
    if request.in_group:
        return out_of_date(request.language)
    theirs = await _theirs(request)
    return Replace(_listed(request.language, theirs))


async def add_chat(request: Request, _: AddChat) -> Reaction:
    """Let the person pick one, in Telegram's own list of theirs."""
    return Add([_picker(request.language, phrase(request.language, "pick-hint"))])


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


async def take_picked(request: Request) -> list[Answer]:
    """Show the settings of what was picked, once Telegram says that person and bot are what they have to be there."""
    picked = request.message.chat_shared if request.message else None
    if picked is None:
        return await leave_picker(request)
    chat = await request.services.rights.chat(picked.chat_id)
    title = (chat.title if chat else picked.title) or phrase(request.language, "that-chat")
    type_ = TYPES.get(chat.type) if chat else None
    refused = "bot-not-there" if type_ is None else await refusal(request, picked.chat_id, type_)
    if chat is None or type_ is None or refused is not None:
        return [Answer(phrase(request.language, refused or "", title=title))]
    got = Answer(phrase(request.language, "picked", title=title), keyboard=ReplyKeyboardRemove())
    return [got, *await _asked(request, chat, type_)]


async def leave_picker(request: Request) -> list[Answer]:
    """Take away the keys that pick one."""
    return [Answer(phrase(request.language, "not-picked"), keyboard=ReplyKeyboardRemove())]


async def _asked(request: Request, chat: ChatFullInfo, type_: ChatType) -> list[Answer]:
    """Show the settings, unless they were asked for them a moment ago, as the bot was brought there to be picked."""
    if request.person_id is None:
        return []
    now = request.services.clock.now()
    async with request.services.database.transaction() as tx:
        await note_group(tx, chat.id, type_, title=chat.title or "", is_forum=bool(chat.is_forum))
        is_new = await is_to_be_asked(tx, chat.id, request.person_id, now=now, again=A_MOMENT)
    if not is_new:
        return []
    managed = await managing(request, Address(chat.id), type_)
    return await about_it(managed, [first_question(managed, "chat-welcome")])


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


def _picker(language: str, said: str) -> Answer:
    channel = KeyboardButtonRequestChat(
        _A_CHANNEL,
        chat_is_channel=True,
        user_administrator_rights=_POSTING,
        bot_administrator_rights=_POSTING,
        request_title=True,
    )
    group = KeyboardButtonRequestChat(
        _A_GROUP,
        chat_is_channel=False,
        user_administrator_rights=_MANAGING,
        bot_is_member=True,
        request_title=True,
    )
    keys = [
        [KeyboardButton(phrase(language, "button-pick-channel"), request_chat=channel)],
        [KeyboardButton(phrase(language, "button-pick-group"), request_chat=group)],
        [KeyboardButton(phrase(language, "button-no-pick"))],
    ]
    return Answer(said, keyboard=ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True))
