"""`/schedule`: when things come."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.keyboards import button, keyboard
from bot.chat.outlook import out_of_date
from bot.chat.request import Request
from bot.chat.schedule_view import (
    CADENCES,
    SetCadence,
    ShowHours,
    ShowWeekdays,
    TellNothing,
    back_button,
    change,
    checkable,
    look_at,
    view,
)
from bot.chat.schedule_words import read_asked
from bot.chat.zone import choose_zone, unknown_place
from bot.due import goes_by_clock
from bot.messages.phrases import phrase
from bot.messages.taps import ShowSchedule, Tap, tap
from bot.messages.times import clock, weekdays
from storage.model import Schedule

_DAY = 24 * 60
_HALF_AN_HOUR = 30
_COMMON_HOURS = (6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 21, 22)
_IN_A_ROW = 4


@tap("hour")
@dataclass(frozen=True, slots=True)
class SetHour(Tap):
    """So many minutes after midnight a roundup goes."""

    minutes: int


@tap("weekday")
@dataclass(frozen=True, slots=True)
class SetWeekday(Tap):
    """On that day the weekly one goes; 0: Monday."""

    weekday: int


async def schedule(request: Request) -> list[Answer]:
    """Show when things come; with words, let them come so."""
    if not request.words:
        return [view(request, await look_at(request))]
    asked = read_asked(request.words)
    if asked is None:
        return [view(request, await look_at(request), phrase(request.language, "schedule-usage"))]
    if asked.place and not asked.zones:
        return [unknown_place(request, asked.place)]
    planned = await change(request, asked.applied)
    if len(asked.zones) > 1:
        return [choose_zone(request, planned, asked.zones)]
    # Of what goes by no clock nobody has to know whose.
    known = planned.schedule.time_zone is not None or not goes_by_clock(planned.schedule)
    return [view(request, planned) if known else choose_zone(request, planned)]


async def show_schedule(request: Request, _: ShowSchedule) -> Reaction:
    """Show when things come."""
    return Replace(view(request, await look_at(request)))


async def set_cadence(request: Request, tap: SetCadence) -> Reaction:
    """Let things come so often; who is nowhere yet is asked where they are."""
    if tap.cadence >= len(CADENCES):
        return out_of_date(request.language)
    cadence = CADENCES[tap.cadence]
    planned = await change(request, lambda schedule: replace(schedule, cadence=cadence))
    if cadence != "at once" and planned.schedule.time_zone is None:
        return Replace(choose_zone(request, planned))
    return Replace(view(request, planned))


async def show_hours(request: Request, _: ShowHours) -> Reaction:
    """Show common hours to choose from, and half an hour less or more."""
    language, present = request.language, (await look_at(request)).schedule.send_time
    minutes = present.hour * 60 + present.minute
    hours = [
        checkable(clock(language, time(hour)), SetHour(hour * 60), checked=present == time(hour))
        for hour in _COMMON_HOURS
    ]
    rows = [hours[start : start + _IN_A_ROW] for start in range(0, len(hours), _IN_A_ROW)]
    steps = [(minutes - _HALF_AN_HOUR) % _DAY, (minutes + _HALF_AN_HOUR) % _DAY]
    labels = [clock(language, _time(step)) for step in steps]
    around = [
        button(f"‹ {labels[0]}", SetHour(steps[0])),
        button(f"{labels[1]} ›", SetHour(steps[1])),
    ]
    text = phrase(language, "hour-hint", time=clock(language, present))
    return Replace(Answer(text, keyboard=keyboard(*rows, around, [back_button(language)])))


async def set_hour(request: Request, tap: SetHour) -> Reaction:
    """Let roundups go at that time of the day."""
    if tap.minutes >= _DAY:
        return out_of_date(request.language)
    return await _changed(request, lambda schedule: replace(schedule, send_time=_time(tap.minutes)))


async def show_weekdays(request: Request, _: ShowWeekdays) -> Reaction:
    """Show the days of the week to choose from."""
    present, names = (await look_at(request)).schedule.weekday, weekdays(request.language)
    days = [checkable(name, SetWeekday(day), checked=day == present) for day, name in enumerate(names)]
    rows = [days[:2], days[2:4], days[4:6], days[6:]]
    text = phrase(request.language, "weekday-hint")
    return Replace(Answer(text, keyboard=keyboard(*rows, [back_button(request.language)])))


async def set_weekday(request: Request, tap: SetWeekday) -> Reaction:
    """Let the weekly roundup go on that day."""
    if tap.weekday >= len(weekdays(request.language)):
        return out_of_date(request.language)
    return await _changed(request, lambda schedule: replace(schedule, weekday=tap.weekday))


async def tell_nothing(request: Request, tap: TellNothing) -> Reaction:
    """Let a roundup that would be empty say so, or not."""
    return await _changed(request, lambda schedule: replace(schedule, tell_nothing=bool(tap.on)))


async def _changed(request: Request, how: Callable[[Schedule], Schedule]) -> Reaction:
    return Replace(view(request, await change(request, how)))


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
