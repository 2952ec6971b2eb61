"""The step that asks Telegram: a part goes out, or changes what is there, and an outcome comes back."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from bot.bot_api import BotApi
from bot.delivery.outcome import (
    Outcome,
    OutcomeOfChange,
    TokenUnknown,
    Unreachable,
    Unsure,
    outcome_of_answer,
    outcome_of_change,
)
from bot.endings import TokenRefused
from bot.messages.entities import as_bot_api
from bot.messages.view import MessagePart, in_words
from bot.telegram_http import MayHaveArrived, NeverArrived
from storage.model import Address

Read = TypeVar("Read")


def encode(
    part: MessagePart,
    *,
    keyboard: Sequence[Sequence[Mapping[str, str]]] = (),
    plain: bool = False,
    silent: bool = False,
    previews: bool = False,
    paid: bool = False,
) -> bytes:
    """Write the part as the Bot API takes it, for any chat; *plain*: without its styles and buttons.

    What the part leaves to be read is said by the *keyboard*, else in words. *previews*: Telegram may show one of its
    first link. *paid*: it may go beyond Telegram's free rate.
    """
    if not keyboard or plain:
        part = in_words(part)
    body: dict[str, object] = {"text": part.text}
    if not previews:
        body["link_preview_options"] = {"is_disabled": True}
    if part.entities and not plain:
        body["entities"] = as_bot_api(part.text, part.entities)
    if keyboard and not plain:
        body["reply_markup"] = {"inline_keyboard": keyboard}
    if silent:
        body["disable_notification"] = True
    if paid:
        body["allow_paid_broadcast"] = True
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


async def send(bot_api: BotApi, address: Address, body: bytes, *, method: str = "sendMessage") -> Outcome:
    """Ask Telegram once to show an encoded part at *address*; raise TokenRefused if it does not know us."""
    return await _ask(bot_api, method, address, body, outcome_of_answer)


async def rewrite(bot_api: BotApi, chat_id: int, message_id: int, body: bytes) -> OutcomeOfChange:
    """Ask Telegram once to let the message be an encoded part instead; raise TokenRefused as `send` does."""
    # It is a JSON object, so what follows its brace can follow ours.
    body = f'{{"message_id":{message_id},'.encode() + body[1:]
    return await _ask(bot_api, "editMessageText", Address(chat_id), body, outcome_of_change)


async def delete(bot_api: BotApi, chat_id: int, message_id: int) -> OutcomeOfChange:
    """Ask Telegram once to take the message out of its chat; raise TokenRefused as `send` does."""
    body = f'{{"message_id":{message_id}}}'.encode()
    return await _ask(bot_api, "deleteMessage", Address(chat_id), body, outcome_of_change)


async def _ask(
    bot_api: BotApi,
    method: str,
    address: Address,
    body: bytes,
    read: Callable[[int, Mapping[str, Any]], Read | TokenUnknown],
) -> Read | Unreachable | Unsure:
    try:
        status, answer = await bot_api.ask(method, address, body)
    except NeverArrived as error:
        return Unreachable(error.message)
    except MayHaveArrived as error:
        return Unsure(error.message)
    try:
        outcome = read(status, answer)
    # Whoever answered says what the Bot API does not, and one odd answer must not end all delivering.
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        return Unsure(f"the answer is none of the Bot API's ({type(error).__name__})")
    match outcome:
        case TokenUnknown():
            raise TokenRefused
        case _:
            return outcome
