"""`/announce`, for operators: what they write or forward is shown as it will look, and then aimed and sent."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, MessageEntity

from bot.chat.announce_aim import aimed
from bot.chat.announce_progress import progress
from bot.chat.answer import Answer
from bot.chat.errors import unless_refused
from bot.chat.help import not_understood
from bot.chat.request import Request
from bot.messages.announcement_read import Problem, Rows, read_announcement
from bot.messages.phrases import phrase
from storage.announcements import awaited_draft, fill_draft, open_draft, under_way
from storage.model import Content

# Whoever was asked that long ago may forward something for another reason.
_PATIENCE = timedelta(hours=1)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def announce(request: Request) -> list[Answer]:
    """Ask what to announce, below what is being announced now."""
    async with request.services.database.transaction() as tx:
        # So that their language is known when the bot tells how far it is.
        await request.ensure_known(tx)
        await open_draft(tx, request.chat_id, now=request.services.clock.now())
        begun = await under_way(tx)
    return [*[await progress(request, each) for each in begun], _question(request)]


async def is_awaited(request: Request) -> bool:
    """Say whether an operator who was asked sends a picture or file, or forwards something: that is no reply then."""
    if not request.is_operator or request.message is None:
        return False
    if request.text and not request.message.forward_origin:
        return False
    since = request.services.clock.now() - _PATIENCE
    async with request.services.database.snapshot() as tx:
        return await awaited_draft(tx, request.chat_id, since=since) is not None


async def take_announcement(request: Request) -> list[Answer]:
    """Show it as it will look, and for how many chats it is; nothing goes out before the operator says so."""
    if not request.is_operator or request.message is None:
        return await not_understood(request)
    content = _read(request.message)
    if isinstance(content, Problem):
        return [_question(request, phrase(request.language, content.phrase, **content.facts))]
    if not await _show(request, content):
        return [_question(request, phrase(request.language, "announcement-refused"))]
    async with request.services.database.transaction() as tx:
        id_ = await open_draft(tx, request.chat_id, now=request.services.clock.now())
        await fill_draft(tx, id_, content)
    return [await aimed(request, id_)]


def _question(request: Request, *first: str) -> Answer:
    # It ends with the words by which the reply is known.
    text = "\n".join([*first, phrase(request.language, "announcement-sought")])
    return Answer(text, keyboard=ForceReply(input_field_placeholder=phrase(request.language, "announcement-example")))


def _read(message: Message) -> Content | Problem:
    buttons = tuple(_buttons(message))
    if message.text:
        written, entities = Content(message.text), message.entities
    elif message.photo:
        # The largest: the others are made from it.
        written, entities = (
            Content(message.caption or "", "sendPhoto", message.photo[-1].file_id),
            message.caption_entities,
        )
    elif message.document:
        written = Content(message.caption or "", "sendDocument", message.document.file_id)
        entities = message.caption_entities
    else:
        return Problem("announcement-kind", {})
    return read_announcement(written, entities=[each.to_dict() for each in entities], buttons=buttons)


def _buttons(message: Message) -> Iterator[tuple[tuple[str, str], ...]]:
    """Give the buttons that a forwarded message has and that open something."""
    for row in message.reply_markup.inline_keyboard if message.reply_markup else ():
        links = tuple((button.text, button.url) for button in row if button.url)
        if links:
            yield links


async def _show(request: Request, content: Content) -> bool:
    """Send it to the operator as it will look; False: Telegram does not take it."""
    services = request.services
    send = partial(getattr(services.rights.telegram_bot, _METHODS[content.method]), request.chat_id, **_said(content))
    return await unless_refused(send, clock=services.clock) is not None


_METHODS = {"sendMessage": "send_message", "sendPhoto": "send_photo", "sendDocument": "send_document"}


def _said(content: Content) -> dict[str, Any]:
    entities = [MessageEntity.de_json(dict(each), None) for each in content.entities]
    keyboard = _keyboard(content.buttons)
    if content.method == "sendMessage":
        text = {"text": content.text, "entities": entities, "link_preview_options": _NO_PREVIEW}
        return {**text, "reply_markup": keyboard}
    name = "photo" if content.method == "sendPhoto" else "document"
    return {name: content.file_id, "caption": content.text, "caption_entities": entities, "reply_markup": keyboard}


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url) for label, url in row] for row in rows])
