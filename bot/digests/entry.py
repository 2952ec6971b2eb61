"""Read the entry of a feed, as `sources/entry.py` writes it down, into a Digest like any other."""

import json
from dataclasses import replace
from datetime import datetime

from bot.digests.blocks import Block
from bot.digests.categories import categories_of
from bot.digests.characters import clean_line
from bot.digests.dates import read_date
from bot.digests.html import read_html
from bot.digests.inline import finish
from bot.digests.links import openable
from bot.digests.metadata import language_of
from bot.digests.prose import write
from bot.digests.read import LeftOut, digest_of
from bot.digests.repeats import repeated
from bot.digests.scripts import or_of_site
from bot.digests.sections import sections_of
from bot.digests.site import Site
from storage.model import Digest, FormattedText, Item

# Of an entry without a title, as most short messages are.
_LONGEST_BEGINNING = 60
_OF_THAT_SCRIPT = ("zh", "ja", "ko", "yue", "wuu")


def read_entry(content: bytes, path: str, *, site: Site, now: datetime) -> Digest | LeftOut:
    """Read the entry known by *path*; *now* tells what has expired.

    Content in which nothing repeats is one item, whose headline is the title and whose link is the entry's own.
    """
    entry = json.loads(content)
    base = entry["base"] or site.base_url
    blocks = read_html(entry["html"], line=1, base=base)
    said = _in_one_line(read_html(entry["title"], line=1, base=None))
    title = said or _beginning(blocks)
    if not title:
        return LeftOut("empty", None)
    digest = digest_of(
        blocks,
        path=path,
        title=title,
        published=read_date(entry["date"], site.zone) or read_date(entry["date_utc"], site.zone),
        categories=categories_of(entry["categories"], site.categories),
        permalink=openable(entry["link"], base) if entry["link"] else None,
        language=None,
    )
    # An id that looks like the path of a translation need not be one.
    digest = replace(digest, language=_language(entry["language"], digest.language, site), twins="")
    if _is_one_story(blocks, title):
        headline = FormattedText(said)
        digest = replace(digest, items=(Item(headline, digest.permalink, write(blocks)),), intro=FormattedText())
    expires = read_date(entry["expires"], site.zone)
    if expires is not None and expires.at <= now:
        return LeftOut(f"expired on {expires.at.date()}", digest)
    return digest


def _is_one_story(blocks: list[Block], title: str) -> bool:
    whole = sections_of(blocks, title=title)
    return not whole.parts and not repeated(whole.content, None).items


def _beginning(blocks: list[Block]) -> str:
    """The first heading, else the first words."""
    heading = next((block.text for block in blocks if block.kind == "heading"), None)
    if heading is not None:
        return clean_line(finish(heading).text)
    words = _in_one_line(blocks)
    return words if len(words) <= _LONGEST_BEGINNING else f"{words[: _LONGEST_BEGINNING - 1].rstrip()}…"


def _in_one_line(blocks: list[Block]) -> str:
    return clean_line(write(blocks).text)


def _language(said: str, seen: str | None, site: Site) -> str | None:
    """What the feed says, unless its script is another's: many are said to be English by what they are made with."""
    tag = language_of({"language": said}, "")
    if tag is None:
        return or_of_site(seen, site.language)
    return seen if seen and not tag.lower().startswith(_OF_THAT_SCRIPT) else tag
