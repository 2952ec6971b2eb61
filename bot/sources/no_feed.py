"""What stands at the address of a feed when it is no feed, and where one might be."""

import re

from bot.digests.characters import clean_line
from bot.digests.tags import pieces
from bot.redaction import without_password
from bot.sources.entry import joined

PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEEDS = ("rss+xml", "atom+xml", "feed+json", "application/json")
# Pages name their feeds at their beginning.
_BEGINNING = 200_000
_MOST_NAMED = 3
_LONGEST = 200


class NoFeed(Exception):
    """It is no feed; the message says what it is, and the remedy."""


def no_feed(text: str, url: str) -> NoFeed:
    """Say what *text*, found at *url*, is in the place of a feed."""
    if not text.strip():
        return NoFeed("is empty; correct the address")
    if not PAGE.search(text, 0, _BEGINNING):
        return NoFeed("is neither RSS nor Atom nor JSON Feed; correct the address")
    named = _named(text[:_BEGINNING], url)
    if not named:
        return NoFeed("is a web page and names no feed; find the address of one")
    return NoFeed(f"is a web page, no feed; the page names {' and '.join(named)}: put that in its place")


def _named(page: str, url: str) -> list[str]:
    found: dict[str, None] = {}
    for tag in pieces(page):
        if isinstance(tag, str) or tag.name != "link" or "alternate" not in tag.attributes.get("rel", "").lower():
            continue
        if tag.attributes.get("type", "").lower().endswith(_FEEDS):
            address = without_password(clean_line(joined(url, tag.attributes.get("href", ""))))
            if address.startswith(("https://", "http://")) and len(address) <= _LONGEST:
                found[address] = None
    return list(found)[:_MOST_NAMED]
