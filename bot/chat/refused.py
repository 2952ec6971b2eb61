"""What is said to whoever may not: one line, in private where the group need not see it."""

from datetime import timedelta
from functools import partial

from telegram import Bot, InlineKeyboardButton, Message

from bot.chat.answer import Answer, Spot, send
from bot.chat.errors import unless_refused
from bot.chat.keyboards import keyboard
from bot.chat.request import Request
from bot.messages.phrases import phrase
from storage.groups import throw_away

# Where it cannot be said in private, it stands in the group for so long.
_SEEN = timedelta(seconds=30)


def sentence(request: Request, name: str) -> str:
    """Say why, in one line; in private nothing of a chat to whoever may only have guessed its number."""
    if request.managed and name == "only-administrators":
        return phrase(request.language, "not-yours")
    title = request.group.title if request.group and request.group.title else str(request.address.chat_id)
    return phrase(request.language, name, title=title)


async def refuse(telegram_bot: Bot, request: Request, name: str) -> None:
    """Say why a command is refused; *name* is its phrase."""
    clock, answer = request.services.clock, Answer(sentence(request, name))
    if name == "in-private-only":
        link = f"https://t.me/{telegram_bot.username}"
        answer = Answer(
            answer.text, keyboard=keyboard([InlineKeyboardButton(phrase(request.language, "button-to-chat"), url=link)])
        )
    elif request.person_id is not None:
        privately = partial(send, telegram_bot, Spot(request.person_id), [answer], clock=clock)
        # Not everybody has a chat with the bot.
        if await unless_refused(privately, clock=clock) is not None:
            return
    sent = await send(telegram_bot, spot_of(request), [answer], clock=clock)
    if request.in_group:
        async with request.services.database.transaction() as tx:
            await throw_away(tx, request.chat_id, sent, at=clock.now() + _SEEN)


def spot_of(request: Request) -> Spot:
    """Say where the request is answered: where it was asked, and in a group under what was typed by who asks."""
    if not request.in_group:
        return Spot(request.chat_id)
    typed = request.message if request.text else _typed_before(request)
    return Spot(request.chat_id, request.address.topic_id, typed.message_id if typed else None)


def _typed_before(request: Request) -> Message | None:
    """Give what the person typed to have the message whose button they pressed: a question is put to who wrote it."""
    typed = request.message.reply_to_message if request.message else None
    is_theirs = typed is not None and typed.from_user is not None and typed.from_user.id == request.person_id
    return typed if is_theirs else None
