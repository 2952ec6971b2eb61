"""Who was let in and which links are open, as operators are shown it, with a button for each."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.errors import unless_refused
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.request import Request
from bot.messages.direction import mark_after
from bot.messages.found import day_of
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from bot.messages.times import moment, place
from bot.zones.guessed import guessed_zone
from storage.access import Guest, Invite, are_shut_out, count_guests, guests, open_invites

ON_A_PAGE = 8
# The newest; as one is closed the next is shown.
_MOST_LINKS = 5
_LONGEST_NAME = 32


@tap("guests")
@dataclass(frozen=True, slots=True)
class ShowGuests(Tap):
    """The page with this number of whom operators let in."""

    page: int


@tap("let-in")
@dataclass(frozen=True, slots=True)
class LetIn(Tap):
    """This person may use the bot."""

    user_id: int


@tap("send-away")
@dataclass(frozen=True, slots=True)
class SendAway(Tap):
    """This person may not use the bot any more."""

    user_id: int


@tap("let-in-earlier")
@dataclass(frozen=True, slots=True)
class LetInEarlier(Tap):
    """Whoever used the bot before it was by invitation may use it."""


@tap("new-invite")
@dataclass(frozen=True, slots=True)
class ShowInvite(Tap):
    """What a new link is to be like: for how many people and days, 0 being no limit."""

    people: int
    days: int


@tap("close-invite")
@dataclass(frozen=True, slots=True)
class CloseInvite(Tap):
    """The link with this code lets in nobody more."""

    code: str


async def show_guests(request: Request, tap: ShowGuests) -> Reaction:
    """Show a page of them."""
    return Replace(await list_guests(request, page=tap.page))


async def list_guests(request: Request, *, page: int = 0) -> Answer:
    """List whom operators let in, and the open links; where it is for all, or for operators alone, say so."""
    language, now, mode = request.language, request.services.clock.now(), request.services.access.mode
    if mode != "invited":
        return Answer(phrase(language, "guests-of-public" if mode == "public" else "guests-of-private"))
    async with request.services.database.snapshot() as tx:
        count, out = await count_guests(tx), len(await are_shut_out(tx, sent_away_too=False))
        page = min(page, max(0, count - 1) // ON_A_PAGE)
        shown = await guests(tx, offset=page * ON_A_PAGE, limit=ON_A_PAGE)
        links = (await open_invites(tx, now=now))[:_MOST_LINKS]
    names = await asyncio.gather(*(name_of(request, each.user_id) for each in shown))
    lines = [phrase(language, "guests-count", count=count), *map(partial(_line, language), shown, names)]
    if links:
        lines += ["", phrase(language, "guests-links"), *(f"🔗 {link_told(request, link)}" for link in links)]
    if out:
        lines += ["", phrase(language, "guests-shut-out", count=out)]
    return Answer(
        "\n".join([*lines, "", phrase(language, "guests-hint")]),
        keyboard=keyboard(
            *packed(button(f"✕ {name}", SendAway(each.user_id)) for each, name in zip(shown, names, strict=True)),
            _pages(page, count),
            *([button(f"✕ 🔗 {link_told(request, link)}", CloseInvite(link.code))] for link in links),
            [button(phrase(language, "button-new-invite"), ShowInvite(people=1, days=7))],
            [button(phrase(language, "button-let-in-earlier", count=out), LetInEarlier())] if out else [],
        ),
    )


async def name_of(request: Request, user_id: int) -> str:
    """Name a person as Telegram does, which knows those who ever wrote to the bot; else by their id."""
    services = request.services
    ask = partial(services.rights.telegram_bot.get_chat, user_id)
    chat = await unless_refused(ask, clock=services.clock)
    return named(request.language, chat.first_name if chat else None, user_id)


def named(language: str, first_name: str | None, user_id: int) -> str:
    """Name a person by what they call themselves, and by their id, which nobody else has."""
    name = shortened(" ".join((first_name or "").split()), _LONGEST_NAME)
    if not name:
        return str(user_id)
    return phrase(language, "guest-named", name=f"{name}{mark_after(name)}", id=str(user_id))


def link_told(request: Request, link: Invite) -> str:
    """Say for how many more the link is, and until when."""
    language, time_zone = request.language, request.preferences.schedule.time_zone or guessed_zone(request.reads)
    people = phrase(language, "people-any" if link.left_over is None else "people", count=link.left_over or 0)
    if link.ends_at is None:
        return phrase(language, "invite-for-good", people=people)
    ends = moment(language, link.ends_at, now=request.services.clock.now(), time_zone=time_zone)
    return phrase(language, "invite-until", people=people, time=ends, place=place(language, time_zone))


def guests_button(language: str) -> Button:
    """Offer the list."""
    return button(phrase(language, "button-guests"), ShowGuests(page=0))


def _line(language: str, guest: Guest, name: str) -> str:
    return phrase(
        language, "guest-by-link" if guest.by_link else "guest-by-hand", name=name, day=day_of(language, guest.since)
    )


def _pages(page: int, count: int) -> Sequence[Button]:
    last = max(0, count - 1) // ON_A_PAGE
    if not last:
        return []
    around = [("‹", page - 1), (f"{page + 1}/{last + 1}", page), ("›", page + 1)]
    return [button(label, ShowGuests(to)) for label, to in around if 0 <= to <= last]
