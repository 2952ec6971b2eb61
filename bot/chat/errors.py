"""What becomes of an answer that failed: the log knows why, and the person reads at most one polite sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from telegram import Chat, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.messages.phrases import choose_language, phrase

log = structlog.get_logger()

# Telegram's words (TELEGRAM.md, "What an answer means") for a tap from the past, an edit that changes nothing, and an
# edit of what the person has deleted meanwhile.
_HARMLESS = ("query is too old", "message is not modified", "message to edit not found")


@contextmanager
def harmless_ignored() -> Iterator[None]:
    """Go on when Telegram refuses what no longer matters."""
    try:
        yield
    except BadRequest as refusal:
        if not any(words in refusal.message.lower() for words in _HARMLESS):
            raise


@contextmanager
def failure_logged(event: str) -> Iterator[None]:
    """Go on when Telegram cannot be asked, or refuses, what the bot can do without."""
    try:
        yield
    except TelegramError as error:
        log.warning(event, reason=error.message)


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log why an update came to nothing, and apologize if that was our fault and there is somebody to tell."""
    if not isinstance(update, Update):
        log.error("update_failed", exc_info=context.error)
        return
    match context.error:
        case Forbidden(message=reason):
            # They blocked the bot while it answered.
            log.info("answer_refused", update=update.update_id, reason=reason)
        case BadRequest():
            await _apologize(update, context)
        case RetryAfter(message=reason) | NetworkError(message=reason):
            # An excuse would take the same way, and fail too.
            log.warning("answer_lost", update=update.update_id, reason=reason)
        case _:
            await _apologize(update, context)


async def _apologize(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    log.error("answer_failed", update=update.update_id, exc_info=context.error)
    chat, person = update.effective_chat, update.effective_user
    if chat is None or person is None or chat.type != Chat.PRIVATE:
        return
    try:
        await context.bot.send_message(chat.id, phrase(choose_language(person.language_code), "failed"))
    except TelegramError as error:
        log.warning("answer_lost", update=update.update_id, reason=error.message)
