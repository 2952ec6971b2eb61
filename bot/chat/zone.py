"""By whose clock things come: a city chosen or typed, or a place that is shared, of which only the zone is kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import ForceReply, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.chat.answer import Add, Answer, Reaction, Replace
from bot.chat.keyboards import Button, button, keyboard, packed
from bot.chat.outlook import out_of_date
from bot.chat.request import Request
from bot.chat.schedule_view import Planned, ShowZones, back_button, change, look_at, told, view
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.schedules import clock_there
from bot.messages.taps import Tap, tap
from bot.messages.times import place
from bot.zones.located import zone_at
from bot.zones.named import is_zone, nearest, zones_named

# Those that most are looked for, by the language that one reads.
_COMMON = {
    "en": (
        *("America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/London", "Europe/Berlin"),
        *("Asia/Kolkata", "Asia/Singapore", "Australia/Sydney"),
    ),
    "zh-Hans": (
        *("Asia/Shanghai", "Asia/Taipei", "Asia/Tokyo", "Asia/Singapore", "Europe/London", "Europe/Berlin"),
        *("America/New_York", "America/Los_Angeles"),
    ),
}
_LONGEST_PLACE = 40


@tap("zone")
@dataclass(frozen=True, slots=True)
class SetZone(Tap):
    """The clock of that IANA time zone."""

    name: str


@tap("ask-place")
@dataclass(frozen=True, slots=True)
class AskForPlace(Tap):
    """The name of a city is to be typed."""


@tap("ask-location")
@dataclass(frozen=True, slots=True)
class AskForLocation(Tap):
    """Where the person is is to be shared."""


async def show_zones(request: Request, _: ShowZones) -> Reaction:
    """Ask where the person is."""
    return Replace(choose_zone(request, await look_at(request)))


async def set_zone(request: Request, tap: SetZone) -> Reaction:
    """Let things come by the clock of that zone."""
    if not is_zone(tap.name):
        return out_of_date(request.language)
    return Replace(view(request, await _moved(request, tap.name)))


async def ask_for_place(request: Request, _: AskForPlace) -> Reaction:
    """Ask for a city's name."""
    text = phrase(request.language, "place-sought")
    hint = phrase(request.language, "place-example")
    return Add([Answer(text, keyboard=ForceReply(input_field_placeholder=hint))])


async def find_place(request: Request) -> list[Answer]:
    """Let things come by the clock of the place that was typed."""
    zones = zones_named(request.text)
    match len(zones):
        case 0:
            return [unknown_place(request, request.text)]
        case 1:
            return [view(request, await _moved(request, zones[0]))]
        case _:
            return [choose_zone(request, await look_at(request), zones)]


async def ask_for_location(request: Request, _: AskForLocation) -> Reaction:
    """Ask where the person is, with a button that shares it."""
    language = request.language
    share = KeyboardButton(phrase(language, "button-share"), request_location=True)
    keys = ReplyKeyboardMarkup(
        [[share], [phrase(language, "button-not-now")]], resize_keyboard=True, one_time_keyboard=True
    )
    return Add([Answer(phrase(language, "share-hint"), keyboard=keys)])


async def take_location(request: Request) -> list[Answer]:
    """Let things come by the clock of the place that was shared; the place itself is kept nowhere."""
    location = request.message.location if request.message else None
    if location is None:
        return await leave_location(request)
    # In a thread: the first time, the map of all zones is read.
    zone = await asyncio.to_thread(zone_at, location.latitude, location.longitude)
    planned = await _moved(request, zone)
    there = clock_there(request.language, zone, now=request.services.clock.now())
    said = phrase(request.language, "zone-found", place=place(request.language, zone), time=there)
    return [Answer(said, keyboard=ReplyKeyboardRemove()), view(request, planned)]


async def leave_location(request: Request) -> list[Answer]:
    """Take away the button that shares it, and offer the other ways."""
    said = phrase(request.language, "not-shared")
    return [Answer(said, keyboard=ReplyKeyboardRemove()), choose_zone(request, await look_at(request))]


def choose_zone(request: Request, planned: Planned, zones: Sequence[str] = ()) -> Answer:
    """Ask which of *zones* it is; none: of those that are common. Say when things come as yet."""
    language = request.language
    known = [] if planned.schedule.time_zone is None else [planned.schedule.time_zone]
    common = dict.fromkeys([*known, *_COMMON.get(language, _COMMON["en"])])
    return Answer(
        "\n".join([*told(request, planned), phrase(language, "where-are-you")]),
        keyboard=keyboard(*_offered(request, zones or [*common]), *_other_ways(language)),
    )


def unknown_place(request: Request, typed: str) -> Answer:
    """Say that no such place is known, and offer those that are spelled alike."""
    language, zones = request.language, nearest(typed)
    name = shortened(" ".join(typed.split()), _LONGEST_PLACE)
    text = phrase(language, "place-unknown-near" if zones else "place-unknown", place=name)
    return Answer(text, keyboard=keyboard(*_offered(request, zones), *_other_ways(language)))


async def _moved(request: Request, zone: str) -> Planned:
    return await change(request, lambda schedule: replace(schedule, time_zone=zone))


def _offered(request: Request, zones: Sequence[str]) -> list[list[Button]]:
    now = request.services.clock.now()
    return packed(
        button(f"{place(request.language, zone)} {clock_there(request.language, zone, now=now)}", SetZone(zone))
        for zone in zones
    )


def _other_ways(language: str) -> list[list[Button]]:
    return [
        [
            button(phrase(language, "button-other-place"), AskForPlace()),
            button(phrase(language, "button-location"), AskForLocation()),
        ],
        [back_button(language)],
    ]
