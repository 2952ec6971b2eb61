"""Read one digest file: bytes in, a Digest out."""

from dataclasses import dataclass
from datetime import datetime

from bot.digests.addresses import with_whole_addresses
from bot.digests.blocks import Block
from bot.digests.characters import clean_line
from bot.digests.dates import Moment, date_in_name, read_date
from bot.digests.footnotes import with_footnotes_inside
from bot.digests.front_items import items_in_front
from bot.digests.front_matter import FrontMatter, read_front_matter
from bot.digests.markdown import read_markdown
from bot.digests.metadata import categories_in, dates_said, is_said, language_of, text_of
from bot.digests.permalinks import permalink_of
from bot.digests.pictures import without_last_pictures
from bot.digests.placeholders import without_placeholders
from bot.digests.problems import DATE_REMEDY, UnreadableDigest
from bot.digests.scripts import language_by_script, or_of_site
from bot.digests.sections import with_title_above
from bot.digests.site import Site
from bot.digests.structure import Contents, contents_of
from bot.digests.twins import twins_of
from storage.model import Category, Digest, Item

__all__ = ["LeftOut", "UnreadableDigest", "digest_of", "read_digest"]

_NO_DIGESTS = {
    "_index": "a section's page",
    "404": "the page for what is not found",
    "changelog": "a changelog",
    "code_of_conduct": "a code of conduct",
    "contributing": "a guide for contributors",
    "license": "a licence",
    "readme": "a readme",
}
# What Hugo, Jekyll and their themes call the pages that lead to others.
_LEADING = {"archive", "archives", "categories", "home", "search", "section", "tags"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is no digest to send, and why; *digest* is what it says, if it says one."""

    reason: str
    digest: Digest | None


def read_digest(content: bytes, path: str, *, site: Site, now: datetime) -> Digest | LeftOut:
    """Read *content*, which stands at *path* in its source; raise UnreadableDigest if it is broken.

    A digest of the future is a digest. *now* tells what has expired.
    """
    name = path.rsplit("/", 1)[-1].split(".", 1)[0]
    if name.lower() in _NO_DIGESTS:
        return LeftOut(_NO_DIGESTS[name.lower()], None)
    front = read_front_matter(content, path)
    layout = text_of(front.metadata, "layout").lower()
    if layout in _LEADING:
        return LeftOut(f"a page that leads to others: layout {layout}", None)
    in_front = items_in_front(front, site.base_url)
    if not front.body.strip() and not in_front:
        return LeftOut("nothing but metadata" if front.metadata else "empty", None)
    blocks = read_markdown(_mended(front.body), first_line=front.body_line, base=site.base_url)
    published = _published(front, path, site)
    said = text_of(front.metadata, "title")
    title = said or _first_heading(blocks) or clean_line(name) or path
    digest = digest_of(
        with_title_above(blocks, said),
        path=path,
        title=title,
        published=published,
        categories=categories_in(front.metadata, site.category_keys, site.categories),
        permalink=permalink_of(front.metadata, path, site.base_url),
        language=language_of(front.metadata, path),
        language_of_site=site.language,
        in_front=in_front,
    )
    reason = _why_left_out(front, path, site, now)
    return LeftOut(reason, digest) if reason else digest


def digest_of(
    blocks: list[Block],
    *,
    path: str,
    title: str,
    published: Moment | None,
    categories: tuple[Category, ...],
    permalink: str | None,
    language: str | None,
    language_of_site: str | None = None,
    in_front: tuple[Item, ...] = (),
) -> Digest:
    """Find the items in *blocks*, besides those *in_front*.

    If *language* is not said it is seen in the script, or else the site's.
    """
    contents = contents_of(blocks, title=title, besides=in_front)
    language = language or or_of_site(language_by_script(_words(title, contents)), language_of_site)
    return Digest(
        path=path,
        title=title,
        published_at=published.at if published else None,
        day_only=published.day_only if published else False,
        categories=categories,
        items=contents.items,
        permalink=permalink,
        language=language,
        intro=contents.intro,
        twins=twins_of(path, language),
        dated_by=published.found if published else None,
    )


def _mended(body: str) -> str:
    return with_whole_addresses(with_footnotes_inside(without_placeholders(body)))


def _published(front: FrontMatter, path: str, site: Site) -> Moment | None:
    """When the file says it was published, else the day in its name; a date that is none counts as not said."""
    in_name = date_in_name(path, site.zone)
    for key, written, moment in dates_said(front.metadata, site.zone):
        if moment is not None:
            return moment
        if in_name is None:
            raise UnreadableDigest(path, front.line_of(key), f"{key} is no date: {written[:80]}", DATE_REMEDY)
    return in_name


def _why_left_out(front: FrontMatter, path: str, site: Site, now: datetime) -> str:
    if is_said(front.metadata, "draft") or text_of(front.metadata, "status").lower() == "draft":
        return "a draft"
    if text_of(front.metadata, "published").lower() == "false" or path.startswith("_drafts/") or "/_drafts/" in path:
        return "a draft"
    expires = read_date(front.metadata.get("expirydate"), site.zone)
    if expires is not None and expires.at <= now:
        return f"expired on {expires.at.date()}"
    return ""


def _words(title: str, contents: Contents) -> str:
    said = (text for item in contents.items for text in (item.headline.text, item.summary.text))
    return "\n".join((title, *said, contents.intro.text))


def _first_heading(blocks: list[Block]) -> str:
    heading = next((block for block in blocks if block.kind == "heading"), None)
    return clean_line(without_last_pictures(heading.text)[0].text) if heading is not None else ""
