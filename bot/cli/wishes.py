"""What a subscriber asks for beyond categories, as a line of `digest-bot subscribers` tells it and is read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, time
from typing import Any

from bot.cli.endings import read_ending, told_ending
from bot.digests.wording import can_be_kept, word_shown
from bot.due import goes_by_clock, zone
from bot.zones.guessed import guessed_zone
from storage.model import Preferences, Schedule, Word

# Each with what it is where a line does not say.
_SCHEDULE: Mapping[str, Any] = {
    "cadence": "at once",
    "send_time": "08:00",
    "weekday": 0,
    "time_zone": None,
    "quiet_hours": None,
    "tell_nothing": False,
}
KEYS = ("follow", "mute", "schedule", "sound", "previews", "fold_told", "ending")
_CADENCES = ("at once", "daily", "weekdays", "weekly")


def told_wishes(preferences: Preferences) -> dict[str, Any]:
    """Tell what *preferences* ask for; what is as usual is left out."""
    schedule = preferences.schedule
    when = {
        "cadence": schedule.cadence,
        "send_time": f"{schedule.send_time:%H:%M}",
        "weekday": schedule.weekday,
        "time_zone": schedule.time_zone,
        "quiet_hours": schedule.quiet_hours and [f"{hour:%H:%M}" for hour in schedule.quiet_hours],
        "tell_nothing": schedule.tell_nothing,
    }
    told = {
        "follow": [word.shown for word in preferences.followed],
        "mute": [word.shown for word in preferences.muted],
        "schedule": {key: value for key, value in when.items() if value != _SCHEDULE[key]},
        "ending": told_ending(preferences.ending),
    }
    flags = {"sound": preferences.sound, "previews": preferences.previews, "fold_told": preferences.fold_told}
    usual = Preferences()
    return {key: value for key, value in told.items() if value} | {
        key: value for key, value in flags.items() if value != getattr(usual, key)
    }


def read_wishes(told: Mapping[str, Any]) -> dict[str, Any]:
    """Read what was told, as arguments of `Preferences`; ValueError says what is wrong.

    Whose schedule goes by a clock and does not say where, has it where most live who read their language, as if they
    had chosen it in the chat; without any such place it goes by UTC.
    """
    usual = Preferences()
    flags = {key: _flag(told, key, getattr(usual, key)) for key in ("sound", "previews", "fold_told")}
    return flags | {
        "followed": _words(told, "follow"),
        "muted": _words(told, "mute"),
        "schedule": _with_zone(_schedule(told.get("schedule", {})), told.get("language")),
        "ending": read_ending(told),
    }


def _schedule(told: Any) -> Schedule:  # noqa: ANN401 - JSON
    if not isinstance(told, dict) or told.keys() - _SCHEDULE.keys():
        raise ValueError(f"schedule must be an object of {', '.join(_SCHEDULE)}, and is {told!r}")
    said = {**_SCHEDULE, **told}
    if said["cadence"] not in _CADENCES:
        raise ValueError(f"schedule: cadence must be one of {', '.join(_CADENCES)}, and is {said['cadence']!r}")
    if said["weekday"] not in range(7) or isinstance(said["weekday"], bool):
        raise ValueError(f"schedule: weekday must be 0 (Monday) to 6, and is {said['weekday']!r}")
    if said["time_zone"] is not None and not _is_zone(said["time_zone"]):
        raise ValueError(f"schedule: time_zone must be a name like Asia/Shanghai, and is {said['time_zone']!r}")
    return Schedule(
        cadence=said["cadence"],
        send_time=_time(said["send_time"]),
        weekday=said["weekday"],
        time_zone=said["time_zone"],
        quiet_hours=_quiet_hours(said["quiet_hours"]),
        tell_nothing=_flag(said, "tell_nothing", usual=False),
    )


def _with_zone(schedule: Schedule, language: Any) -> Schedule:  # noqa: ANN401 - JSON
    if schedule.time_zone is not None or not goes_by_clock(schedule) or not isinstance(language, str):
        return schedule
    return replace(schedule, time_zone=guessed_zone(language))


def _is_zone(told: Any) -> bool:  # noqa: ANN401 - JSON
    return isinstance(told, str) and (told == "UTC" or zone(told) is not UTC)


def _quiet_hours(told: Any) -> tuple[time, time] | None:  # noqa: ANN401 - JSON
    if told is None:
        return None
    match told:
        case [begin, end]:
            return _time(begin), _time(end)
        case _:
            raise ValueError(f'schedule: quiet_hours must be like ["22:00", "08:00"], and are {told!r}')


def _time(told: Any) -> time:  # noqa: ANN401 - JSON
    try:
        return time.fromisoformat(told).replace(second=0, microsecond=0, tzinfo=None)
    except (TypeError, ValueError):
        raise ValueError(f"schedule: a time must be like 08:00, and is {told!r}") from None


def _words(told: Mapping[str, Any], key: str) -> tuple[Word, ...]:
    said = told.get(key, [])
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        raise ValueError(f"{key} must be a list of words, and is {said!r}")
    words = tuple(word for each in said if (word := word_shown(each)))
    if not all(can_be_kept(word) for word in words):
        raise ValueError(f"{key}: a word is too long")
    return words


def _flag(told: Mapping[str, Any], key: str, usual: bool) -> bool:  # noqa: FBT001 - told by its name
    value = told.get(key, usual)
    if not isinstance(value, bool):
        raise ValueError(f"{key} must be true or false, and is {value!r}")  # noqa: TRY004 - one kind of error for all
    return value
