"""Find the items that a digest keeps in its front matter, as lists of stories with their titles and addresses."""

from collections.abc import Iterator
from typing import Any

from bot.digests.front_matter import FrontMatter
from bot.digests.leads import link_in, plain_headline
from bot.digests.links import openable
from bot.digests.markdown import read_markdown
from bot.digests.prose import write
from storage.model import FormattedText, Item

_TITLES = ("title", "headline", "name", "text")
_LINKS = ("url", "link", "href", "permalink", "source_url", "sourceurl", "source")
_SUMMARIES = ("summary", "description", "excerpt", "abstract", "content", "body", "comment", "note", "desc")
# Lists of other things that have a title and an address, too.
_NO_STORIES = {
    "aliases", "author", "authors", "breadcrumbs", "cascade", "contributors", "cover", "editor", "editors", "image",
    "images", "menu", "menus", "meta", "nav", "navigation", "pager", "redirects", "related", "resources", "scripts",
    "seo", "social", "sponsors", "styles", "translations",
}  # fmt: skip
# Stories with a title alone are known by what their list is called.
_STORIES = {"items", "links", "stories", "news", "entries", "articles", "posts", "headlines", "highlights", "events"}
_DEEPEST = 3


def items_in_front(front: FrontMatter, base: str | None) -> tuple[Item, ...]:
    """The stories in the lists of *front*, in its order; a list inside one that has a title is its section."""
    lines = _Lines(front)
    return tuple(_stories(front.metadata, None, base, lines, 0))


class _Lines:
    """Tells where in the file a title stands, one after the other."""

    def __init__(self, front: FrontMatter) -> None:
        self._lines = front.source.split("\n")
        self._first = front.line
        self._at = 0

    def of(self, words: str) -> int:
        """The line of *words*, at or below the one told last; that one if they are not found."""
        for at in range(self._at, len(self._lines)):
            if words[:40] in self._lines[at]:
                self._at = at
                break
        return self._first + self._at


def _stories(table: dict[str, Any], section: str | None, base: str | None, lines: _Lines, depth: int) -> Iterator[Item]:
    for key, value in table.items():
        name = str(key).lower()
        if not isinstance(value, list) or name in _NO_STORIES or not value or depth > _DEEPEST:
            continue
        rows = [{str(k).lower(): v for k, v in row.items()} for row in value if isinstance(row, dict)]
        if len(rows) != len(value):
            continue
        for row in rows:
            title = _said(row, _TITLES)
            if any(_is_list_of_tables(inside) for inside in row.values()):
                yield from _stories(row, title or section, base, lines, depth + 1)
            elif title and (_address(row, base) or name in _STORIES):
                yield _story(row, title, section, base, lines.of(title))


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _story(row: dict[str, Any], title: str, section: str | None, base: str | None, line: int) -> Item:
    headline = _written(title, base)
    summary = _written(_said(row, _SUMMARIES), base)
    link = _address(row, base) or link_in(headline) or link_in(summary)
    return Item(plain_headline(headline), link, summary, section, line=line)


def _said(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((str(row[key]).strip() for key in keys if isinstance(row.get(key), str | int | float)), "")


def _address(row: dict[str, Any], base: str | None) -> str | None:
    addresses = (openable(str(row[key]), base) for key in _LINKS if isinstance(row.get(key), str) and _is_one(row[key]))
    return next((address for address in addresses if address), None)


def _is_one(written: str) -> bool:
    """Whether *written* is an address rather than the name of a source."""
    return "/" in written and " " not in written.strip()


def _written(markdown: str, base: str | None) -> FormattedText:
    return write(read_markdown(markdown, first_line=1, base=base)) if markdown else FormattedText()
