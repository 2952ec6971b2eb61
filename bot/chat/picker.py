"""Telegram's own list of a person's channels and groups, from which they pick the one that is to be set up."""

from dataclasses import dataclass

from telegram import (
    ChatAdministratorRights,
    ChatFullInfo,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.chat.answer import Add, Answer, Reaction
from bot.chat.managing import A_MOMENT, TYPES, about_it, first_question, managing, refusal
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.groups import note_group
from storage.managed import is_to_be_asked
from storage.model import Address, ChatType

# By which what is picked is told apart; what it is, Telegram says.
_A_CHANNEL, _A_GROUP = 1, 2
_NO_RIGHTS = (False,) * 11
_POSTING = ChatAdministratorRights(*_NO_RIGHTS, can_post_messages=True)
# Whatever an administrator may.
_MANAGING = ChatAdministratorRights(False, True, *_NO_RIGHTS[2:])


@tap("add-chat")
@dataclass(frozen=True, slots=True)
class AddChat(Tap):
    """A channel or group that is still to be picked."""


async def add_chat(request: Request, _: AddChat) -> Reaction:
    """Let the person pick one, in Telegram's own list of theirs."""
    return Add([picker(request.language, phrase(request.language, "pick-hint"))])


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


def picker(language: str, said: str) -> Answer:
    """Say something above the keys that pick one; the bot is brought to a channel as who may post, as Telegram asks."""
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
