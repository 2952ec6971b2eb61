"""Say what a digest's writer should know of the file: pure, and from what the bot itself reads in it."""

from collections.abc import Iterator
from datetime import datetime

from bot.digests.dead_markdown import dead_markdown
from bot.digests.front_matter import FrontMatter, read_front_matter
from bot.digests.link_remarks import links_in, remarks_on_items, remarks_on_links
from bot.digests.markdown import MOST_LINES, parse
from bot.digests.metadata_remarks import remarks_on_metadata
from bot.digests.placeholders import without_placeholders
from bot.digests.places import placed
from bot.digests.problems import Remark, UnreadableDigest
from bot.digests.read import LeftOut, read_digest
from bot.digests.site import Site
from storage.model import Digest


def remarks_on(content: bytes, path: str, *, site: Site, now: datetime) -> list[Remark]:
    """Remark on the file that stands at *path* in its source, in the order of its lines.

    Of one that the bot leaves out, first that; a draft is read nevertheless.
    """
    found: list[Remark] = []
    digest: Digest | None = None
    try:
        reading = read_digest(content, path, site=site, now=now)
        digest = reading.digest if isinstance(reading, LeftOut) else reading
        if isinstance(reading, LeftOut):
            found.append(Remark(1, "note", f"left out by the bot: {reading.reason}"))
            if digest is None:
                return found
        front = read_front_matter(content, path)
    except UnreadableDigest as problem:
        found.append(_error(problem))
        # Of a date that is none, the rest can be read.
        try:
            front = read_front_matter(content, path)
        except UnreadableDigest:
            return found
    found += _on_file(front, path, digest, site, now)
    return sorted(dict.fromkeys(found), key=lambda remark: remark.line)


def _error(problem: UnreadableDigest) -> Remark:
    return Remark(problem.line, "error", f"{problem.problem}: {problem.remedy}")


def _on_file(front: FrontMatter, path: str, digest: Digest | None, site: Site, now: datetime) -> Iterator[Remark]:
    body = without_placeholders(front.body)
    tokens = list(placed(parse(body), front.body_line))
    links = links_in(tokens)
    yield from remarks_on_metadata(front, body, path, site=site, now=now)
    yield from dead_markdown(tokens, [""] * (front.body_line - 1) + body.split("\n"))
    yield from remarks_on_links(links, site.base_url)
    if digest is not None:
        yield from remarks_on_items(digest.items, links)
        if not digest.items:
            yield Remark(front.body_line, "warning", "no item: begin each story with a heading, a bullet or a number")
    if body.count("\n") >= MOST_LINES:
        below = front.body_line + MOST_LINES
        yield Remark(below, "warning", "what stands from here on is shown as plain words: split the digest")
