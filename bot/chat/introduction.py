"""What Telegram shows of the bot before anybody has spoken to it, and where it is shared."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import structlog
from telegram import Bot

from bot.chat.errors import failure_logged
from bot.chat.menu import code_of
from bot.messages.phrases import languages, phrase

log = structlog.get_logger()

# What any version ever said, so that what an operator wrote in BotFather is told from it: add to these, take none away.
OURS = frozenset({"0223759898ef", "b77ebabd5dde", "837fe2a698c5", "8057b81ba14b"})


@dataclass(frozen=True, slots=True)
class _Text:
    """One of the texts: the phrase that we have for it, and how Telegram is asked for it and told it."""

    phrase: str
    get: Callable[[str], Awaitable[str]]
    set: Callable[[str, str], Awaitable[Any]]


async def introduce(telegram_bot: Bot) -> None:
    """Let Telegram show who we are in each of our languages, unless the operator says it in words of their own."""

    async def description(code: str) -> str:
        return (await telegram_bot.get_my_description(code)).description

    async def short_description(code: str) -> str:
        return (await telegram_bot.get_my_short_description(code)).short_description

    with failure_logged("not_introduced"):
        await _tell(_Text("description", description, telegram_bot.set_my_description))
        await _tell(_Text("short-description", short_description, telegram_bot.set_my_short_description))


def fingerprint(text: str) -> str:
    """Give what tells *text* from others, whatever blanks Telegram left away around it."""
    return sha256(text.strip().encode()).hexdigest()[:12]


async def _tell(text: _Text) -> None:
    """Set what differs; what the operator wrote for everybody is for readers of our other languages too."""
    for language in sorted(languages(), key=code_of):
        code, ours = code_of(language), phrase(language, text.phrase)
        shown = await text.get(code)
        if shown and fingerprint(shown) not in OURS:
            log.info("own_words_kept", of=text.phrase, language=language)
            if not code:
                return
        elif shown.strip() != ours.strip():
            await text.set(ours, code)
            log.info("introduced", of=text.phrase, language=language)
