"""The menu of commands that Telegram shows beside the field in which one writes."""

from collections.abc import Iterable, Sequence
from itertools import product

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.chat.admission import IN_GROUPS
from bot.chat.errors import failure_logged
from bot.messages.phrases import languages, phrase

log = structlog.get_logger()

# In the order of how often they are wanted; `/start` needs no place, for Telegram has a button for it.
MENU = (
    "latest",
    "search",
    "saved",
    "categories",
    "follow",
    "mute",
    "schedule",
    "snooze",
    "subscribe",
    "unsubscribe",
    "why",
    "settings",
    "channels",
    "mydata",
    "forget",
    "stop",
    "help",
)
OPERATORS_MENU = (*MENU, "announce", "pause", "resume", "allow", "disallow")

READERS_MENU = tuple(name for name in MENU if IN_GROUPS.get(name) == "read")
ADMINISTRATORS_MENU = (*(name for name in MENU if name in IN_GROUPS), "route")

_EVERYBODY = "en"
_EVERYWHERE: tuple[tuple[Sequence[str], BotCommandScope], ...] = (
    (MENU, BotCommandScopeAllPrivateChats()),
    (READERS_MENU, BotCommandScopeAllGroupChats()),
    (ADMINISTRATORS_MENU, BotCommandScopeAllChatAdministrators()),
)


async def announce_commands(telegram_bot: Bot, operators: Iterable[int] = ()) -> None:
    """Let Telegram show our commands in each of our languages; where it does so already, nothing is changed.

    *operators*, by user id, are shown theirs too, as far as they have a chat with the bot.
    """
    with failure_logged("commands_not_announced"):
        for (menu, scope), language in product(_EVERYWHERE, languages()):
            await _announce(telegram_bot, language, menu, scope)
    for user_id in operators:
        with failure_logged("commands_not_announced"):
            for language in languages():
                await _announce(telegram_bot, language, OPERATORS_MENU, BotCommandScopeChat(user_id))


def code_of(language: str) -> str:
    """Give the code by which the Bot API knows *language*: two letters, or none for what everybody else gets."""
    return "" if language == _EVERYBODY else language.partition("-")[0]


async def _announce(telegram_bot: Bot, language: str, menu: Sequence[str], scope: BotCommandScope) -> None:
    commands = [BotCommand(name, phrase(language, f"command-{name}")) for name in menu]
    code = code_of(language)
    if list(await telegram_bot.get_my_commands(scope, code)) != commands:
        await telegram_bot.set_my_commands(commands, scope, code)
        log.info("commands_announced", language=language)
