"""Find links that lead nowhere, and items that lack theirs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.digests.links import openable
from bot.digests.places import Placed, tags_in
from bot.digests.problems import Remark
from storage.model import Item

_LONGEST_SHOWN = 80
# Where most items have a link, one without is somebody's slip.
_MOST = 0.8
_FEW = 4


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, as it is written, the line it stands in, and its words; of HTML's they are not known."""

    line: int
    url: str
    words: str = ""


def links_in(tokens: list[Placed]) -> list[Link]:
    """Every link, written as Markdown or as HTML; pictures are none."""
    found: list[Link] = []
    words: list[str] = []
    for place in tokens:
        if place.token.type == "link_open":
            words = []
            found.append(Link(place.line, str(place.token.attrs.get("href", ""))))
        elif place.token.type == "link_close":
            found[-1] = replace(found[-1], words="".join(words).strip())
        elif not place.token.children:
            words.append(place.token.content)
    return found + [Link(line, tag.attributes["href"]) for line, _, tag in tags_in(tokens) if "href" in tag.attributes]


def remarks_on_links(links: list[Link], base: str | None) -> Iterator[Remark]:
    """Say which of *links* nobody can open, the relative ones together."""
    dead = [link for link in links if not link.url.startswith(("#", "about:")) and openable(link.url, base) is None]
    relative = [link for link in dead if link.url and _is_relative(link.url)]
    if relative:
        others = f", like {len(relative) - 1} more of them" if len(relative) > 1 else ""
        yield Remark(
            relative[0].line,
            "warning",
            f"the link {_shown(relative[0].url)} leads nowhere without the site's address{others}: "
            "write https://…, or set DIGEST_BOT_BASE_URL",
        )
    for link in dead:
        if not link.url:
            yield Remark(link.line, "warning", "a link without an address: write it between the brackets (…)")
        elif not _is_relative(link.url):
            yield Remark(link.line, "warning", f"Telegram does not open {_shown(link.url)}: {_remedy(link.url)}")


def remarks_on_items(items: tuple[Item, ...], links: list[Link]) -> Iterator[Remark]:
    """Say which of *items* lack what those around them have, and which tell a story again."""
    sections: dict[str | None, list[Item]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
    for section in sections.values():
        yield from _without_link(section, {link.line for link in links})
    yield from _told_again(items, links)


def _without_link(items: list[Item], lines_with_links: set[int]) -> Iterator[Remark]:
    linked = [number for number, item in enumerate(items) if item.link]
    if len(linked) < _FEW or len(linked) < _MOST * len(items):
        return
    # What stands before them introduces them.
    for item in items[linked[0] :]:
        # Of one whose link is dead, that is said already; and what has no headline is a remark between items.
        if item.link is None and item.headline.text and item.line not in lines_with_links:
            yield Remark(item.line, "warning", f"no link, where the {len(linked)} items beside it have one: add it")


def _told_again(items: tuple[Item, ...], links: list[Link]) -> Iterator[Remark]:
    """Two items of which each is a link as a whole, and to the same place."""
    whole = {(link.line, link.words) for link in links}
    lines: dict[str, list[int]] = {}
    for item in items:
        if item.link and (item.line, item.headline.text) in whole:
            lines.setdefault(item.link, []).append(item.line)
    for url, (first, *others) in lines.items():
        if others:
            more = f", like {len(others) - 1} more below" if len(others) > 1 else ""
            yield Remark(others[0], "warning", f"the item in line {first} leads to {_shown(url)}, too{more}: leave one")


def _is_relative(url: str) -> bool:
    return ":" not in url.split("/", 1)[0] and not url.startswith("//")


def _remedy(url: str) -> str:
    scheme = url.split(":", 1)[0].lower()
    if scheme not in ("http", "https"):
        return "it takes http, https and tg links only; write the address as text, or leave it out"
    return "it needs a host with a dot, no password in it, and at most 2,000 bytes"


def _shown(url: str) -> str:
    return url if len(url) <= _LONGEST_SHOWN else f"{url[:_LONGEST_SHOWN]}…"
