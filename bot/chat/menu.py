"""The menu of commands that Telegram shows beside the field in which one writes."""

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from bot.chat.errors import failure_logged
from bot.messages.phrases import languages, phrase

log = structlog.get_logger()

# In the order of how often they are wanted; `/start` needs no place, for Telegram has a button for it.
MENU = ("latest", "search", "categories", "subscribe", "unsubscribe", "help")

_EVERYBODY = "en"
_IN_PRIVATE = BotCommandScopeAllPrivateChats()


async def announce_commands(telegram_bot: Bot) -> None:
    """Let Telegram show our commands in each of our languages; where it does so already, nothing is changed."""
    with failure_logged("commands_not_announced"):
        for language in languages():
            await _announce(telegram_bot, language)


async def _announce(telegram_bot: Bot, language: str) -> None:
    commands = [BotCommand(name, phrase(language, f"command-{name}")) for name in MENU]
    # The Bot API knows two-letter codes; who speaks none of ours gets the menu without a code.
    code = "" if language == _EVERYBODY else language.partition("-")[0]
    if list(await telegram_bot.get_my_commands(_IN_PRIVATE, code)) != commands:
        await telegram_bot.set_my_commands(commands, _IN_PRIVATE, code)
        log.info("commands_announced", language=language)
