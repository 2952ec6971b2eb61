"""Times as a reader's clock shows them, and the places whose clocks those are: pure."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from babel import Locale
from babel.dates import format_skeleton, format_time, get_day_names

from bot.due import zone
from bot.messages.phrases import phrase

# By the name that CLDR knows it by, where the tz database has another by now.
_NAMES_BEFORE = {
    "America/Nuuk": "America/Godthab",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Yangon": "Asia/Rangoon",
    "Europe/Kyiv": "Europe/Kiev",
}
_OFFSETS = "Etc/GMT"


def place(language: str, time_zone: str | None) -> str:
    """Name the city by whose clock that zone goes; `UTC+8` for a zone that is but an offset."""
    match time_zone:
        case None | "UTC" | "Etc/GMT" | "Etc/UTC":
            return "UTC"
        case "Asia/Shanghai":
            # Every Chinese calls it Beijing's time, and CLDR Shanghai's.
            return phrase(language, "place-shanghai")
        case str() if time_zone.startswith(_OFFSETS):
            # The sign of these names is the other way round.
            return "UTC" + time_zone.removeprefix(_OFFSETS).translate(str.maketrans("+-", "-+"))
        case _:
            return _city(language, time_zone)


def clock(language: str, at: time | datetime) -> str:
    """Say what a clock shows at *at*, which is local, on 24 hours: so do most phones, and a button has little room."""
    return format_time(at if isinstance(at, time) else at.timetz(), "HH:mm", locale=_locale(language))


def moment(language: str, at: datetime, *, now: datetime, time_zone: str | None) -> str:
    """Say when *at* is, by the clock of that zone: today, tomorrow, or on which day."""
    local, today = at.astimezone(zone(time_zone)), now.astimezone(zone(time_zone)).date()
    shown = clock(language, local.replace(tzinfo=None))
    match (local.date() - today) // timedelta(days=1):
        case 0:
            return phrase(language, "at-today", time=shown)
        case 1:
            return phrase(language, "at-tomorrow", time=shown)
        case _:
            day = format_skeleton("MMMEd", local.replace(tzinfo=None), locale=_locale(language))
            return phrase(language, "at-day", day=day, time=shown)


def weekdays(language: str, *, short: bool = False) -> Sequence[str]:
    """Name the days of the week, Monday first."""
    names = get_day_names("abbreviated" if short else "wide", "stand-alone", _locale(language))
    return [names[day] for day in range(7)]


def _city(language: str, time_zone: str) -> str:
    continent, last = time_zone.partition("/")[0], time_zone.rpartition("/")[2]
    # CLDR knows some by names without the country: America/Buenos_Aires.
    for name in (time_zone, _NAMES_BEFORE.get(time_zone, ""), f"{continent}/{last}"):
        named = _locale(language).time_zones.get(name, {})
        if "city" in named:
            return str(named["city"])
    return last.replace("_", " ")


def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
