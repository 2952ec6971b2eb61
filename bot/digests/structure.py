"""Find the items of a digest by its structure, whatever site it is of.

What repeats at one level with a headline - a link, a heading, a bold line, a numbered paragraph - is the item; what
follows until the next is its summary. Where nothing repeats, each section or paragraph is an item. What is part of no
item is the intro: a greeting, the theme of the day, a remark below the name of a section.
"""

from dataclasses import dataclass

from bot.digests.blocks import Block
from bot.digests.entities import cut
from bot.digests.found import Found
from bot.digests.leads import LONGEST_HEADLINE, has_link, lead_of, link_in, number_of, plain_headline
from bot.digests.lists import is_contents
from bot.digests.pictures import is_only_pictures
from bot.digests.previews import is_contents_alone, is_preview
from bot.digests.prose import write
from bot.digests.repeats import repeated
from bot.digests.sections import Section, blocks_of, sections_of
from bot.digests.siblings import Cousins, Siblings
from bot.digests.sources import adopt_source
from bot.digests.tables import width
from storage.model import FormattedText, Item

# In cells, of which a CJK character takes two. What is longer and stands over items is a story of its own.
_LONGEST_REMARK = 280


@dataclass(frozen=True, slots=True)
class Contents:
    """What a body says: its items, and in the *intro* all that is part of none."""

    intro: FormattedText
    items: tuple[Item, ...]


def contents_of(blocks: list[Block], *, title: str = "", besides: tuple[Item, ...] = ()) -> Contents:
    """What a body says, in its order, *besides* the items that are known already, which go before.

    *title* is the digest's, should it stand over all as a heading.
    """
    whole = sections_of(blocks, title=title)
    found = _found(whole, Cousins.by_level(whole))
    if besides:
        known = {item.link for item in besides if item.link}
        others = (item for item in found.items if item.link not in known)
        return Contents(write(found.remarks if found.items else whole.content), (*besides, *others))
    if not found.items:
        theme = [block for block in whole.content if block.kind == "heading"]
        return Contents(write(theme), tuple(_paragraphs([block for block in whole.content if block not in theme])))
    return Contents(write(found.remarks), tuple(found.items))


def items_of(blocks: list[Block], *, title: str = "") -> tuple[Item, ...]:
    """The items alone of what `contents_of` gives."""
    return contents_of(blocks, title=title).items


def _found(section: Section, levels: dict[int, Cousins], *, over: str | None = None) -> Found:
    """What repeats in *section*, which stands in one named *over*; no items where nothing does."""
    own = _own(section, over)
    remarks = _worth_saying(own.remarks)
    found = Found(own.items, [section.heading, *remarks] if section.heading is not None and remarks else remarks)
    # Parts of one section are of one level, but for those that a deeper one stands before.
    cousins = levels[min(part.level for part in section.parts)] if section.parts else Cousins()
    siblings = Siblings.of(section.parts, cousins)
    inside = [_of_part(part, siblings, levels, section.name) for part in section.parts]
    looks_ahead = section.heading is None and any(item.link for each in inside for item in each.items)
    for part, each in zip(section.parts, inside, strict=True):
        looks_ahead = looks_ahead and (is_preview(part) or not each.items)
        found.items += [] if looks_ahead else each.items
        found.after += blocks_of(Section(parts=[part])) if looks_ahead and each.items else each.remarks
    return found


def _own(section: Section, over: str | None) -> Found:
    """What stands in *section* itself, over its parts."""
    own = repeated(section.content, section.name)
    if section.heading is None:
        # Above all headings stand facts about the digest, and a preview of it; but what has a link is news.
        is_preview = section.parts and not any(item.link for item in own.items)
        return Found(before=section.content) if is_preview else own
    if not own.items and not section.parts:
        return own
    above = own.before if own.items else section.content
    text = write(above)
    is_story = width(text.text) > _LONGEST_REMARK and not any(block.kind == "list" for block in section.content)
    if not is_story:
        return own if own.items else Found(before=section.content)
    if own.items and has_link(text):
        story = Item(FormattedText(), link_in(text), text, section.name, line=above[0].line)
    else:
        story = _whole(section.heading, above, over)
    return Found([story, *own.items], after=own.after)


def _of_part(part: Section, siblings: Siblings, levels: dict[int, Cousins], name: str | None) -> Found:
    """A part is an item itself, or it has items and its heading is their section."""
    if part.heading is None or is_contents_alone(part) or _shows_only_pictures(part):
        return Found()
    if not siblings.make_item_of(part):
        found = _found(part, levels, over=name)
        if found.items:
            return found
    if any(map(is_contents, part.content)) and not part.parts:
        remarks = _worth_saying(part.content)
        return Found(before=[part.heading, *remarks] if remarks else [])
    return Found([_whole(part.heading, blocks_of(part), name)])


def _shows_only_pictures(part: Section) -> bool:
    return bool(part.content) and not part.parts and all(map(is_only_pictures, part.content))


def _whole(heading: Block, content: list[Block], name: str | None) -> Item:
    number, start = number_of(heading.text.text)
    headline = plain_headline(cut(heading.text, start, len(heading.text.text)))
    link = link_in(heading.text)
    if link is None:
        link, content = adopt_source(content)
    return Item(headline, link, write(content), name, number, heading.line)


def _worth_saying(remarks: list[Block]) -> list[Block]:
    return [block for block in remarks if not is_contents(block) and not is_only_pictures(block)]


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
