"""Read a JSON Feed (jsonfeed.org/version/1.1)."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.sources.entry import Entry, joined, paragraphs
from bot.sources.no_feed import NoFeed

_VERSION = "https://jsonfeed.org/version/"


def json_entries(text: str, url: str) -> list[Entry]:
    """Give the entries of the JSON Feed *text*, found at *url*, in its order; raise NoFeed if it is none."""
    try:
        feed = json.loads(text)
    # A RecursionError where it nests too deep.
    except (ValueError, RecursionError) as error:
        raise NoFeed("is broken JSON; tell whoever runs it") from error
    if not isinstance(feed, dict) or not _text(feed, "version").startswith(_VERSION):
        raise NoFeed("is JSON, but no JSON Feed; correct the address")
    items = feed.get("items")
    language = _text(feed, "language")
    return [_entry(item, url, language) for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _entry(item: dict[str, Any], url: str, language: str) -> Entry:
    link = _text(item, "url") or _text(item, "external_url")
    link = joined(url, link) if link else ""
    tags = item.get("tags")
    published = _text(item, "date_published")
    date = published or _text(item, "date_modified")
    words = _text(item, "content_text") or _text(item, "summary")
    return Entry(
        id=_text(item, "id"),
        title=paragraphs(_text(item, "title")),
        html=_text(item, "content_html") or paragraphs(words, every_line=True),
        link=link,
        base=link or url,
        date=date,
        date_utc=_utc(date),
        is_date_of_publication=bool(published),
        categories=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        language=_text(item, "language") or language,
    )


def _text(item: dict[str, Any], key: str) -> str:
    """What *item* says under *key*; an id may be a number, although it should not."""
    value = item.get(key)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _utc(date: str) -> str:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return ""
    return moment.astimezone(UTC).isoformat() if moment.tzinfo else ""
