"""What becomes of an answer that failed: the log knows why, and the person reads at most one polite sentence."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram import Chat, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.clock import Clock
from bot.messages.phrases import choose_language, phrase
from bot.telegram_http import NeverArrived

Result = TypeVar("Result")
log = structlog.get_logger()

# Telegram's words (TELEGRAM.md, "What an answer means") for a tap from the past, an edit that changes nothing, and an
# edit of what the person has deleted meanwhile.
_HARMLESS = ("query is too old", "message is not modified", "message to edit not found")

# And for a group or topic in which others still write, and the bot may not.
_CLOSED = ("not enough rights", "no write access", "chat_write_forbidden", "topic_closed", "topic_deleted")

# Before each further try: as long as a person looks at the screen for an answer.
_WAITS = (timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4))
_LONGEST_FLOOD = timedelta(seconds=30)
# Before what can wait is asked again of a Telegram that was not reached.
_A_MOMENT = timedelta(seconds=30)


async def patiently(ask: Callable[[], Awaitable[Result]], *, clock: Clock) -> Result:
    """Ask Telegram, and again what never arrived or is to come a little later: a person waits for the answer.

    What may have arrived is not asked twice, for a change is kept either way, and nobody wants to hear it twice.
    """
    for wait in _WAITS:
        try:
            return await ask()
        except NeverArrived:
            await clock.sleep(wait)
        except RetryAfter as flood:
            if _wait_of(flood) > _LONGEST_FLOOD:
                raise
            await clock.sleep(_wait_of(flood))
    return await ask()


async def unless_refused(ask: Callable[[], Awaitable[Result]], *, clock: Clock) -> Result | None:
    """Ask Telegram patiently; None: it refuses, for there is no such chat or person, or none that the bot may ask."""
    try:
        return await patiently(ask, clock=clock)
    except (BadRequest, Forbidden, ChatMigrated):
        return None


async def moved_to(ask: Callable[[], Awaitable[object]], *, clock: Clock) -> int | None:
    """Ask Telegram something of a chat; give the id that the chat has now, None if it is the same."""
    try:
        await patiently(ask, clock=clock)
    except ChatMigrated as moved:
        return moved.new_chat_id
    except (BadRequest, Forbidden):
        pass
    return None


async def wait_before_again(ask: Callable[[], Awaitable[object]], event: str, **facts: object) -> timedelta | None:
    """Ask Telegram once for what can wait; say how long, if it is to be asked again. None: done, or refused for good.

    What goes wrong is logged as *event*.
    """
    try:
        await ask()
    except RetryAfter as flood:
        log.info(event, reason=flood.message, **facts)
        return _wait_of(flood)
    except (BadRequest, Forbidden, ChatMigrated) as refusal:
        log.info(event, reason=refusal.message, **facts)
        return None
    except TelegramError as error:
        # Of some the text has the token in it.
        log.info(event, reason=type(error).__name__, **facts)
        return _A_MOMENT
    return None


def _wait_of(flood: RetryAfter) -> timedelta:
    asked = flood.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)


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
        case ChatMigrated(message=reason):
            # What the group has goes along when it says so itself.
            log.info("answer_lost", update=update.update_id, reason=reason)
        case BadRequest(message=reason) if any(words in reason.lower() for words in _CLOSED):
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
