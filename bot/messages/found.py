"""Show one item of the archive whole, and below it where and when it stood."""

from datetime import datetime

from babel import Locale
from babel.dates import format_date

from bot.digests.builder import TextBuilder, join
from bot.digests.entities import cut, without
from bot.messages.budget import Budget
from bot.messages.direction import mark_after, without_stray_marks
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.split import divide
from storage.model import EntityType, FormattedText, Hit, Item

_LONGEST_NAME = 200
_GAP = "\n\n"


def show_item(language: str, hit: Hit, *, most: int, folded: bool = False) -> tuple[FormattedText, ...]:
    """Show the item of *hit* as at most *most* messages; of one that is longer, its end is left out and it is said.

    If *folded*, the summary takes a few lines until somebody wants to read it.
    """
    origin = _origin(language, hit)
    cut_off = TextBuilder().append(phrase(language, "cut-off"), EntityType.ITALIC).build()
    below = join([cut_off, origin], _GAP)
    room = Budget() - Budget.taken_by(below) - Budget(len(_GAP), 0, 0)
    texts: list[FormattedText] = []
    rest = _whole(hit.item, folded=folded, longest=most * room.characters)
    while rest.text and len(texts) < most:
        text, rest = divide(rest, room)
        texts.append(text)
    return (*texts[:-1], join([*texts[-1:], below if rest.text else origin], _GAP))


def day_of(language: str, at: datetime) -> str:
    """Name the day of *at*, in words: a `date_time` entity would show the time too, and take a line of its own."""
    return format_date(at, "medium", Locale.parse(language, sep="-"))


def _whole(item: Item, *, folded: bool, longest: int) -> FormattedText:
    headline = without_stray_marks(item.headline)
    has_links = any(entity.type == EntityType.TEXT_LINK for entity in headline.entities)
    builder = TextBuilder()
    builder.open(EntityType.BOLD)
    builder.append(headline, EntityType.TEXT_LINK if item.link and not has_links else None, item.link or "")
    builder.close(EntityType.BOLD)
    # One character too many tells that there is more.
    head, summary = builder.build(), cut(item.summary, 0, longest + 1)
    if folded and head.text:
        # Quotes do not nest.
        plain = without(summary, EntityType.BLOCKQUOTE, EntityType.EXPANDABLE_BLOCKQUOTE)
        summary = TextBuilder().append(plain, EntityType.EXPANDABLE_BLOCKQUOTE).build()
    return join([text for text in (head, summary) if text.text], "\n" if folded else _GAP)


def _origin(language: str, hit: Hit) -> FormattedText:
    title = _line(hit.title)
    builder = TextBuilder().append(title, EntityType.TEXT_LINK if hit.permalink else None, hit.permalink or "")
    builder.append(f"{mark_after(title)} · ")
    if hit.item.section:
        section = _line(hit.item.section)
        builder.append(f"{section}{mark_after(section)} · ")
    return builder.append(day_of(language, hit.at)).build()


def _line(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST_NAME)
