"""Say when things come: pure."""

from datetime import datetime

from bot.due import held_until, next_roundup, zone
from bot.messages.phrases import phrase
from bot.messages.times import clock, moment, place, weekdays
from storage.model import Schedule


def schedule_state(language: str, schedule: Schedule) -> str:
    """Say in one sentence how often things come."""
    at = clock(language, schedule.send_time)
    match schedule.cadence:
        case "at once":
            return phrase(language, "comes-at-once")
        case "daily":
            return phrase(language, "comes-daily", time=at)
        case "weekdays":
            return phrase(language, "comes-on-weekdays", time=at)
        case "weekly":
            return phrase(language, "comes-weekly", day=weekdays(language)[schedule.weekday], time=at)


def schedule_told(
    language: str,
    schedule: Schedule,
    *,
    planned: datetime | None,
    now: datetime,
    comes: bool = True,
    is_guess: bool = False,
) -> list[str]:
    """Say how often things come, when the next does, which is *planned* for then, and what is quiet; a line each.

    Unless anything *comes* there is no next. *is_guess*: its zone is but guessed.
    """
    lines = [schedule_state(language, schedule)]
    at = next_time(schedule, planned=planned, now=now) if comes else None
    # What comes at the end of the snooze is said with that.
    if at is not None and at != schedule.snoozed_until:
        when = moment(language, at, now=now, time_zone=schedule.time_zone)
        lines.append(phrase(language, "comes-next", when=when, place=place(language, schedule.time_zone)))
    if schedule.quiet_hours:
        lines.append(phrase(language, "quiet-from-until", hours=quiet_told(language, schedule)))
    return [*lines, *snooze_told(language, schedule, now=now, is_guess=is_guess)]


def snooze_told(language: str, schedule: Schedule, *, now: datetime, is_guess: bool = False) -> list[str]:
    """Say in one line until when nothing comes; nothing where there is no snooze."""
    until = schedule.snoozed_until
    if until is None or until <= now:
        return []
    return [phrase(language, "snoozed-until", when=moment_told(language, until, schedule, now=now, is_guess=is_guess))]


def moment_told(language: str, at: datetime, schedule: Schedule, *, now: datetime, is_guess: bool = False) -> str:
    """Say when *at* is by the clock of the schedule, and whose that is unless they told us where they are."""
    when = moment(language, at, now=now, time_zone=schedule.time_zone)
    if schedule.time_zone is None:
        return f"{when} {place(language, None)}"
    return phrase(language, "by-clock", when=when, place=place(language, schedule.time_zone)) if is_guess else when


def next_time(schedule: Schedule, *, planned: datetime | None, now: datetime) -> datetime | None:
    """Tell when what is *planned* for then comes (None: for nothing yet); None: as soon as there is something."""
    at = max(now, planned or next_roundup(schedule, after=now) or now)
    at = held_until(schedule, now=at) or at
    return at if at > now else None


def quiet_told(language: str, schedule: Schedule) -> str:
    """Say from when until when it is quiet; empty: never."""
    if schedule.quiet_hours is None:
        return ""
    return "–".join(clock(language, each) for each in schedule.quiet_hours)


def clock_there(language: str, time_zone: str | None, *, now: datetime) -> str:
    """Say what the clocks of that zone show now."""
    return clock(language, now.astimezone(zone(time_zone)).replace(tzinfo=None))
