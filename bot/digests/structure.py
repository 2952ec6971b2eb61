"""Find the items of a digest by its structure, whatever site it is of.

What repeats at one level with a headline - a link, a heading, a bold line, a numbered paragraph - is the item; what
follows until the next is its summary. Where nothing repeats, each section or paragraph is an item.
"""

from bot.digests.blocks import Block
from bot.digests.entities import cut
from bot.digests.leads import LONGEST_HEADLINE, lead_of, link_in, number_of, plain_headline
from bot.digests.prose import write
from bot.digests.repeats import is_contents, repeated
from bot.digests.sections import Section, blocks_of, sections_of
from bot.digests.siblings import Siblings
from bot.digests.sources import adopt_source
from bot.digests.tables import width
from storage.model import FormattedText, Item


def items_of(blocks: list[Block], *, title: str = "") -> tuple[Item, ...]:
    """The items of a body, in its order; *title* is the digest's, should it stand over all as a heading."""
    whole = sections_of(blocks, title=title)
    return tuple(_items(whole, None) or _paragraphs(whole.content))


def _items(section: Section, name: str | None) -> list[Item]:
    """What repeats in *section*, which *name* stands over; nothing where nothing does."""
    found = repeated(section.content, name) or _story(section, name)
    siblings = Siblings.of(section.parts)
    for part in section.parts:
        found += _items_of_part(part, siblings, name)
    return found


def _story(section: Section, name: str | None) -> list[Item]:
    """What stands below the name of *section* and over headings of its own, if it is too long for a mere remark."""
    if name is None or not section.parts:
        return []
    text = write(section.content)
    if width(text.text) <= LONGEST_HEADLINE:
        return []
    return [Item(FormattedText(), link_in(text), text, name, line=section.content[0].line)]


def _items_of_part(part: Section, siblings: Siblings, name: str | None) -> list[Item]:
    """A part is an item itself, or it has items and its heading is their section."""
    if part.heading is None or (all(is_contents(block) for block in part.content) and not part.parts):
        return []
    if not siblings.make_item_of(part):
        found = _items(part, plain_headline(part.heading.text).text)
        if found:
            return found
    return [_whole(part.heading, blocks_of(part), name)]


def _whole(heading: Block, content: list[Block], name: str | None) -> Item:
    number, start = number_of(heading.text.text)
    headline = plain_headline(cut(heading.text, start, len(heading.text.text)))
    link = link_in(heading.text)
    if link is None:
        link, content = adopt_source(content)
    return Item(headline, link, write(content), name, number, heading.line)


def _paragraphs(content: list[Block]) -> list[Item]:
    """Each paragraph as an item, and what is no paragraph as the end of the one before."""
    found: list[Item] = []
    for block in content:
        text = write([block])
        if not text.text:
            continue
        lead = lead_of(block.text) if block.kind == "paragraph" else None
        if lead is not None:
            rest = write([Block("paragraph", block.line, lead.rest)])
            found.append(Item(lead.headline, lead.link, rest, None, lead.number, block.line))
        elif len(text.text) <= LONGEST_HEADLINE and block.kind == "paragraph":
            found.append(Item(plain_headline(text), link_in(text), line=block.line))
        else:
            found.append(Item(FormattedText(), link_in(text), text, line=block.line))
    return found
