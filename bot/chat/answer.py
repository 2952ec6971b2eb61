"""What a handler says to a person, and how it goes out."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from telegram import (
    Bot,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.chat.errors import harmless_ignored, patiently
from bot.clock import Clock
from bot.messages.entities import as_bot_api
from storage.model import Entity

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with what is said."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer goes."""

    chat_id: int
    # 0: no topic.
    topic_id: int = 0
    # The message that it answers, where others read along; None: none.
    replies_to: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One message to a person: what it says, and the buttons under it, or what is to be typed or shared next."""

    text: str
    entities: tuple[Entity, ...] = ()
    keyboard: InlineKeyboardMarkup | ForceReply | ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None
    # What is said is its caption then, of at most 1,024 characters.
    file: File | None = None
    # Whether nothing is put above it or under it, wherever it is shown: it is what others are shown.
    as_it_is: bool = False
    # Whether Telegram may show a preview of its first link.
    previews: bool = False


@dataclass(frozen=True, slots=True)
class Replace:
    """Let the message whose button was pressed say *answer* instead."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Add:
    """Let *answers* follow, in order; the message whose button was pressed stays as it is."""

    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class AddOnce:
    """Let *answers* follow, in order, and the message lose its buttons; who presses twice in haste has them once."""

    answers: Sequence[Answer]
    # Whether it loses only the button that was pressed.
    others_stay: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """Let *text* show over the chat for a moment, and change nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Let *text* show over the chat for a moment, and the button that was pressed be *button* now."""

    text: str
    button: InlineKeyboardButton


Reaction = Replace | Add | AddOnce | Toast | Turn


async def send(telegram_bot: Bot, spot: Spot, answers: Sequence[Answer], *, clock: Clock) -> list[int]:
    """Send *answers* in order, and give the ids of the messages."""
    return [(await patiently(partial(_send, telegram_bot, spot, answer), clock=clock)).message_id for answer in answers]


async def _send(telegram_bot: Bot, spot: Spot, answer: Answer) -> Message:
    replied = None
    if spot.replies_to is not None:
        replied = ReplyParameters(spot.replies_to, allow_sending_without_reply=True)
    if answer.file is not None:
        return await telegram_bot.send_document(
            spot.chat_id,
            answer.file.content,
            filename=answer.file.name,
            caption=answer.text,
            caption_entities=_entities(answer),
            reply_markup=answer.keyboard,
            message_thread_id=spot.topic_id or None,
            reply_parameters=replied,
        )
    return await telegram_bot.send_message(
        spot.chat_id,
        answer.text,
        entities=_entities(answer),
        reply_markup=answer.keyboard,
        link_preview_options=None if answer.previews else _NO_PREVIEW,
        message_thread_id=spot.topic_id or None,
        reply_parameters=replied,
    )


async def react(
    telegram_bot: Bot,
    query: CallbackQuery,
    reaction: Reaction,
    *,
    spot: Spot,
    clock: Clock,
    obeyed: deque[tuple[int, int, str]],
) -> list[int]:
    """Answer the tap first, for the button turns until then; then show what became of it, new messages at *spot*.

    *obeyed* are the buttons, by chat, message and data, that did once what they do once. Gives the new messages' ids.
    """
    with harmless_ignored():
        await query.answer(reaction.text if isinstance(reaction, Toast | Turn) else None)
    match reaction:
        case Replace(answer) if query.message and query.message.is_accessible:
            with harmless_ignored():
                await patiently(
                    partial(
                        query.edit_message_text,
                        answer.text,
                        entities=_entities(answer),
                        reply_markup=_inline(answer),
                        link_preview_options=_NO_PREVIEW,
                    ),
                    clock=clock,
                )
        # Telegram lets nobody change a message that it no longer shows us.
        case Replace(answer):
            return await send(telegram_bot, spot, [answer], clock=clock)
        case Add(answers):
            return await send(telegram_bot, spot, answers, clock=clock)
        case AddOnce():
            return await _add_once(telegram_bot, query, reaction, spot=spot, clock=clock, obeyed=obeyed)
        case Turn(_, button) if _has_pressed(query):
            with harmless_ignored():
                await patiently(partial(query.edit_message_reply_markup, _buttons(query, button)), clock=clock)
        case Toast() | Turn():
            pass
    return []


async def _add_once(
    telegram_bot: Bot,
    query: CallbackQuery,
    reaction: AddOnce,
    *,
    spot: Spot,
    clock: Clock,
    obeyed: deque[tuple[int, int, str]],
) -> list[int]:
    button = (spot.chat_id, query.message.message_id if query.message else 0, query.data or "")
    # A second tap was on its way while the first was obeyed; of one chat they come one after the other.
    if button in obeyed:
        return []
    sent = await send(telegram_bot, spot, reaction.answers, clock=clock)
    # Not before: should it fail, or the bot be killed meanwhile, the button is there to be pressed again.
    obeyed.append(button)
    if query.message and query.message.is_accessible:
        left = _buttons(query) if reaction.others_stay else None
        with harmless_ignored():
            await patiently(partial(query.edit_message_reply_markup, left), clock=clock)
    return sent


def _buttons(query: CallbackQuery, instead: InlineKeyboardButton | None = None) -> InlineKeyboardMarkup | None:
    """Give the message's buttons with another one *instead* of that which was pressed, or none."""
    there = [instead] if instead else []
    rows = [
        [kept for each in row for kept in ([each] if each.callback_data != query.data else there)]
        for row in _rows(query)
    ]
    return InlineKeyboardMarkup([row for row in rows if row]) if any(rows) else None


def _has_pressed(query: CallbackQuery) -> bool:
    """Say whether the button is there still: of two taps in haste the first has turned it."""
    return any(each.callback_data == query.data for row in _rows(query) for each in row)


def _rows(query: CallbackQuery) -> Sequence[Sequence[InlineKeyboardButton]]:
    shown = query.message.reply_markup if isinstance(query.message, Message) else None
    return shown.inline_keyboard if shown else ()


def _inline(answer: Answer) -> InlineKeyboardMarkup | None:
    # No other keyboard can be put under a message that is there.
    return answer.keyboard if isinstance(answer.keyboard, InlineKeyboardMarkup) else None


def _entities(answer: Answer) -> list[MessageEntity]:
    return [MessageEntity.de_json(entity, None) for entity in as_bot_api(answer.text, answer.entities)]
