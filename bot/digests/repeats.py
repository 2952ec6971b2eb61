"""Find what repeats with a headline inside one section: the entries of lists, or paragraphs that begin with one."""

from collections.abc import Iterator
from dataclasses import replace

from bot.digests.below import lists_of_items
from bot.digests.blocks import SOFT_BREAK, Block
from bot.digests.entities import lines_of
from bot.digests.found import Found
from bot.digests.leads import (
    LONGEST_HEADLINE,
    Lead,
    has_link,
    lead_of,
    link_in,
    links_of,
    only_number,
    plain_headline,
)
from bot.digests.lists import are_alike, is_contents, linked_share, opens_with_link
from bot.digests.pictures import is_only_pictures, without_last_pictures
from bot.digests.prose import write
from bot.digests.sources import DASHES, adopt_source
from bot.digests.tables import width
from storage.model import EntityType, FormattedText, Item

# `Read more →`, `阅读原文`: what says no more is a way to the source, not a headline.
_SHORT_LABEL = 15
# So few headlines may be details of the story above them.
_FEW = 2
# Narrower links that sentences begin with are names: of people, of projects.
_HEADLINE = 24


def repeated(content: list[Block], name: str | None) -> Found:
    """The items of *content*, which *name* stands over; none where nothing repeats.

    Below stories, a list of links that a rule parts from them has items of its own.
    """
    starts = [0, *(index for index, block in enumerate(content) if index and block.apart and _is_of_links(block))]
    if len(starts) == 1:
        return _repeated(content, name)
    found = [_repeated(content[a:b], name) for a, b in zip(starts, [*starts[1:], len(content)], strict=True)]
    if not all(each.items for each in found):
        return _repeated(content, name)
    items = [item for each in found for item in each.items]
    return Found(items, found[0].before, found[0].after + [block for each in found[1:] for block in each.remarks])


def _is_of_links(block: Block) -> bool:
    return linked_share([block])[1]


def _repeated(content: list[Block], name: str | None) -> Found:
    blocks = [line for block in content if not is_contents(block) for line in _lines(block)]
    leads = _without_sources(blocks, _firm_leads(blocks))
    marked = [index for index, lead in enumerate(leads) if lead is not None]
    lists = [index for index, block in enumerate(blocks) if block.kind == "list"]
    first = next((index for index, block in enumerate(blocks) if not is_only_pictures(block)), 0)
    if _repeat(leads) or (marked == [first] and _stands_alone(blocks[first:], leads[first])):
        if name is not None and not lists and _are_details(blocks, marked):
            return Found()
        return _led(blocks, leads, name)
    if lists:
        return _listed(blocks, name)
    return Found()


def entries_in_prose(content: list[Block]) -> int:
    """How many paragraphs of *content* begin with a headline that is a link or is numbered."""
    leads = _firm_leads(content)
    return sum(lead is not None and (lead.number is not None or lead.linked) for lead in leads)


def begins_with_entry(content: list[Block]) -> bool:
    """Whether *content* begins with a paragraph that is numbered and has a headline with a link."""
    lead = _firm_lead(content[0]) if content else None
    return lead is not None and lead.number is not None and lead.linked


def labels_of(content: list[Block]) -> dict[str, str | None]:
    """The headlines that the paragraphs and entries of *content* begin with, and where they lead."""
    first = [
        entry.children[0] for block in content if block.kind == "list" for entry in block.children if entry.children
    ]
    return {lead.headline.text: _own_link(block, lead) for block in content + first if (lead := _firm_lead(block))}


def _own_link(block: Block, lead: Lead) -> str | None:
    """Where the headline leads itself, rather than what is said behind it."""
    return next((e.value for e in links_of(block.text) if e.offset < len(lead.headline.text)), None)


def _lines(block: Block) -> Iterator[Block]:
    """Part a paragraph of which each line begins with a headline of its own."""
    if block.kind != "paragraph" or (SOFT_BREAK not in block.text.text and "\n" not in block.text.text):
        yield block
        return
    lines = [
        Block("paragraph", block.line + number, text)
        for number, text in enumerate(lines_of(block.text, f"{SOFT_BREAK}\n"))
    ]
    if all(_firm_lead(line) is not None and has_link(line.text) for line in lines):
        yield from lines
    else:
        yield block


def _firm_lead(block: Block, *, alike: bool = False) -> Lead | None:
    """The headline of a paragraph, if it is one for sure; `— [Somebody](…)` only says who said what is above."""
    if block.kind != "paragraph" or block.text.text.startswith(DASHES):
        return None
    lead = lead_of(block.text, alike=alike)
    return lead if lead is not None and (lead.firm or alike) else None


def _firm_leads(blocks: list[Block]) -> list[Lead | None]:
    """The headline of each block; below a number alone, the next block is what it numbers."""
    paragraphs = [block for block in blocks if block.kind == "paragraph"]
    opened = sum(opens_with_link(block.text, of=_HEADLINE) for block in paragraphs)
    alike = opened > _FEW and 2 * opened >= len(paragraphs)
    leads: list[Lead | None] = []
    numbered = False
    for block in blocks:
        number = only_number(block.text.text) if block.kind == "paragraph" else None
        if number is not None:
            leads.append(Lead(FormattedText(), None, FormattedText(), number, firm=True))
        else:
            leads.append(None if numbered else _firm_lead(block, alike=alike and opens_with_link(block.text)))
        numbered = number is not None
    return leads


