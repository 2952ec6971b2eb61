"""Quiet hours, in which nothing comes: what would is collected, and comes at their end."""

from dataclasses import dataclass, replace
from datetime import time

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.keyboards import keyboard
from bot.chat.outlook import out_of_date
from bot.chat.request import Request
from bot.chat.schedule_view import ShowQuiet, back_button, change, checkable, look_at, view
from bot.chat.zone import choose_zone
from bot.messages.phrases import phrase
from bot.messages.schedules import quiet_told
from bot.messages.taps import Tap, tap

_HOURS = ((22, 8), (23, 7), (0, 8), (21, 9))
_HOURS_OF_A_DAY = 24


@tap("hush")
@dataclass(frozen=True, slots=True)
class SetQuiet(Tap):
    """Quiet from one hour until another; both the same: never."""

    begin: int
    end: int


async def show_quiet(request: Request, _: ShowQuiet) -> Reaction:
    """Show common quiet hours to choose from."""
    language, schedule = request.language, (await look_at(request)).schedule
    common = [(begin, end, (time(begin), time(end))) for begin, end in _HOURS]
    hours = [
        checkable(
            quiet_told(language, replace(schedule, quiet_hours=quiet)),
            SetQuiet(begin, end),
            checked=quiet == schedule.quiet_hours,
        )
        for begin, end, quiet in common
    ]
    off = checkable(phrase(language, "button-never-quiet"), SetQuiet(0, 0), checked=schedule.quiet_hours is None)
    return Replace(
        Answer(phrase(language, "quiet-hint"), keyboard=keyboard(hours[:2], hours[2:], [off], [back_button(language)]))
    )


async def set_quiet(request: Request, tap: SetQuiet) -> Reaction:
    """Let it be quiet then, or never; who is nowhere yet is asked where they are."""
    if max(tap.begin, tap.end) >= _HOURS_OF_A_DAY:
        return out_of_date(request.language)
    quiet = None if tap.begin == tap.end else (time(tap.begin), time(tap.end))
    planned = await change(request, lambda schedule: replace(schedule, quiet_hours=quiet))
    if quiet and planned.schedule.time_zone is None:
        return Replace(choose_zone(request, planned))
    return Replace(view(request, planned))
