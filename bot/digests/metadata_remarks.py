"""Find what is missing or odd in what a digest file says of itself."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.digests.blocks import Block
from bot.digests.characters import clean_line
from bot.digests.dates import Moment, date_in_name
from bot.digests.front_matter import FrontMatter
from bot.digests.markdown import read_markdown
from bot.digests.metadata import categories_in, dates_said, text_of
from bot.digests.problems import DATE_REMEDY, Remark
from bot.digests.site import Site

# A digest of one day's evening is another day's in another zone, and some are dated for the weekend.
_FAR = timedelta(days=2)
_SOON = timedelta(hours=24)


def remarks_on_metadata(front: FrontMatter, body: str, path: str, *, site: Site, now: datetime) -> Iterator[Remark]:
    """Say what *front* says twice, wrongly or not at all; where it has no title, one is looked for in *body*."""
    for key, line in front.doubled:
        yield Remark(line, "warning", f"{key} is said twice, and the last counts: leave one of them")
    yield from _on_dates(front, path, site, now)
    if not text_of(front.metadata, "title"):
        yield from _without_title(front, read_markdown(body, first_line=front.body_line, base=site.base_url))
    if not categories_in(front.metadata, site.category_keys):
        yield Remark(front.line, "warning", _without_category(front, site))


def _on_dates(front: FrontMatter, path: str, site: Site, now: datetime) -> Iterator[Remark]:
    in_name = date_in_name(path, site.zone)
    for key, written, moment in dates_said(front.metadata, site.zone):
        line = front.line_of(key)
        if moment is None and in_name is not None:
            problem = f"{key} is no date: {written[:80]!r}; the day in the file's name counts"
            yield Remark(line, "warning", f"{problem}: {DATE_REMEDY}")
        elif moment is not None:
            yield from _on_moment(moment, line, in_name, now)
            return
    if in_name is not None:
        yield from _on_moment(in_name, front.line, None, now)
    elif not any(dates_said(front.metadata, site.zone)):
        yield Remark(front.line, "warning", "no date, so it is as new as its file: add date: 2025-07-22 to its head")


def _on_moment(moment: Moment, line: int, in_name: Moment | None, now: datetime) -> Iterator[Remark]:
    if in_name is not None and abs(moment.at.date() - in_name.at.date()) > _FAR:
        days = abs(moment.at.date() - in_name.at.date()).days
        said, named = moment.at.date(), in_name.at.date()
        yield Remark(line, "warning", f"{said} is {days} days from {named} in the file's name: correct one of them")
    if moment.at - now > _SOON:
        yield Remark(
            line,
            "warning",
            f"{moment.at.date()} is in the future, and it is not sent before: correct it if that is wrong",
        )


def _without_title(front: FrontMatter, blocks: list[Block]) -> Iterator[Remark]:
    heading = next((block for block in blocks if block.kind == "heading"), None)
    if heading is None:
        yield Remark(front.line, "warning", "no title, so the file's name is shown: add title: … to its head")
    elif heading.level > 1:
        shown = clean_line(heading.text.text)[:80]
        yield Remark(heading.line, "warning", f"no title, so this is shown as one: {shown!r}; add title: … to its head")


def _without_category(front: FrontMatter, site: Site) -> str:
    remedy = f"add {site.category_keys[0]}: […] to its head"
    if "tags" in front.metadata and "tags" not in site.category_keys:
        remedy += ", or let tags be categories (category_keys in digest-bot.toml)"
    return f"no category, so only those who take everything receive it: {remedy}"
