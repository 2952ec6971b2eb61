"""What Telegram shows of the bot before anybody has spoken to it, and where it is shared."""

import structlog
from telegram import Bot

from bot.chat.errors import failure_logged
from bot.chat.menu import code_of
from bot.messages.phrases import languages, phrase

log = structlog.get_logger()


async def introduce(telegram_bot: Bot) -> None:
    """Let Telegram show who we are in each of our languages; where it does so already, nothing is changed."""
    with failure_logged("not_introduced"):
        for language in languages():
            await _describe(telegram_bot, language)


async def _describe(telegram_bot: Bot, language: str) -> None:
    code = code_of(language)
    description, short = phrase(language, "description"), phrase(language, "short-description")
    if (await telegram_bot.get_my_description(code)).description != description:
        await telegram_bot.set_my_description(description, code)
        log.info("description_set", language=language)
    if (await telegram_bot.get_my_short_description(code)).short_description != short:
        await telegram_bot.set_my_short_description(short, code)
        log.info("short_description_set", language=language)
