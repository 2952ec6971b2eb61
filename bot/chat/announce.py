"""`/announce`, for operators: what they write or forward is shown as it will look, and then aimed and sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, MessageEntity

from bot.chat.announce_aim import ChangeAnnouncement, aimed, decided
from bot.chat.announce_progress import progress
from bot.chat.answer import Add, Answer, Reaction
from bot.chat.errors import unless_refused
from bot.chat.help import not_understood
from bot.chat.request import Request
from bot.messages.announcement_read import Problem, Rows, read_announcement
from bot.messages.phrases import phrase
from storage.announcements import (
    aim,
    announcement_with,
    await_draft,
    await_no_more,
    awaited_draft,
    fill_draft,
    last_draft,
    open_draft,
    under_way,
)
from storage.model import EVERYONE, Announcement, Audience, Content

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


async def change_announcement(request: Request, tap: ChangeAnnouncement) -> Reaction:
    """Ask what it is to say instead; until that is said it stays as it is."""
    now = request.services.clock.now()
    async with request.services.database.transaction() as tx:
        draft = await announcement_with(tx, tap.id)
        if draft is None or draft.state != "draft":
            return decided(request)
        await await_no_more(tx, request.chat_id, now=now)
        await await_draft(tx, request.chat_id, now=now)
    return Add([_question(request, phrase(request.language, "announcement-changing"))])


async def is_awaited(request: Request) -> bool:
    """Say whether an operator who was asked sends a picture or file, or what others wrote: that is no reply then."""
    message = request.message
    if not request.is_operator or message is None:
        return False
    if _is_more(request):
        return True
    if request.text and not message.forward_origin and not message.via_bot:
        return False
    since = request.services.clock.now() - _PATIENCE
    async with request.services.database.snapshot() as tx:
        return await awaited_draft(tx, request.chat_id, since=since) is not None


async def take_announcement(request: Request) -> list[Answer]:
    """Show it as it will look, and for how many chats it is; nothing goes out before the operator says so."""
    if not request.is_operator or request.message is None:
        return await not_understood(request)
    if _is_more(request):
        return []
    content, before = _read(request.message), await _draft_before(request)
    if isinstance(content, Problem):
        return [_question(request, phrase(request.language, content.phrase, **content.facts))]
    if before is not None:
        content = replace(content, buttons=content.buttons or before.content.buttons)
    if not await _show(request, content):
        return [_question(request, phrase(request.language, "announcement-refused"))]
    id_ = await _keep(request, content, before.audience if before else EVERYONE)
    return [await aimed(request, id_, *_of_album(request, request.message))]


async def _draft_before(request: Request) -> Announcement | None:
    """Give the draft that what was written now takes the place of."""
    async with request.services.database.snapshot() as tx:
        return await last_draft(tx, request.chat_id)


async def _keep(request: Request, content: Content, audience: Audience) -> int:
    """Keep it as a draft of another id: what a button sends is what was seen above it."""
    async with request.services.database.transaction() as tx:
        id_ = await open_draft(tx, request.chat_id, now=request.services.clock.now())
        await fill_draft(tx, id_, content)
        await aim(tx, id_, audience)
    return id_


def _of_album(request: Request, message: Message) -> list[str]:
    """Say that the rest of an album, if it is of one, is left out; that comes now, in messages of its own."""
    if message.media_group_id is None:
        return []
    request.services.albums.begin(request.chat_id, message.media_group_id)
    return [phrase(request.language, "announcement-album")]


def _is_more(request: Request) -> bool:
    """Say whether it is of an album of which something was taken."""
    album = request.message.media_group_id if request.message else None
    return request.services.albums.has_begun(request.chat_id, album)


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
