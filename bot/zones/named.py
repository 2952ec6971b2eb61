"""Which time zone a person means who types a city, a country, or the zone's own name: pure.

There are the tz database's own names, those of its cities and of the countries in our languages (CLDR, by Babel), and
those of big cities that gave no zone theirs (`cities.txt`).
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib import resources
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

# In which CLDR's names are understood: what we speak, and how else Chinese is written.
_LOCALES = ("en", "zh_Hans", "zh_Hant")
# Nobody means these, which are no places.
_NO_PLACES = re.compile(r"(posix|right|SystemV|Etc)/|Factory|localtime|leapseconds|[A-Z]{3}[0-9]|[EHM]ST$|[CEMW]E?T$")
# Where a name without its continent says enough; "Pacific" of "US/Pacific" does not.
_CONTINENTS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])\s*(\d{1,2})(?::?00)?")
# The hours of offset from UTC for which the tz database has zones of their own.
_WEST, _EAST = 12, 14
_NEEDLESS = re.compile(r"(?:市|时区|時區|时间|時間| time zone| timezone| time| city)$")
_NO_LETTERS = re.compile(r"[\s._,'’·/-]+")
# More to choose from would only confuse.
MOST = 8
_NEAR = 0.8
_SHORTEST_CHINESE = 2


def zones_named(text: str) -> tuple[str, ...]:
    """Give the IANA names of the zones that *text* may mean, most likely one; none: no such place is known."""
    return zones_called(text) or _within(_fold(text))


def zones_called(text: str) -> tuple[str, ...]:
    """Give the zones of which *text* is the name, and nothing besides."""
    if (offset := _OFFSET.fullmatch(unicodedata.normalize("NFKC", text).strip().casefold())) is not None:
        return _with_offset(offset[1], int(offset[2]))
    names = _names()
    return names.get(_fold(text)) or names.get(_fold(_NEEDLESS.sub("", text.strip()))) or ()


def is_zone(name: str) -> bool:
    """Say whether *name* is that of a zone."""
    return name in _known_zones()


def nearest(text: str) -> tuple[str, ...]:
    """Give the zones of places that are spelled much like *text*, the nearest first."""
    names = get_close_matches(_fold(text), list(_names()), n=MOST, cutoff=_NEAR)
    return tuple(dict.fromkeys(zone for name in names for zone in _names()[name]))[:MOST]


def _with_offset(sign: str, hours: int) -> tuple[str, ...]:
    if hours == 0:
        return ("UTC",)
    # East of UTC is minus in these names (tz database, file etcetera).
    if hours <= (_EAST if sign == "+" else _WEST):
        return (f"Etc/GMT{'-' if sign == '+' else '+'}{hours}",)
    return ()


def _within(folded: str) -> tuple[str, ...]:
    """Find the longest Chinese name in a longer one: 广东省深圳市."""
    inside = [name for name in _names() if len(name) >= _SHORTEST_CHINESE and not name.isascii() and name in folded]
    return _names()[max(inside, key=lambda name: (len(name), folded.index(name)))] if inside else ()


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Give the zones by their folded names; where several places say what a name means, the last has it."""
    known = _known_zones()
    names: dict[str, tuple[str, ...]] = {}
    for source in (_of_cldr(), _of_the_database(known), _of_countries()):
        names.update({_fold(name): zones for name, zones in source if _fold(name) and known.issuperset(zones)})
    several: dict[str, list[str]] = {}
    for zone, name in _of_cities():
        several.setdefault(_fold(name), []).append(zone)
    return names | {name: tuple(dict.fromkeys(zones))[:MOST] for name, zones in several.items()}


def _of_the_database(known: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for zone in sorted(known):
        if not _NO_PLACES.match(zone):
            yield zone, (zone,)
            if zone.partition("/")[0] in _CONTINENTS:
                yield zone.rpartition("/")[2], (zone,)


def _of_cldr() -> Iterator[tuple[str, tuple[str, ...]]]:
    for locale in map(Locale.parse, _LOCALES):
        for zone, named in locale.time_zones.items():
            if not _NO_PLACES.match(zone) and "city" in named:
                yield named["city"], (zone,)


def _of_countries() -> Iterator[tuple[str, tuple[str, ...]]]:
    zones = get_global("territory_zones")
    for locale in map(Locale.parse, _LOCALES):
        for territory, name in locale.territories.items():
            if zones.get(territory):
                yield name, tuple(zones[territory])[:MOST]


def _of_cities() -> Iterator[tuple[str, str]]:
    table = (resources.files("bot.zones") / "cities.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            zone, _, names = line.partition(": ")
            yield from ((zone, name) for name in names.split(", "))


def _fold(name: str) -> str:
    """Write names alike that differ in case, accents, width, spaces and hyphens."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return _NO_LETTERS.sub("", "".join(letter for letter in apart if not unicodedata.combining(letter)))
