"""What an answer of Telegram means for a delivery: pure, and decided in this one place.

The words are those of the Bot API server and of TDLib; docs/architecture.md says where they were read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Flood:
    """Too many: not before *wait* has passed."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class ChatGone:
    """Nobody is there any more: they blocked the bot, removed it, or went away."""

    why: str


@dataclass(frozen=True, slots=True)
class ChatClosed:
    """The chat, or only its topic, is there and does not let the bot write; somebody there can change that."""

    why: str
    topic_only: bool = False


@dataclass(frozen=True, slots=True)
class ChatUnknown:
    """Telegram says that there is no such chat, which has been seen of chats that are there."""

    why: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup with another id."""

    to: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram does not take this text, whoever it is for."""

    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have arrived: the call went out, and no answer that can be understood came back."""

    why: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """It did not arrive: Telegram could not be reached, or *answered* that it is not well."""

    why: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The message is as it was asked to be, or away."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """There is no such message: somebody deleted it."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The message stays as it is: Telegram lets the bot change it no more."""


@dataclass(frozen=True, slots=True)
class TokenUnknown:
    """Telegram does not know the bot: nothing that it is asked can be done."""


Outcome = Sent | Flood | ChatGone | ChatClosed | ChatUnknown | Migrated | Refused | Unsure | Unreachable

# Of a message that is in its chat already.
OutcomeOfChange = Outcome | Done | NotThere | Fixed

# Of a 429 that does not say how long.
_SOME_TIME = 5
# Twelve hours have been seen; what is far beyond is no time.
_LONGEST = 30 * 24 * 60 * 60
# Compared in lower case: whoever hands descriptions on may capitalise them, as python-telegram-bot does.
_GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation with a user",
    "bot was kicked from the",
    "bot is not a member of the",
    "the group chat was deleted",
)
_UNKNOWN = "chat not found"
_CLOSED = (
    "not enough rights to send text messages to the chat",
    "need administrator rights in the channel chat",
    "have no write access to the chat",
    "chat_write_forbidden",
)
_TOPIC_CLOSED = ("message thread not found", "topic_closed", "topic_deleted")
_NOT_MODIFIED = "message is not modified"
_NOT_THERE = ("message to edit not found", "message to delete not found", "message_id_invalid")
_FIXED = ("message can't be edited", "message can't be deleted")


def outcome_of_answer(status: int, answer: Mapping[str, Any]) -> Outcome | TokenUnknown:
    """Tell what the Bot API's *answer* to a message means; *status* is that of HTTP."""
    if "result" in answer and answer.get("ok", True):
        return _accepted(answer["result"])
    description, parameters = str(answer.get("description", "")), answer.get("parameters") or {}
    match status:
        case _ if parameters.get("migrate_to_chat_id"):
            return Migrated(int(parameters["migrate_to_chat_id"]))
        case HTTPStatus.TOO_MANY_REQUESTS:
            wait = float(parameters.get("retry_after") or _SOME_TIME)
            return Flood(timedelta(seconds=min(max(wait, 0.0), _LONGEST)))
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
            return TokenUnknown()
        case HTTPStatus.BAD_REQUEST | HTTPStatus.FORBIDDEN:
            return outcome_of_refusal(description)
        case _:
            return Unreachable(description or f"HTTP {status}", answered=True)


def outcome_of_change(status: int, answer: Mapping[str, Any]) -> OutcomeOfChange | TokenUnknown:
    """Tell what the Bot API's *answer* to the edit or the deletion of a message means; *status* is that of HTTP."""
    if "result" in answer and answer.get("ok", True):
        return Done()
    words = str(answer.get("description", "")).lower()
    if _NOT_MODIFIED in words:
        return Done()
    if any(sign in words for sign in _NOT_THERE):
        return NotThere()
    if any(sign in words for sign in _FIXED):
        return Fixed()
    return outcome_of_answer(status, answer)


def _accepted(result: object) -> Sent | Unsure:
    # What we make nothing of is an answer all the same, and may be to a message that is in the chat.
    message_id = result.get("message_id") if isinstance(result, dict) else None
    return Sent(message_id) if isinstance(message_id, int) else Unsure("Telegram's answer was no message")


def outcome_of_refusal(description: str) -> ChatGone | ChatClosed | ChatUnknown | Refused:
    """Tell what a 400 or 403 with this *description* means; what we do not know is taken for our own fault."""
    words = description.lower()
    if any(sign in words for sign in _GONE):
        return ChatGone(description)
    if any(sign in words for sign in _CLOSED):
        return ChatClosed(description)
    if any(sign in words for sign in _TOPIC_CLOSED):
        return ChatClosed(description, topic_only=True)
    if _UNKNOWN in words:
        return ChatUnknown(description)
    return Refused(description)
