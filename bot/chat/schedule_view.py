"""The message in which a person sees when things come, and changes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.answer import Answer
from bot.chat.keyboards import Button, button, keyboard
from bot.chat.request import Request
from bot.chat.standstill import return_row, standstill
from bot.due import goes_by_clock, next_look
from bot.messages.phrases import phrase
from bot.messages.schedules import clock_there, quiet_told, schedule_state, schedule_told, snooze_told
from bot.messages.taps import ShowSchedule, Tap, tap
from bot.messages.times import clock, place, weekdays
from bot.zones.guessed import guessed_zone
from storage import schedules
from storage.model import Cadence, Schedule

CADENCES: tuple[Cadence, ...] = ("at once", "daily", "weekdays", "weekly")
_CADENCE_LABELS = ("button-at-once", "button-daily", "button-weekdays", "button-weekly")


@tap("cadence")
@dataclass(frozen=True, slots=True)
class SetCadence(Tap):
    """How often things come: its place in `CADENCES`."""

    cadence: int


@tap("hours")
@dataclass(frozen=True, slots=True)
class ShowHours(Tap):
    """Hours to choose from for a roundup."""


@tap("weekdays")
@dataclass(frozen=True, slots=True)
class ShowWeekdays(Tap):
    """Days to choose from for the weekly one."""


@tap("zones")
@dataclass(frozen=True, slots=True)
class ShowZones(Tap):
    """Places to choose from by whose clock things come."""


@tap("quiet")
@dataclass(frozen=True, slots=True)
class ShowQuiet(Tap):
    """Quiet hours to choose from."""


@tap("snoozes")
@dataclass(frozen=True, slots=True)
class ShowSnoozes(Tap):
    """How long nothing is to come."""


@tap("nothing")
@dataclass(frozen=True, slots=True)
class TellNothing(Tap):
    """Whether a roundup that would be empty says so."""

    on: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule, when somebody looks for what is held for it (None: never), and whether its zone is but a guess."""

    schedule: Schedule
    at: datetime | None = None
    is_guess: bool = False


async def look_at(request: Request) -> Planned:
    """See the person's schedule; of who never said where they live, with our guess."""
    subscriber = request.subscriber
    if subscriber is None:
        return guessed(request, Schedule())
    async with request.services.database.snapshot() as tx:
        at = await schedules.planned_for(tx, subscriber.id)
    return replace(seen(request, subscriber.preferences.schedule), at=at)


async def change(request: Request, how: Callable[[Schedule], Schedule]) -> Planned:
    """Let the person's schedule be what *how* makes of it, from now on.

    A guessed zone is theirs as soon as anything goes by it, which they are told then.
    """
    now = request.services.clock.now()
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_known(tx)
        before = subscriber.preferences.schedule
        asked = how(before)
        planned = guessed(request, asked)
        after = planned.schedule if goes_by_clock(asked) else asked
        at = await schedules.planned_for(tx, subscriber.id)
        if at is None or _timing(after) != _timing(before):
            at = next_look(after, now=now)
        await schedules.set_schedule(tx, subscriber.id, after, next_due_at=at)
    # What was held may be due now.
    request.services.hour.ring()
    return replace(planned, at=at)


def view(request: Request, planned: Planned, *first: str) -> Answer:
    """Show the present state and the next time that something comes, with a button for all that may be changed."""
    language, now = request.language, request.services.clock.now()
    lines = [*first, *told(request, planned)]
    if planned.is_guess and planned.schedule.time_zone is not None and goes_by_clock(planned.schedule):
        there = clock_there(language, planned.schedule.time_zone, now=now)
        lines.append(phrase(language, "zone-guessed", place=place(language, planned.schedule.time_zone), time=there))
    return Answer("\n".join(lines), keyboard=keyboard(return_row(request), *_rows(request, planned.schedule, now=now)))


def told(request: Request, planned: Planned) -> list[str]:
    """Say when things come, a line each; first that nothing does, where that is so."""
    still, now = standstill(request), request.services.clock.now()
    guess = planned.is_guess
    when = schedule_told(
        request.language, planned.schedule, planned=planned.at, now=now, comes=not still, is_guess=guess
    )
    return [*still, *when]


def in_short(request: Request, schedule: Schedule) -> list[str]:
    """Say how often things come and, in a snooze, until when nothing does."""
    planned = seen(request, schedule)
    language, there, now = request.language, planned.schedule, request.services.clock.now()
    return [schedule_state(language, there), *snooze_told(language, there, now=now, is_guess=planned.is_guess)]


def back_button(language: str) -> Button:
    """Lead back to the schedule."""
    return button(phrase(language, "button-back"), ShowSchedule())


def checkable(label: str, tap: Tap, *, checked: bool) -> Button:
    """Make a button that shows whether it is so already."""
    return button(f"✅ {label}" if checked else label, tap)


def seen(request: Request, schedule: Schedule) -> Planned:
    """Give *schedule* as it is: what goes by a clock already, as it was brought along, goes by that of UTC."""
    return Planned(schedule) if goes_by_clock(schedule) else guessed(request, schedule)


def guessed(request: Request, schedule: Schedule) -> Planned:
    """Give *schedule*, with our guess for who never said where they live."""
    if schedule.time_zone is not None:
        return Planned(schedule)
    return Planned(replace(schedule, time_zone=guessed_zone(request.reads)), is_guess=True)


def _timing(schedule: Schedule) -> Schedule:
    return replace(schedule, snoozed_until=None, tell_nothing=False)


def _rows(request: Request, schedule: Schedule, *, now: datetime) -> Iterator[list[Button]]:
    language = request.language
    choices = [
        checkable(phrase(language, label), SetCadence(number), checked=CADENCES[number] == schedule.cadence)
        for number, label in enumerate(_CADENCE_LABELS)
    ]
    yield choices[:2]
    yield choices[2:]
    has_hour = schedule.cadence != "at once"
    if has_hour:
        yield [
            *([_weekday_button(language, schedule)] if schedule.cadence == "weekly" else []),
            button(f"🕗 {clock(language, schedule.send_time)}", ShowHours()),
        ]
    yield [_zone_button(language, schedule), _quiet_button(language, schedule)]
    is_snoozed = schedule.snoozed_until is not None and schedule.snoozed_until > now
    label = phrase(language, "button-snoozed" if is_snoozed else "button-snooze")
    nothing = phrase(language, "button-tell-nothing")
    # Where others read along, nothing is said of nothing.
    says_so = has_hour and request.type == "private"
    yield [
        button(f"💤 {label}", ShowSnoozes()),
        *(
            [checkable(nothing, TellNothing(not schedule.tell_nothing), checked=schedule.tell_nothing)]
            if says_so
            else []
        ),
    ]


def _weekday_button(language: str, schedule: Schedule) -> Button:
    return button(f"📅 {weekdays(language)[schedule.weekday]}", ShowWeekdays())


def _zone_button(language: str, schedule: Schedule) -> Button:
    known = None if schedule.time_zone is None else place(language, schedule.time_zone)
    return button(f"🌍 {known or phrase(language, 'button-zone')}", ShowZones())


def _quiet_button(language: str, schedule: Schedule) -> Button:
    return button(f"🌙 {quiet_told(language, schedule) or phrase(language, 'button-quiet')}", ShowQuiet())
