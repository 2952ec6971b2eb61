"""For whom an announcement is, before it goes out: by language, by kind of chat and by category, a button for each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.chat.announce_progress import progress
from bot.chat.answer import Answer, Reaction, Replace, Toast
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.request import Request
from bot.chat.rhythm import LATELY
from bot.messages.announced import language_name, reached, took
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.announced import languages_in_use, reach
from storage.announcements import aim, announcement_with, await_no_more, drop_draft, start
from storage.category_pages import category_page, offered_category
from storage.database import Transaction
from storage.model import Audience

log = structlog.get_logger()

# By what they are chosen, and what the button for it says.
_BY = {
    "languages": "button-aim-languages",
    "types": "button-aim-types",
    "categories": "button-aim-categories",
}
_TYPES = {"private": "aim-private", "group": "aim-group", "channel": "aim-channel"}
_ON_A_PAGE = 12
# What SQLite takes for an id, with room to spare.
_LONGEST_ID = 18
# What others chose is nothing to show.
_NOBODY = 0


@tap("show-aim")
@dataclass(frozen=True, slots=True)
class ShowAim(Tap):
    """For whom the draft is; named `languages`, `types` or `categories`, a page of those to choose from."""

    id: int
    by: str
    page: int


@tap("aim")
@dataclass(frozen=True, slots=True)
class Aim(Tap):
    """One language, type or category is among those whom the draft is for, or not, seen on a page of them."""

    id: int
    by: str
    value: str
    on: bool
    page: int


@tap("change-announcement")
@dataclass(frozen=True, slots=True)
class ChangeAnnouncement(Tap):
    """The draft is to say something else."""

    id: int


@tap("start-announcement")
@dataclass(frozen=True, slots=True)
class StartAnnouncement(Tap):
    """The draft goes out."""

    id: int


@tap("drop-announcement")
@dataclass(frozen=True, slots=True)
class DropAnnouncement(Tap):
    """The draft is not sent."""

    id: int


async def aimed(request: Request, id_: int, *first: str) -> Answer:
    """Say for how many chats the draft is, below what is said *first*, and how long that takes.

    Offer to choose others, to write another, to send it or not.
    """
    language = request.language
    async with request.services.database.snapshot() as tx:
        audience = await _audience(tx, id_)
        chats = await reach(tx, audience)
        chosen = {
            by: ", ".join([await _name(tx, language, by, value) for value in _values(audience, by)]) for by in _BY
        }
    text, send = phrase(language, "announcement-for-nobody"), list[Button]()
    if chats.chats:
        time = took(language, chats.chats, request.services.rate)
        text = phrase(language, "announcement-aimed", chats=reached(language, chats), time=time)
        send = [button(phrase(language, "button-announcement-send", count=chats.chats), StartAnnouncement(id_))]
    aims = [[button(_label(language, by, chosen[by]), ShowAim(id_, by, page=0))] for by in _BY]
    change = button(phrase(language, "button-announcement-change"), ChangeAnnouncement(id_))
    drop = button(phrase(language, "button-announcement-drop"), DropAnnouncement(id_))
    return Answer("\n".join([*first, text]), keyboard=keyboard(send, *aims, [change], [drop]))


async def show_aim(request: Request, tap: ShowAim) -> Reaction:
    """Show what to choose from, or what was chosen."""
    async with request.services.database.snapshot() as tx:
        draft = await announcement_with(tx, tap.id)
    if draft is None or draft.state != "draft":
        return decided(request)
    if tap.by not in _BY:
        return Replace(await aimed(request, tap.id))
    return Replace(await _choice(request, tap.id, tap.by, page=tap.page))


async def set_aim(request: Request, tap: Aim) -> Reaction:
    """Let the draft be for these too, or not."""
    async with request.services.database.transaction() as tx:
        draft = await announcement_with(tx, tap.id)
        if draft is None or draft.state != "draft" or tap.by not in _BY or not _may_be(tap):
            return decided(request)
        others = [value for value in _values(draft.audience, tap.by) if value != tap.value]
        await aim(tx, tap.id, _with(draft.audience, tap.by, [*others, *([tap.value] if tap.on else [])]))
    return Replace(await _choice(request, tap.id, tap.by, page=tap.page))


async def start_announcement(request: Request, tap: StartAnnouncement) -> Reaction:
    """Let it go out, and the message that asked show how far it is."""
    now, message = request.services.clock.now(), request.message
    async with request.services.database.transaction() as tx:
        begun = await start(tx, tap.id, now=now, report_message_id=message.message_id if message else None)
        if begun:
            await await_no_more(tx, request.chat_id, now=now)
        announcement = await announcement_with(tx, tap.id)
    if announcement is None or announcement.started_at is None:
        return decided(request)
    if begun:
        request.services.owing.ring()
        log.warning("announcement_begun", announcement=tap.id, operator=request.chat_id)
    return Replace(await progress(request, announcement))


async def drop_announcement(request: Request, tap: DropAnnouncement) -> Reaction:
    """Forget the draft."""
    now = request.services.clock.now()
    async with request.services.database.transaction() as tx:
        dropped = await drop_draft(tx, tap.id, now=now)
        if dropped:
            await await_no_more(tx, request.chat_id, now=now)
    if not dropped:
        return decided(request)
    return Replace(Answer(phrase(request.language, "announcement-dropped")))


def decided(request: Request) -> Toast:
    """Say that what a button was for is decided."""
    return Toast(phrase(request.language, "decided-already"))


async def _choice(request: Request, id_: int, by: str, *, page: int) -> Answer:
    language = request.language
    async with request.services.database.snapshot() as tx:
        chosen = _values(await _audience(tx, id_), by)
        offered, last = await _offered(request, tx, by, page)
        names = {value: await _name(tx, language, by, value) for value in offered}
    page = min(page, last)
    ticks = [
        button(f"{'✅ ' if value in chosen else ''}{name}", Aim(id_, by, value, value not in chosen, page))
        for value, name in names.items()
    ]
    turn = [button("‹", ShowAim(id_, by, page - 1))] if page else []
    turn += [button("›", ShowAim(id_, by, page + 1))] if page < last else []
    back = button(phrase(language, "button-done"), ShowAim(id_, "", page=0))
    return Answer(phrase(language, "announcement-choose"), keyboard=keyboard(*packed(ticks), turn, [back]))


async def _offered(request: Request, tx: Transaction, by: str, page: int) -> tuple[Sequence[str], int]:
    """Give what there is to choose from on that page, and the number of the last one."""
    if by == "types":
        return [*_TYPES], 0
    if by == "languages":
        found = await languages_in_use(tx)
        last = max(0, len(found) - 1) // _ON_A_PAGE
        first = min(page, last) * _ON_A_PAGE
        return found[first : first + _ON_A_PAGE], last
    now = request.services.clock.now()
    shown = await category_page(tx, _NOBODY, since=now - LATELY, now=now, page=page, size=_ON_A_PAGE)
    return [str(offer.id) for offer in shown.offers], shown.last


async def _audience(tx: Transaction, id_: int) -> Audience:
    announcement = await announcement_with(tx, id_)
    return Audience() if announcement is None else announcement.audience


async def _name(tx: Transaction, language: str, by: str, value: str) -> str:
    if by == "types":
        return phrase(language, _TYPES[value])
    if by == "languages":
        return language_name(language, value) or phrase(language, "aim-unknown")
    category = await offered_category(tx, int(value), subscriber_id=_NOBODY)
    return category.name if category else value


def _label(language: str, by: str, chosen: str) -> str:
    return phrase(language, _BY[by], chosen=chosen or phrase(language, "aim-all"))


def _may_be(tap: Aim) -> bool:
    """Say whether such a value was ever offered: anybody can send any data."""
    match tap.by:
        case "types":
            return tap.value in _TYPES
        case "categories":
            return tap.value.isdecimal() and len(tap.value) <= _LONGEST_ID
        case _:
            return True


def _values(audience: Audience, by: str) -> tuple[str, ...]:
    return tuple(map(str, getattr(audience, by)))


def _with(audience: Audience, by: str, values: Sequence[str]) -> Audience:
    match by:
        case "languages":
            return replace(audience, languages=tuple(values))
        case "types":
            return replace(audience, types=tuple(values))
        case _:
            return replace(audience, categories=tuple(map(int, values)))
