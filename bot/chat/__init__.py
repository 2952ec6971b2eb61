"""What the bot says when it is spoken to: the table of commands, and how an update comes to its handler."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog
from telegram import CallbackQuery, Chat, ChatMemberUpdated, InlineQuery, Message, Update
from telegram.ext import (
    Application,
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat.access import admit
from bot.chat.admission import IN_GROUPS
from bot.chat.allow import allow, disallow
from bot.chat.announce import announce
from bot.chat.answer import Answer
from bot.chat.categories import categories
from bot.chat.channels import channels
from bot.chat.dispatch import Callback, Command, answering, answering_typed, reacting
from bot.chat.errors import on_error
from bot.chat.follow import follow, mute
from bot.chat.forget import forget
from bot.chat.help import help_, not_understood
from bot.chat.inline import offer_items
from bot.chat.introduction import introduce
from bot.chat.latest import latest
from bot.chat.membership import follow_move, follow_standing, follow_title
from bot.chat.menu import announce_commands
from bot.chat.mydata import mydata
from bot.chat.pause import pause
from bot.chat.picker import leave_picker, take_picked
from bot.chat.request import Request
from bot.chat.resume import resume
from bot.chat.route import route
from bot.chat.saved import saved
from bot.chat.schedule import schedule
from bot.chat.search import search
from bot.chat.services import Services
from bot.chat.settings import settings
from bot.chat.snooze import snooze
from bot.chat.start import start
from bot.chat.stop import stop
from bot.chat.subscribe import subscribe
from bot.chat.topics import follow_closing, follow_name, follow_reopening
from bot.chat.typed import shared, typed
from bot.chat.unfollow import unfollow, unmute
from bot.chat.unsubscribe import unsubscribe
from bot.chat.welcome_channel import welcome_channel
from bot.chat.why import why
from bot.chat.zone import leave_location, take_location
from bot.messages.phrases import languages, phrase

__all__ = ["ALLOWED_UPDATES", "COMMANDS", "OPERATORS_COMMANDS", "Services", "announce_commands", "install", "introduce"]

COMMANDS: Mapping[str, Command] = {
    "start": start,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "route": route,
    "categories": categories,
    "follow": follow,
    "unfollow": unfollow,
    "mute": mute,
    "unmute": unmute,
    "latest": latest,
    "search": search,
    "saved": saved,
    "settings": settings,
    "schedule": schedule,
    "snooze": snooze,
    "why": why,
    "channels": channels,
    "mydata": mydata,
    "forget": forget,
    "stop": stop,
    "help": help_,
}

# To anybody else these are commands that nobody understands.
OPERATORS_COMMANDS: Mapping[str, Command] = {
    "announce": announce,
    "pause": pause,
    "resume": resume,
    "allow": allow,
    "disallow": disallow,
}

# No edited messages: what they first asked for was answered. Of posts in channels only what these are called is of use.
ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member", "inline_query", "channel_post"]

# What somebody shares with us by way of inline mode asks for nothing, but an operator may want to announce it.
_SAID = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
_PRIVATE, _SHARED = _SAID & ~filters.VIA_BOT, _SAID & filters.VIA_BOT
# Commands that are forwarded ask for nothing, and nor does a channel's post that Telegram brings to its group.
_GROUPS = (
    filters.ChatType.GROUPS
    & filters.UpdateType.MESSAGE
    & ~filters.StatusUpdate.ALL
    & ~filters.VIA_BOT
    & ~filters.FORWARDED
    & ~filters.IS_AUTOMATIC_FORWARD
)
_STATUS = filters.StatusUpdate
_PICKED = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & _STATUS.CHAT_SHARED
# What Telegram itself tells of a group or channel, and who takes note of it.
_TOLD = (
    (_STATUS.MIGRATE, follow_move),
    (_STATUS.NEW_CHAT_TITLE, follow_title),
    (_STATUS.FORUM_TOPIC_CREATED | _STATUS.FORUM_TOPIC_EDITED, follow_name),
    (_STATUS.FORUM_TOPIC_CLOSED | _STATUS.GENERAL_FORUM_TOPIC_HIDDEN, follow_closing),
    (_STATUS.FORUM_TOPIC_REOPENED | _STATUS.GENERAL_FORUM_TOPIC_UNHIDDEN, follow_reopening),
)

# Before the handlers of group 0, which all the others are.
_FIRST = -1

log = structlog.get_logger()


def install(application: Application[Any, Any, Any, Any, Any, Any], services: Services) -> None:
    """Let *application* answer people; of one chat it must be given one update at a time."""
    # Nothing comes to any handler that is not let past here.
    application.add_handler(TypeHandler(Update, _admitting(services)), group=_FIRST)
    for name, command in COMMANDS.items():
        level = IN_GROUPS.get(name, "private")
        application.add_handler(CommandHandler(name, answering(command, services, level), _PRIVATE | _GROUPS))
    for name, command in OPERATORS_COMMANDS.items():
        application.add_handler(CommandHandler(name, answering(_of_operators(command), services), _PRIVATE))
    application.add_handler(MessageHandler(_PRIVATE & filters.LOCATION, answering(take_location, services)))
    not_now = [phrase(language, "button-not-now") for language in languages()]
    application.add_handler(MessageHandler(_PRIVATE & filters.Text(not_now), answering(leave_location, services)))
    application.add_handler(MessageHandler(_PICKED, answering(take_picked, services)))
    no_pick = [phrase(language, "button-no-pick") for language in languages()]
    application.add_handler(MessageHandler(_PRIVATE & filters.Text(no_pick), answering(leave_picker, services)))
    application.add_handler(MessageHandler(_PRIVATE | (_GROUPS & filters.REPLY), answering_typed(typed, services)))
    application.add_handler(MessageHandler(_SHARED, answering(shared, services)))
    application.add_handler(CallbackQueryHandler(_reacting(services)))
    application.add_handler(InlineQueryHandler(_offering(services)))
    application.add_handler(ChatMemberHandler(_following(services), ChatMemberHandler.MY_CHAT_MEMBER))
    for told, note in _TOLD:
        application.add_handler(MessageHandler(told, _noting(note, services)))
    application.add_handler(TypeHandler(Update, _skip))
    application.add_error_handler(_ending)


def _admitting(services: Services) -> Callback:
    async def callback(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await admit(services, update)

    return callback


async def _ending(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what is to be said of the failure, and let nothing else look at the update: it may not have been admitted."""
    await on_error(update, context)
    raise ApplicationHandlerStop


