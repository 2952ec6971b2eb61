"""One entry of a feed, whichever kind of feed it is, and the digest file that it makes."""

import hashlib
import json
import re
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin

from bot.digests.characters import clean, clean_line
from bot.sources.files import DigestFile, Stamp

_LONGEST_PATH = 250
_LONGEST_ADDRESS = 2_000
_MOST_CATEGORIES = 50
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says; *title* and *html* are HTML."""

    # As the feed gives it; empty where it gives none.
    id: str
    title: str
    html: str
    link: str = ""
    # What relative links in *html* are relative to.
    base: str = ""
    # As written, and as the feed's own library understands it: in UTC, by ISO 8601.
    date: str = ""
    date_utc: str = ""
    # False: it tells when the entry was last touched, and means nothing as long as the rest is as it was.
    is_date_of_publication: bool = True
    expires: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""


def digest_file(entry: Entry) -> DigestFile:
    """Write *entry* down in the one way in which it can be written; its stamp changes when it says something else."""
    said: dict[str, object] = {
        "title": clean(entry.title),
        "html": clean(entry.html),
        "link": clean_line(entry.link)[:_LONGEST_ADDRESS],
        "expires": clean_line(entry.expires),
        "categories": [clean_line(name) for name in entry.categories[:_MOST_CATEGORIES]],
        "language": clean_line(entry.language)[:35],
    }
    date: dict[str, object] = {"date": clean_line(entry.date)[:100], "date_utc": entry.date_utc}
    lasting = _written(said | date if entry.is_date_of_publication else said)
    version = int.from_bytes(hashlib.sha256(lasting).digest()[:8]) >> 1
    # As browsers do it: beside the page, not below it.
    base = joined(clean_line(entry.base)[:_LONGEST_ADDRESS], ".")
    content = _written({**said, **date, "base": base})
    return DigestFile(path_of(entry), content, Stamp(len(lasting), version), "entry")


def path_of(entry: Entry) -> str:
    """Know *entry* by its id, else by its link, else by what it says first; never by more than 250 characters."""
    path = clean_line(entry.id) or clean_line(entry.link)
    if not path:
        return _hash(
            "\n".join(
                (entry.title, entry.date if entry.is_date_of_publication else "") if entry.title else (entry.html,)
            )
        )
    if len(path) <= _LONGEST_PATH:
        return path
    return f"{path[: _LONGEST_PATH - 33]}…{_hash(path)}"


def paragraphs(text: str, *, every_line: bool = False) -> str:
    """Write plain *text* as HTML; *every_line* ends where it ends, not only a paragraph."""
    text = escape(text, quote=False)
    return as_paragraphs(text.replace("\n", "<br>\n") if every_line else text)


def as_paragraphs(html: str) -> str:
    """Part *html* that has no tags where it has blank lines."""
    parts = _BLANK_LINES.split(html.strip())
    return html if len(parts) == 1 else "".join(f"<p>{part}</p>" for part in parts)


def joined(base: str, url: str) -> str:
    """Resolve *url* against *base*; as it is where it cannot be."""
    try:
        return urljoin(base, url)
    except ValueError:
        # A broken IPv6 host.
        return url


def _written(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
