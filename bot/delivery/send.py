"""The step that asks Telegram: a part goes out, an outcome comes back.

The one place where python-telegram-bot's exceptions become data. That an answer is lost, or the token wrong, is told
apart here too.
"""

from datetime import timedelta
from typing import Final

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.delivery.buttons import Button
from bot.delivery.outcome import Flood, Migrated, Outcome, Sent, Unreachable, Unsure, outcome_of_refusal
from bot.delivery.replies import HAD_ITS_TURN
from bot.endings import TokenRefused
from bot.messages.entities import as_bot_api
from bot.messages.view import MessagePart, in_words
from bot.telegram_http import MayHaveArrived, NeverArrived
from storage.model import Address

# A forum's first topic, which is written to by naming none.
_GENERAL: Final = 1
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


async def send(
    telegram_bot: ExtBot[bool],
    address: Address,
    part: MessagePart,
    *,
    button: Button | None = None,
    plain: bool = False,
) -> Outcome:
    """Ask Telegram once to show the part at *address*, *plain*: without its styles; raise TokenRefused on a 401.

    What the part leaves to be read is said by *button*, else in words.
    """
    if button is None:
        part = in_words(part)
    entities = [] if plain else _entities(telegram_bot, part)
    try:
        message = await telegram_bot.send_message(
            chat_id=address.chat_id,
            message_thread_id=address.topic_id if address.topic_id > _GENERAL else None,
            text=part.text,
            entities=entities,
            reply_markup=None if button is None else InlineKeyboardMarkup.from_button(button),
            link_preview_options=_NO_PREVIEW,
            rate_limit_args=HAD_ITS_TURN,
        )
    except TelegramError as error:
        return _outcome(error)
    # What python-telegram-bot makes nothing of is an answer all the same, and may be to a message that is in the chat.
    except Exception as error:  # noqa: BLE001
        return Unsure(f"Telegram's answer was no message ({type(error).__name__})")
    return Sent(message.message_id)


def _entities(telegram_bot: Bot, part: MessagePart) -> list[MessageEntity]:
    return [MessageEntity.de_json(entity, telegram_bot) for entity in as_bot_api(part.text, part.entities)]


def _outcome(error: TelegramError) -> Outcome:
    # The order is that of python-telegram-bot's classes: a BadRequest and a TimedOut are NetworkErrors too.
    match error:
        case InvalidToken():
            raise TokenRefused from error
        case RetryAfter(retry_after=wait):
            return Flood(wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
        case ChatMigrated(new_chat_id=to):
            return Migrated(to)
        case Forbidden() | BadRequest():
            return outcome_of_refusal(error.message)
        case NeverArrived():
            return Unreachable(error.message)
        case MayHaveArrived() | TimedOut():
            return Unsure(error.message)
        case NetworkError():
            # What is left of these is an answer of the Bot API itself with a status of 500 or the like.
            return Unreachable(error.message)
        case _:
            return Unreachable(error.message)
