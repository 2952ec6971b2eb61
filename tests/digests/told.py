"""What a body of Markdown is read as, in the shape that samples are written in."""

from bot.digests.markdown import read_markdown
from bot.digests.placeholders import without_placeholders
from bot.digests.structure import contents_of, items_of
from storage.model import Item

BASE = "https://example.org/"


def items(markdown: str, title: str = "") -> tuple[Item, ...]:
    """The items of *markdown*, whose first line is the file's first."""
    return items_of(read_markdown(without_placeholders(markdown), first_line=1, base=BASE), title=title)


def told(markdown: str) -> list[tuple[str, str | None, str]]:
    """Headline, link and summary of each item."""
    return [(item.headline.text, item.link, item.summary.text) for item in items(markdown)]


def headlines(markdown: str) -> list[tuple[str | None, str]]:
    """Section and headline of each item."""
    return [(item.section, item.headline.text) for item in items(markdown)]


def intro(markdown: str, title: str = "") -> str:
    """What *markdown* says besides its items."""
    return contents_of(read_markdown(without_placeholders(markdown), first_line=1, base=BASE), title=title).intro.text
