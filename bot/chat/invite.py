"""Links that let people in: what a new one is like, made and closed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from telegram import CopyTextButton

from bot.chat.access import INVITE
from bot.chat.answer import AddOnce, Answer, Reaction, Replace
from bot.chat.guests import CloseInvite, ShowInvite, guests_button, link_told, list_guests
from bot.chat.keyboards import Button, button, keyboard
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.access import Invite, add_invite, withdraw_invite

log = structlog.get_logger()

# 0: any number, and no end.
_PEOPLE, _DAYS = (1, 10, 0), (1, 7, 0)
# 96 bits: nobody finds one by trying.
_BYTES = 12


@tap("make-invite")
@dataclass(frozen=True, slots=True)
class MakeInvite(Tap):
    """A link for so many people and days, 0 being no limit."""

    people: int
    days: int


async def show_invite(request: Request, tap: ShowInvite) -> Reaction:
    """Ask what the new link is to be like."""
    if request.services.access.mode != "invited":
        return Replace(await list_guests(request))
    language, people, days = request.language, _one_of(_PEOPLE, tap.people), _one_of(_DAYS, tap.days)
    return Replace(
        Answer(
            phrase(language, "invite-ask"),
            keyboard=keyboard(
                [_choice(_people(language, each), ShowInvite(each, days), on=each == people) for each in _PEOPLE],
                [_choice(_span(language, each), ShowInvite(people, each), on=each == days) for each in _DAYS],
                [button(phrase(language, "button-make-invite"), MakeInvite(people, days))],
                [guests_button(language)],
            ),
        )
    )


async def make_invite(request: Request, tap: MakeInvite) -> Reaction:
    """Make the link, as a message of its own to be passed on."""
    if request.services.access.mode != "invited":
        return Replace(await list_guests(request))
    people, days, now = _one_of(_PEOPLE, tap.people), _one_of(_DAYS, tap.days), request.services.clock.now()
    ends_at = now + timedelta(days=days) if days else None
    link = Invite(secrets.token_urlsafe(_BYTES), people or None, ends_at)
    async with request.services.database.transaction() as tx:
        await add_invite(tx, link.code, made_by=request.chat_id, people=link.left_over, ends_at=ends_at, now=now)
    log.info("invite_made", operator=request.chat_id, people=people, days=days)
    return AddOnce([_made(request, link)])


async def close_invite(request: Request, tap: CloseInvite) -> Reaction:
    """Let it let in nobody more."""
    async with request.services.database.transaction() as tx:
        if await withdraw_invite(tx, tap.code, now=request.services.clock.now()):
            log.info("invite_closed", operator=request.chat_id)
    return Replace(await list_guests(request))


def _made(request: Request, link: Invite) -> Answer:
    language = request.language
    address = f"https://t.me/{request.services.rights.telegram_bot.username}?start={INVITE}{link.code}"
    copy = Button(phrase(language, "button-copy-invite"), copy_text=CopyTextButton(address))
    close = button(phrase(language, "button-close-invite"), CloseInvite(link.code))
    said = phrase(language, "invite-made", what=link_told(request, link))
    return Answer(f"{said}\n{address}", keyboard=keyboard([copy], [close], [guests_button(language)]))


def _choice(label: str, tap: Tap, *, on: bool) -> Button:
    return button(f"✓ {label}" if on else label, tap)


def _people(language: str, people: int) -> str:
    return phrase(language, "people" if people else "people-any", count=people)


def _span(language: str, days: int) -> str:
    return phrase(language, "invite-days" if days else "invite-no-end", days=days)


def _one_of(offered: Sequence[int], chosen: int) -> int:
    """Give what was chosen if it was ever offered; anybody can write buttons, and this one makes links."""
    return chosen if chosen in offered else offered[0]
