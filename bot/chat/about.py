"""What is said in private about a group or channel: its name, and buttons and replies that are about it."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.answer import Add, AddOnce, Answer, Reaction, Replace, Toast, Turn
from bot.chat.request import Request
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import about
from storage.groups import topic_name
from storage.model import Entity, EntityType, Subscriber

_LONGEST_TITLE = 60


async def name_of(request: Request) -> str:
    """Name the chat or topic that *request* is about, with what it is before it."""
    group, address = request.group, request.address
    title = shortened(group.title if group and group.title else str(address.chat_id), _LONGEST_TITLE)
    if not address.topic_id:
        named = "named-channel" if request.type == "channel" else "named-group"
        return phrase(request.language, named, title=title)
    async with request.services.database.snapshot() as tx:
        topic = await topic_name(tx, address.chat_id, address.topic_id)
    return phrase(request.language, "named-topic", title=title, topic=topic or str(address.topic_id))


async def all_about(request: Request, subscriber: Subscriber, answers: Sequence[Answer]) -> list[Answer]:
    """Let each of *answers* be about the subscriber."""
    name = await name_of(request)
    link = f"https://t.me/{request.services.rights.telegram_bot.username}?start=set_{subscriber.id}"
    return [_about(answer, subscriber.id, name, link) for answer in answers]


async def reaction_about(request: Request, subscriber: Subscriber, reaction: Reaction) -> Reaction:
    """Let what *reaction* shows be about the subscriber."""
    match reaction:
        case Replace(answer):
            return Replace((await all_about(request, subscriber, [answer]))[0])
        case Add(answers):
            return Add(await all_about(request, subscriber, answers))
        case AddOnce(answers, others_stay):
            return AddOnce(await all_about(request, subscriber, answers), others_stay)
        case Toast() | Turn():
            return reaction


def _about(answer: Answer, subscriber_id: int, name: str, link: str) -> Answer:
    moved = tuple(replace(entity, offset=entity.offset + len(name) + 1) for entity in answer.entities)
    heading = (
        Entity(EntityType.BOLD, 0, len(name)),
        Entity(EntityType.TEXT_LINK, 0, len(name), link),
    )
    keyboard = answer.keyboard
    if isinstance(keyboard, InlineKeyboardMarkup):
        keyboard = _keyboard_about(keyboard, subscriber_id)
    return replace(answer, text=f"{name}\n{answer.text}", entities=heading + moved, keyboard=keyboard)


def _keyboard_about(keyboard: InlineKeyboardMarkup, subscriber_id: int) -> InlineKeyboardMarkup:
    """Let its buttons be about the subscriber; one for which there is no room is left out."""
    rows = [[made for each in row if (made := _button_about(each, subscriber_id))] for row in keyboard.inline_keyboard]
    return InlineKeyboardMarkup([row for row in rows if row])


def _button_about(button: InlineKeyboardButton, subscriber_id: int) -> InlineKeyboardButton | None:
    if not isinstance(button.callback_data, str):
        return button
    data = about(button.callback_data, subscriber_id)
    return InlineKeyboardButton(button.text, callback_data=data) if data is not None else None