def _repeat(leads: list[Lead | None]) -> bool:
    """Whether there are several headlines; a bold one and a link are no two of a kind."""
    some = [lead for lead in leads if lead is not None]
    return len(some) > _FEW or (len(some) == _FEW and some[0].linked == some[1].linked)


def _stands_alone(blocks: list[Block], lead: Lead | None) -> bool:
    """Whether a single headline with a link makes an item.

    It is numbered as items are, or says enough for itself, or is a bold line over details that are no links.
    """
    if lead is None or not lead.linked:
        return False
    listed, linked = linked_share(blocks)
    is_line = _is_bold(blocks[0]) and not lead.rest.text
    return lead.number is not None or (is_line and listed > 0 and not linked) or (not listed and _is_linked(lead))


def _are_details(blocks: list[Block], marked: list[int]) -> bool:
    """Whether there are only a few headlines, and most of the words stand above them."""
    if len(marked) > _FEW:
        return False
    above, below = blocks[: marked[0]], blocks[marked[0] :]
    words, details = (sum(len(write([block]).text) for block in part) for part in (above, below))
    return words > details or (len(above) > 1 and 2 * words > details)


def _without_sources(blocks: list[Block], leads: list[Lead | None]) -> list[Lead | None]:
    """Below headlines that are bold or no links, a short plain link alone is the way to a source."""
    first = next(((block, lead) for block, lead in zip(blocks, leads, strict=True) if lead is not None), None)
    if first is None or (first[1].linked and not _is_bold(first[0])):
        return leads
    return [
        None if lead is not None and _is_source(block, lead) else lead
        for block, lead in zip(blocks, leads, strict=True)
    ]


def _is_source(block: Block, lead: Lead) -> bool:
    return lead.linked and not lead.rest.text and not _is_bold(block) and not _is_linked(lead)


def _is_bold(block: Block) -> bool:
    return any(e.type == EntityType.BOLD for e in block.text.entities)


def _is_linked(lead: Lead | None) -> bool:
    return lead is not None and lead.linked and width(lead.headline.text) > _SHORT_LABEL


def _led(blocks: list[Block], leads: list[Lead | None], name: str | None) -> Found:
    """Items that begin with a marked paragraph; one over a list of links is the name of that list."""
    starts = [(index, lead) for index, lead in enumerate(leads) if lead is not None]
    ends = [*(index for index, _ in starts[1:]), len(blocks)]
    parts = [(start, lead, blocks[start + 1 : end]) for (start, lead), end in zip(starts, ends, strict=True)]
    found = Found(before=blocks[: starts[0][0]])
    named = [below for _, lead, below in parts if not lead.linked and _is_list(below)]
    # Of one kind are the lists that names stand over, though one of them may lack links.
    of_links = 2 * sum(linked_share(below)[1] for below in named) > len(named)
    for start, lead, below in parts:
        if not lead.linked and _is_list(below) and (of_links or linked_share(below)[1]):
            found.items += _listed(below, lead.headline.text).items
        else:
            found.items.append(_item(lead, blocks[start], below, name))
    return found


def _is_list(blocks: list[Block]) -> bool:
    """Whether *blocks* are nothing but lists, and pictures beside them."""
    lists = [block for block in blocks if block.kind == "list"]
    return bool(lists) and all(block.kind == "list" or is_only_pictures(block) for block in blocks)


def _item(lead: Lead, block: Block, below: list[Block], name: str | None) -> Item:
    line = block.line
    if not lead.headline.text and below:
        line = below[0].line
        if (inner := _firm_lead(below[0])) is not None:
            lead, below = replace(inner, number=lead.number), below[1:]
    content = [Block("paragraph", block.line, lead.rest), *below] if lead.rest.text else below
    link = lead.link
    if link is None:
        link, content = adopt_source(content)
    return Item(lead.headline, link, write(content), name, lead.number, line)


def _listed(blocks: list[Block], name: str | None) -> Found:
    """The entries of lists, and with the last entry of each what follows below it and is its own."""
    first = next(index for index, block in enumerate(blocks) if block.kind == "list")
    found = Found(before=blocks[:first])
    for each in lists_of_items(blocks):
        alike = are_alike(each.entries)
        for entry in each.entries:
            inside = _of_entry(entry, each.below if entry is each.entries[-1] else [], name, alike=alike)
            found.items += inside.items
            found.after += inside.before + inside.after
        found.after += each.beside
    return found


def _of_entry(entry: Block, below: list[Block], name: str | None, *, alike: bool) -> Found:
    if not entry.children:
        return Found()
    first, rest = entry.children[0], entry.children[1:] + below
    if first.kind != "paragraph":
        nested = repeated([first, *rest], name)
        text = write([first, *rest])
        if nested.items or not text.text:
            return nested
        return Found([Item(FormattedText(), None, text, name, entry.number, entry.line)])
    if not has_link(first.text) and any(b.kind == "list" for b in rest) and linked_share(rest)[1]:
        return repeated(rest, plain_headline(first.text).text)
    lead = lead_of(first.text, alike=alike)
    words, pictures = without_last_pictures(first.text)
    if lead is None and words.text and len(words.text) <= LONGEST_HEADLINE:
        lead = Lead(plain_headline(words), link_in(words), pictures)
    if lead is None:
        text = write([first, *rest])
        return Found([Item(FormattedText(), link_in(first.text), text, name, entry.number, entry.line)])
    item = _item(lead, first, rest, name)
    number = entry.number if entry.number is not None else lead.number
    return Found([Item(item.headline, item.link, item.summary, name, number, entry.line)])