def _of_operators(command: Command) -> Command:
    async def for_whom_it_is(request: Request) -> Sequence[Answer]:
        return await (command if request.is_operator else not_understood)(request)

    return for_whom_it_is


def _reacting(services: Services) -> Callback:
    react = reacting(services)

    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        match update.callback_query:
            case CallbackQuery(message=message) as query if message and _may_be_theirs(query, message.chat):
                await react(update, context)
            case _:
                await _skip(update, context)

    return callback


def _may_be_theirs(query: CallbackQuery, chat: Chat) -> bool:
    """Say whether the button was pressed in a group, or by the person whose chat with us it is in."""
    return chat.type in (Chat.GROUP, Chat.SUPERGROUP) or (chat.type == Chat.PRIVATE and chat.id == query.from_user.id)


def _offering(services: Services) -> Callback:
    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        match update.inline_query:
            case InlineQuery() as query:
                await offer_items(services, query)
            case _:
                await _skip(update, context)

    return callback


def _following(services: Services) -> Callback:
    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        match update.my_chat_member:
            case ChatMemberUpdated() as change:
                await follow_standing(services, change)
                await welcome_channel(services, change)
            case _:
                await _skip(update, context)

    return callback


def _noting(follow: Callable[[Services, Message], Awaitable[None]], services: Services) -> Callback:
    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        match update.message or update.channel_post:
            case Message() as message:
                await follow(services, message)
            case _:
                await _skip(update, context)

    return callback


async def _skip(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Note an update that we have no answer to, and nothing of what it says."""
    chat = update.effective_chat
    kind = next((name for name in Update.ALL_TYPES if getattr(update, name) is not None), "unknown")
    log.info("update_skipped", update=update.update_id, kind=kind, chat_type=chat.type if chat else None)
