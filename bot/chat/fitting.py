"""What of an answer fits where others read along, or where it is about another chat: no button that is refused."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.chat.admission import Level, level_of
from bot.chat.answer import Add, AddOnce, Answer, Reaction, Replace
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.taps import read


def fitting(request: Request, level: Level, answer: Answer) -> Answer:
    """Leave away buttons that are for private chats, or for fewer people than those who asked may be of *level*.

    A question goes to whoever is to answer it, and says how: nothing else that is written there reaches the bot.
    """
    if request.type == "private":
        return answer
    match answer.keyboard:
        case InlineKeyboardMarkup() as keyboard:
            return replace(answer, keyboard=_left(keyboard, _shown_to(request, level)))
        case ForceReply(input_field_placeholder=hint) if request.in_group:
            return _asked_in_group(request.language, answer, hint)
        # Everybody would see it, and could press it.
        case ReplyKeyboardMarkup() | ReplyKeyboardRemove() if request.in_group:
            return replace(answer, keyboard=None)
        case _:
            return answer


def fitting_reaction(request: Request, level: Level, reaction: Reaction) -> Reaction:
    """Do so with each answer of *reaction*."""
    fit = partial(fitting, request, level)
    match reaction:
        case Replace(answer):
            return Replace(fit(answer))
        case Add(answers):
            return Add([fit(each) for each in answers])
        case AddOnce(answers, others_stay):
            return AddOnce([fit(each) for each in answers], others_stay)
        case _:
            return reaction


def _shown_to(request: Request, level: Level) -> Callable[[Level], bool]:
    if level == "read" and request.in_group:
        return lambda asked: asked == "read"
    return lambda asked: asked != "private"


def _left(keyboard: InlineKeyboardMarkup, shown: Callable[[Level], bool]) -> InlineKeyboardMarkup:
    rows = [[each for each in row if _is_left(each, shown)] for row in keyboard.inline_keyboard]
    return InlineKeyboardMarkup([row for row in rows if row])


def _is_left(button: InlineKeyboardButton, shown: Callable[[Level], bool]) -> bool:
    return not isinstance(button.callback_data, str) or shown(level_of(read(button.callback_data)))


def _asked_in_group(language: str, answer: Answer, hint: str | None) -> Answer:
    before = f"{phrase(language, 'reply-to-this')} "
    return replace(
        answer,
        text=before + answer.text,
        entities=tuple(replace(each, offset=each.offset + len(before)) for each in answer.entities),
        keyboard=ForceReply(selective=True, input_field_placeholder=hint),
    )
