"""Random digest files and entries of feeds, read as the bot reads them."""

from datetime import UTC, datetime
from random import Random

from bot.digests.entry import read_entry
from bot.digests.read import LeftOut, UnreadableDigest, read_digest
from bot.digests.site import Site
from bot.sources.entry import Entry, digest_file
from storage.model import Digest
from tests.messages.markdowns import html, markdown, words

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BASES = (None, "https://example.org/news/")


def from_markdown(random: Random) -> Digest | None:
    """A digest that a random file says; None: it says none, or is refused with the reason."""
    content = markdown(random).encode(errors="replace")
    try:
        read = read_digest(content, "2026-11-21-x.md", site=Site(base_url=random.choice(BASES)), now=NOW)
    except UnreadableDigest:
        return None
    return read.digest if isinstance(read, LeftOut) else read


def from_feed(random: Random) -> Digest | None:
    """A digest that a random entry says; None: it says none."""
    entry = Entry(
        id="urn:x",
        title=words(random, 4),
        html=html(random),
        link=random.choice(("", "https://example.org/x", "javascript:x")),
        date="2026-11-21T04:00:00Z",
        categories=tuple(words(random, 2) for _ in range(random.randint(0, 3))),
    )
    file = digest_file(entry)
    read = read_entry(file.content, file.path, site=Site(base_url=random.choice(BASES)), now=NOW)
    return read.digest if isinstance(read, LeftOut) else read
