"""How far an announcement is, with the buttons to pause it, to let it go on and to cancel it."""

from collections.abc import Awaitable, Callable

import structlog

from bot.chat.answer import Answer, Reaction, Replace, Toast
from bot.chat.keyboards import button, keyboard
from bot.chat.request import Request
from bot.messages.announced import CancelAnnouncement, PauseAnnouncement, ResumeAnnouncement, buttons, report
from bot.messages.phrases import phrase
from storage import announcements
from storage.announced_counts import count_later, counts
from storage.database import Transaction
from storage.model import Announcement

log = structlog.get_logger()


async def pause_announcement(request: Request, tap: PauseAnnouncement) -> Reaction:
    """Let it go to nobody more for now."""
    return await _changed(request, tap.id, announcements.pause, event="announcement_paused")


async def resume_announcement(request: Request, tap: ResumeAnnouncement) -> Reaction:
    """Let it go on."""
    return await _changed(request, tap.id, announcements.go_on, event="announcement_resumed")


async def cancel_announcement(request: Request, tap: CancelAnnouncement) -> Reaction:
    """Let it go to nobody more."""
    return await _changed(request, tap.id, announcements.cancel, event="announcement_cancelled")


async def progress(request: Request, announcement: Announcement) -> Answer:
    """Say how far it is."""
    now = request.services.clock.now()
    async with request.services.database.snapshot() as tx:
        numbers = await counts(tx, announcement.id)
        later = await count_later(tx, announcement.id, now=now)
    text = report(request.language, announcement, numbers, later=later, rate=request.services.rate)
    rows = buttons(request.language, announcement, numbers)
    shown = keyboard(*([button(label, tap) for label, tap in row] for row in rows)) if rows else None
    return Answer(text, keyboard=shown)


async def _changed(
    request: Request, id_: int, change: Callable[[Transaction, int], Awaitable[bool]], *, event: str
) -> Reaction:
    async with request.services.database.transaction() as tx:
        changed = await change(tx, id_)
        announcement = await announcements.announcement_with(tx, id_)
    if announcement is None or announcement.started_at is None:
        return Toast(phrase(request.language, "decided-already"))
    if changed:
        request.services.owing.ring()
        log.info(event, announcement=id_, operator=request.chat_id)
    return Replace(await progress(request, announcement))
