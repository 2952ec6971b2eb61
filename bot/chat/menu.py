"""The menu of commands that Telegram shows beside the field in which one writes."""

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from bot.messages.phrases import languages, phrase

log = structlog.get_logger()

# In the order of how often they are wanted; `/start` needs no place, for Telegram has a button for it.
MENU = ("latest", "search", "categories", "subscribe", "unsubscribe", "help")

_EVERYBODY = "en"
_IN_PRIVATE = BotCommandScopeAllPrivateChats()


async def announce_commands(telegram_bot: Bot) -> None:
    """Let Telegram show our commands in each of our languages; where it does so already, nothing is changed."""
    for language in languages():
        commands = [BotCommand(name, phrase(language, f"command-{name}")) for name in MENU]
        # The Bot API knows two-letter codes; what has no menu of its own gets the one without a code.
        code = "" if language == _EVERYBODY else language.partition("-")[0]
        if list(await telegram_bot.get_my_commands(_IN_PRIVATE, code)) != commands:
            await telegram_bot.set_my_commands(commands, _IN_PRIVATE, code)
            log.info("commands_announced", language=language)
