"""Write a digest's intro and items as the pieces that messages are made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.digests.builder import TextBuilder
from bot.messages.direction import without_stray_marks
from bot.messages.selected import places_shown
from bot.messages.split import first_sentence
from storage.model import ALL, Digest, Entity, EntityType, FormattedText, Item, Layout, Selection

_BULLET = "• "
_NONE_TOLD: Mapping[int, FormattedText] = MappingProxyType({})
_LONGEST_SENTENCE = 200
_SHORT_INTRO = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """The intro, or one item with its section's name above it if it is the section's first.

    *gap* keeps it from the one before; an empty one is not shown.
    """

    text: FormattedText
    gap: str = "\n\n"


_NOTHING = Piece(FormattedText())


def pieces_of(
    digest: Digest,
    layout: Layout,
    *,
    first: int = 0,
    selection: Selection = ALL,
    told: Mapping[int, FormattedText] = _NONE_TOLD,
) -> Iterator[Piece]:
    """The intro, be it empty, and each item as *layout* shows it, in order, from the piece *first* on.

    An item that *selection* leaves out is an empty piece, so that each has its number whatever is selected. One whose
    place is in *told* is its headline alone, with those words behind it.
    """
    if first == 0:
        yield Piece(_intro(digest.intro) if layout == "full" else FormattedText())
    shown = places_shown(digest, selection)
    among = shown if isinstance(shown, range) else frozenset(shown)
    start = max(0, first - 1)
    before = max((place for place in shown if place < start), default=None)
    for place in range(start, len(digest.items)):
        if place in among:
            yield _item(digest, layout, place, before, told)
            before = place
        else:
            yield _NOTHING


def _item(digest: Digest, layout: Layout, place: int, before: int | None, told: Mapping[int, FormattedText]) -> Piece:
    """The item at *place*, of which the one at *before* is the last that is shown above it."""
    item = digest.items[place]
    section = None if before is None else digest.items[before].section
    begins_section = item.section is not None and (before is None or item.section != section)
    builder = TextBuilder()
    if begins_section:
        builder.append(item.section or "", EntityType.BOLD).append("\n")
    if place in told:
        builder.append(_told(item, told[place]))
    else:
        builder.append(_full(item) if layout == "full" else _headline_alone(item))
    is_line = layout == "headlines" or (place in told and before in told)
    return Piece(builder.build(), "\n" if is_line and not begins_section and before is not None else "\n\n")


def _intro(intro: FormattedText) -> FormattedText:
    """A few words as they are, more in a quote that folds, so that the first item is not far."""
    if len(intro.text) <= _SHORT_INTRO:
        return intro
    return TextBuilder().append(_quotable(intro), EntityType.EXPANDABLE_BLOCKQUOTE).build()


def _full(item: Item) -> FormattedText:
    """The headline, and the summary in a quote that folds; without a headline the summary stands for itself."""
    builder = TextBuilder().append(_mark(item, "" if item.headline.text else _BULLET))
    if not item.headline.text:
        return builder.append(item.summary).build()
    builder.append(_headline(item))
    if item.summary.text:
        builder.append("\n").append(_quotable(item.summary), EntityType.EXPANDABLE_BLOCKQUOTE)
    return builder.build()


def _quotable(text: FormattedText) -> FormattedText:
    """The same text to be put into a quote: one that is in it is italic, for quotes cannot nest."""
    if not any(entity.type == EntityType.BLOCKQUOTE for entity in text.entities):
        return text
    return FormattedText(text.text, tuple(map(_italic_if_quote, text.entities)))


def _italic_if_quote(entity: Entity) -> Entity:
    return replace(entity, type=EntityType.ITALIC) if entity.type == EntityType.BLOCKQUOTE else entity


def _headline_alone(item: Item) -> FormattedText:
    headline = _headline(item) if item.headline.text else first_sentence(item.summary, _LONGEST_SENTENCE)
    return TextBuilder().append(_mark(item, _BULLET)).append(headline).build()


def _told(item: Item, words: FormattedText) -> FormattedText:
    return TextBuilder().append(_headline_alone(item)).append(" · " if words.text else "").append(words).build()


def _mark(item: Item, bullet: str) -> str:
    return bullet if item.number is None else f"{item.number}. "


def _headline(item: Item) -> FormattedText:
    """The headline as a link, bold without one; where several links are in it, they stay."""
    headline = without_stray_marks(item.headline)
    if any(entity.type == EntityType.TEXT_LINK for entity in headline.entities):
        return headline
    if item.link is None:
        return TextBuilder().append(headline, EntityType.BOLD).build()
    return TextBuilder().append(headline, EntityType.TEXT_LINK, item.link).build()
