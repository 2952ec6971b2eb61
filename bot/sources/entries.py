"""Find the entries of a feed in what stands at its address: RSS and Atom by feedparser, JSON Feed without it.

Nothing here bounds the time that takes; `apart` does.
"""

import re
import sys
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time
from typing import Any
from xml.sax import SAXParseException

import feedparser

from bot.sources.decoding import decoded
from bot.sources.entry import Entry, as_paragraphs, digest_file, joined, paragraphs
from bot.sources.files import DigestFile
from bot.sources.json_feed import json_entries
from bot.sources.no_feed import PAGE, no_feed

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)(?=[\s>/])", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
# So near its end a feed that is whole has its end.
_NEAR = 2_000
# What XML does not allow in any place.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile("&#(?:[xX](?P<hexadecimal>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?", re.ASCII)
_LONGEST_CODE = 9
# Controls and halves of emojis; those controls that XML allows may as well stand for themselves.
_NO_REFERENCE = ("Cc", "Cs")
_PLAIN = "text/plain"
_WORDS = (_PLAIN, "text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class FeedReading:
    """The digest files of a feed by path, the oldest first, and what its writer should hear of it."""

    files: dict[str, DigestFile]
    remarks: tuple[str, ...]


def read_feed(content: bytes, *, charset: str | None, url: str) -> FeedReading:
    """Read the feed *content*, found at *url*; raise NoFeed if it is none.

    Of several entries with one id the first counts.
    """
    text = decoded(content, charset)
    remarks: list[str]
    if text.lstrip().startswith("{"):
        entries, remarks = json_entries(text, url), []
    else:
        entries, remarks = _xml_entries(text, url)
    entries = [entry for entry in entries if entry.title.strip() or entry.html.strip()]
    files: dict[str, tuple[Entry, DigestFile]] = {}
    for entry in entries:
        file = digest_file(entry)
        files.setdefault(file.path, (entry, file))
    if len(files) < len(entries):
        remarks.append(
            f"{len(entries) - len(files)} of its {len(entries)} entries have the id of another, and are left out"
        )
    return FeedReading({file.path: file for _, file in _oldest_first(list(files.values()))}, tuple(remarks))


def _oldest_first(files: list[tuple[Entry, DigestFile]]) -> list[tuple[Entry, DigestFile]]:
    """By their dates if each has one; feeds without dates begin with the newest entry."""
    files.reverse()
    return sorted(files, key=lambda it: it[0].date_utc) if all(entry.date_utc for entry, _ in files) else files


def _xml_entries(text: str, url: str) -> tuple[list[Entry], list[str]]:
    root, page = _ROOT.search(text), PAGE.search(text)
    if root is None or (page is not None and page.start() < root.start()):
        raise no_feed(text, url)
    # What stands before the root is left away, and with it every way to define an entity: feedparser 6.0.14 takes
    # definitions out of a DOCTYPE, but not of one behind a comment with a tag in it, and expat lets through 2 GB.
    document = _FORBIDDEN.sub("", _REFERENCE.sub(_referred, text[root.start() :]))
    # Two halves of an emoji become one, and a half alone U+FFFD.
    document = document.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = feedparser.parse(
        BytesIO(document.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        # No tag of it ever reaches a reader, see `digests.html`; links are resolved there, against the entry's own.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries, remarks = list(found.entries), []
    error = found.get("bozo_exception")
    if isinstance(error, SAXParseException):
        # feedparser puts a line above it.
        line = text.count("\n", 0, root.start()) + (error.getLineNumber() or 1) - 1
        remarks.append(f"its XML has errors, and what can be read of it is read (line {line}: {error.getMessage()})")
        if entries and not _END.search(document, max(0, len(document) - _NEAR)):
            # Half an entry, and of all the oldest.
            entries.pop()
    return [_entry(entry, found.feed, url) for entry in entries], remarks


def _referred(reference: re.Match[str]) -> str:
    """The reference as it is, or the character it means if XML allows no reference to it: feedparser breaks on that."""
    digits = reference["hexadecimal"] or reference["decimal"]
    code = int(digits, 16 if reference["hexadecimal"] else 10) if len(digits) < _LONGEST_CODE else sys.maxunicode + 1
    if code > sys.maxunicode:
        return "\ufffd"
    return chr(code) if unicodedata.category(chr(code)) in _NO_REFERENCE else reference[0]


def _entry(entry: Any, feed: Any, url: str) -> Entry:  # noqa: ANN401 - feedparser's dictionaries
    link = entry.get("link") or next((link.get("href") for link in entry.get("enclosures", [])), None) or ""
    link = joined(url, link) if link else ""
    words = _words(entry)
    base = words.get("base") or ""
    date, parsed, is_date_of_publication = _date(entry)
    return Entry(
        id=entry.get("id") or "",
        title=_html(entry.get("title_detail") or {}),
        html=_html(words),
        link=link,
        base=joined(url, base) if base else link or feed.get("link") or url,
        date=date,
        date_utc=_utc(parsed),
        is_date_of_publication=is_date_of_publication,
        expires=_utc(entry.get("expired_parsed")),
        categories=tuple(tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", [])),
        language=words.get("language") or feed.get("language") or "",
    )


def _words(entry: Any) -> Any:  # noqa: ANN401 - feedparser's dictionaries
    """The content of *entry*, of several the one in HTML; where it has none, its summary."""
    contents = [
        content for content in entry.get("content", []) if content.get("type") in _WORDS and content.get("value")
    ]
    contents.sort(key=lambda content: content["type"] == _PLAIN)
    return next(iter(contents), None) or entry.get("summary_detail") or {}


def _html(detail: Any) -> str:  # noqa: ANN401 - feedparser's dictionaries
    value = detail.get("value") or ""
    if detail.get("type") == _PLAIN:
        return paragraphs(value)
    return value if "<" in value else as_paragraphs(value)


def _date(entry: Any) -> tuple[str, struct_time | None, bool]:  # noqa: ANN401 - feedparser's dictionaries
    """When *entry* was published, as written and as feedparser reads it; else when it was last touched."""
    # Not `entry.get`, which warns of what it will not do some day.
    for key in ("published", "created", "updated"):
        if written := dict.get(entry, key):
            return written, dict.get(entry, f"{key}_parsed"), key != "updated"
    return "", None, False


def _utc(parsed: struct_time | None) -> str:
    if parsed is None:
        return ""
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat()
    except ValueError:
        return ""
