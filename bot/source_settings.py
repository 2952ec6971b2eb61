"""Each source with its options, wherever an operator wrote them."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.configuration import Configuration, SourceTable
from bot.digests.site import Site
from bot.sources.chosen import EVERY_FILE, Chosen
from bot.sources.places import NamedPlace, Place, below


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """A source as an operator wants it."""

    name: str
    place: Place
    site: Site
    poll_interval: timedelta
    chosen: Chosen = EVERY_FILE

    @property
    def options(self) -> str:
        """What tells whether its files would be read otherwise than before."""
        site = self.site
        table = (site.categories.shown, site.categories.aliases, sorted(site.categories.hidden))
        told = [site.base_url, site.zone.key, site.category_keys, site.language, table]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @property
    def problem(self) -> str | None:
        """Why it cannot be begun with, if anything is wrong that shows at once."""
        if isinstance(self.place, Path) and not self.place.is_dir():
            # It may be a mistyped address.
            shown = re.sub(r"[^/\s]+:[^/\s]*@", "…@", str(self.place))
            return f"{shown!r} is no folder; make it or correct the path"
        return None


def from_environment(places: tuple[NamedPlace, ...], site: Site, poll_interval: timedelta) -> list[SourceSettings]:
    """Give the sources that the environment names; all have the same options."""
    return [SourceSettings(named.name, named.place, site, poll_interval) for named in places]


def from_configuration(configuration: Configuration, site: Site, poll_interval: timedelta) -> list[SourceSettings]:
    """Give the sources of the file; what one leaves open is as *site* and *poll_interval* say."""
    return [
        SourceSettings(
            name=table.name,
            place=below(table.place, table.subfolder),
            site=_site(table, site),
            poll_interval=table.poll_seconds or poll_interval,
            chosen=Chosen(table.include, table.exclude),
        )
        for table in configuration.sources
    ]


def _site(table: SourceTable, default: Site) -> Site:
    return Site(
        base_url=table.base_url or default.base_url,
        zone=table.timezone or default.zone,
        category_keys=table.category_keys or default.category_keys,
        categories=default.categories,
        language=table.language or default.language,
    )
