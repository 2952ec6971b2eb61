"""Where a source's digest files are, as an operator writes it."""

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from bot import values
from bot.redaction import without_half_a_password, without_password
from bot.sources.git_address import GitAddress, git_address
from storage.sources import MAIN

_NAMED = re.compile(r"(?P<name>[a-z0-9][a-z0-9_-]{0,31})\s*=\s*(?P<place>.+)", re.IGNORECASE)
_NO_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A feed on the web."""

    url: str


Place = Path | GitAddress | FeedAddress


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A source's name, which is its identity, and its place, which may change."""

    name: str
    place: Place


def name_of(text: str) -> str:
    """Read the name of a source."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,31}", text):
        raise ValueError(f"{text!r} is no name of a source; take up to 32 small letters, digits, - and _")
    return text


def place_of(text: str) -> Place:
    """Read the place of a source: a folder, `git+…`, or the web address of a feed."""
    if text.lower().startswith("git+"):
        return git_address(text)
    if re.match(r"https?://", text, re.IGNORECASE):
        return FeedAddress(_feed(text))
    if re.match(r"[a-z][a-z0-9+.-]+://", text, re.IGNORECASE):
        raise ValueError(
            "names a kind of place that is none of ours; give a folder, git+https://…#branch:folder, or a feed's https://…"
        )
    return values.path(text)


def named_places(text: str) -> tuple[NamedPlace, ...]:
    """Read places with commas between, each perhaps as `name=place`.

    The first without a name is called `main`, any other by the last words of its place.
    """
    found: dict[str, NamedPlace] = {}
    unnamed = 0
    for part in filter(None, (part.strip() for part in text.split(","))):
        named = _NAMED.fullmatch(part)
        place = place_of(named["place"] if named else part)
        name = name_of(named["name"]) if named else _name_for(place) if unnamed else MAIN
        unnamed += named is None
        if name in found:
            raise ValueError(f"has two sources called {name!r}; name them, like first=PLACE,second=PLACE")
        found[name] = NamedPlace(name, place)
    if not found:
        raise ValueError("is blank; give a place or remove it")
    return tuple(found.values())


def below(place: Place, subfolder: str) -> Place:
    """Give the folder called *subfolder* at *place*; empty: the place itself. A ValueError says why there is none."""
    match place:
        case _ if not subfolder:
            return place
        case Path():
            return place / subfolder
        case GitAddress(subfolder=named) if named:
            raise ValueError(f"names the folder {named!r} already; write it in one of the two places")
        case GitAddress():
            return replace(place, subfolder=subfolder)
        case FeedAddress():
            raise ValueError("is a feed, which has no folders; remove subfolder")


def _name_for(place: Place) -> str:
    match place:
        case Path():
            # Not of what a link leads to, which may be another folder tomorrow.
            words = Path(os.path.abspath(place)).name  # noqa: PTH100 - Path.absolute leaves `..` in
        case GitAddress():
            words = place.subfolder or place.shown.partition("#")[0].removesuffix(".git")
            words = words.rstrip("/").rsplit("/", 1)[-1]
        case FeedAddress(url):
            words = urlsplit(url).hostname or ""
    return _NO_NAME.sub("-", words.lower()).strip("-")[:32] or "source"


def _feed(text: str) -> str:
    try:
        usable = bool(urlsplit(text).hostname) and urlsplit(text).port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", text):
        shown = without_half_a_password(without_password(text))
        raise ValueError(f"{shown!r} is no web address; write it like https://example.org/feed.xml")
    return text
