"""What front matter says, in whichever of the ways in which sites say it."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from bot.digests.categories import NO_TABLE, CategoryTable, categories_of, fold
from bot.digests.characters import clean_line
from bot.digests.dates import Moment, read_date
from bot.digests.languages import language_in, language_tag
from storage.model import Category

_PARTS = re.compile(r"[,，、;；]")
_YES = {"true", "yes", "on", "1"}
_PUBLISHED_KEYS = (
    "publishdate",
    "date",
    "pubdate",
    "published",
    "published_at",
    "published_date",
    "datetime",
    "pubdatetime",
    "publishedat",
    "published-at",
    "publish_date",
    "publish-date",
    "created_at",
    "createdat",
    "created",
)
_LANGUAGE_KEYS = ("lang", "language", "locale")


def text_of(metadata: dict[str, Any], *keys: str) -> str:
    """The first of *keys* that says something, as one line; empty if none does."""
    for key in keys:
        value = metadata.get(key)
        if value is not None and not isinstance(value, (dict, list)) and (line := clean_line(str(value))):
            return line
    return ""


def dates_said(metadata: dict[str, Any], zone: tzinfo) -> Iterator[tuple[str, str, Moment | None]]:
    """Each key that says when the digest was published, the most telling first, with what it says; None: no date."""
    for key in _PUBLISHED_KEYS:
        value = metadata.get(key)
        # Jekyll's `published` says whether, not when.
        if value is not None and (written := clean_line(str(value))).lower() not in ("", "true", "false"):
            yield key, written, read_date(value, zone)


def is_said(metadata: dict[str, Any], key: str) -> bool:
    """Whether *key* says yes."""
    return text_of(metadata, key).lower() in _YES


def categories_in(
    metadata: dict[str, Any], keys: tuple[str, ...], table: CategoryTable = NO_TABLE
) -> tuple[Category, ...]:
    """The categories under the first of *keys* that has any, at the top or under Zola's `taxonomies`."""
    taxonomies = metadata.get("taxonomies")
    for key in keys:
        for place in (metadata, taxonomies if isinstance(taxonomies, dict) else {}):
            names = [clean_line(name) for name in _names(place.get(key.lower(), place.get(key)))]
            # Hidden ones too say that this is the key.
            if any(map(fold, names)):
                return categories_of(names, table)
    return ()


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from _PARTS.split(value.strip("[]"))
    elif isinstance(value, list):
        yield from (str(name) for name in value if name is not None and not isinstance(name, (dict, list)))
    elif value is not None and not isinstance(value, dict):
        yield str(value)


def language_of(metadata: dict[str, Any], path: str) -> str | None:
    """The digest's language as a BCP 47 tag: what it says, else what its path is named for."""
    return language_tag(text_of(metadata, *_LANGUAGE_KEYS)) or language_in(path)
