"""Find what repeats with a headline inside one section: the entries of lists, or paragraphs that begin with one."""

from collections.abc import Iterator

from bot.digests.below import with_below
from bot.digests.blocks import SOFT_BREAK, Block
from bot.digests.entities import cut, lines_of
from bot.digests.leads import LONGEST_HEADLINE, Lead, has_link, lead_of, link_in, links_of, plain_headline
from bot.digests.prose import write
from bot.digests.sources import adopt_source
from bot.digests.tables import width
from storage.model import EntityType, FormattedText, Item

# `Read more →`, `阅读原文`: what says no more is a way to the source, not a headline.
_SHORT_LABEL = 15


def repeated(content: list[Block], name: str | None) -> list[Item]:
    """The items of *content*, which *name* stands over; none where nothing repeats."""
    blocks = [line for block in content if not is_contents(block) for line in _lines(block)]
    leads = _without_sources(blocks, [_firm_lead(block) for block in blocks])
    marked = [index for index, lead in enumerate(leads) if lead is not None]
    lists = [index for index, block in enumerate(blocks) if block.kind == "list"]
    if len(marked) > 1 or (marked == [0] and not lists and _is_linked(leads[0])):
        return _led(blocks, leads, name)
    if lists:
        return _listed(blocks, name)
    return []


def linked_share(content: list[Block]) -> tuple[int, bool]:
    """How much text the lists of *content* have, and whether at least half of their entries begin with a link."""
    entries = [entry for block in content if block.kind == "list" for entry in block.children]
    linked = sum(_begins_with_link(entry) for entry in entries)
    return sum(_size(entry) for entry in entries), 2 * linked >= len(entries) > 0


def is_contents(block: Block) -> bool:
    """Whether *block* is a list of jumps within its own page, and of nothing else that can be opened."""
    return block.kind == "list" and _jumps(block) >= len(block.children) and not _has_links(block)


def labels_of(content: list[Block]) -> set[str]:
    """The headlines that the paragraphs and entries of *content* begin with."""
    first = [
        entry.children[0] for block in content if block.kind == "list" for entry in block.children if entry.children
    ]
    return {lead.headline.text for block in content + first if (lead := _firm_lead(block)) is not None}


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


def _firm_lead(block: Block) -> Lead | None:
    lead = lead_of(block.text) if block.kind == "paragraph" else None
    return lead if lead is not None and lead.firm else None


def _without_sources(blocks: list[Block], leads: list[Lead | None]) -> list[Lead | None]:
    """Below headlines without links, a short plain link alone is the way to a source."""
    first = next((lead for lead in leads if lead is not None), None)
    if first is None or first.linked:
        return leads
    return [
        None if lead is not None and _is_source(block, lead) else lead
        for block, lead in zip(blocks, leads, strict=True)
    ]


def _is_source(block: Block, lead: Lead) -> bool:
    is_bold = any(e.type == EntityType.BOLD for e in block.text.entities)
    return lead.linked and not lead.rest.text and not is_bold and not _is_linked(lead)


def _is_linked(lead: Lead | None) -> bool:
    return lead is not None and lead.linked and width(lead.headline.text) > _SHORT_LABEL


def _led(blocks: list[Block], leads: list[Lead | None], name: str | None) -> list[Item]:
    """Items that begin with a marked paragraph; one over a list of links is the name of that list."""
    found: list[Item] = []
    starts = [(index, lead) for index, lead in enumerate(leads) if lead is not None]
    ends = [*(index for index, _ in starts[1:]), len(blocks)]
    for (start, lead), end in zip(starts, ends, strict=True):
        below = blocks[start + 1 : end]
        lists = [block for block in below if block.kind == "list"]
        if not lead.linked and lists and len(lists) == len(below) and linked_share(below)[1]:
            found += _listed(below, lead.headline.text)
        else:
            found.append(_item(lead, blocks[start], below, name))
    return found


def _item(lead: Lead, block: Block, below: list[Block], name: str | None) -> Item:
    rest = [Block("paragraph", block.line, lead.rest)] if lead.rest.text else []
    link = lead.link
    if link is None:
        link, below = adopt_source(below)
    return Item(lead.headline, link, write(rest + below), name, lead.number, block.line)


def _listed(blocks: list[Block], name: str | None) -> list[Item]:
    """The entries of lists, and with the last entry of each what follows below it and is its own."""
    found: list[Item] = []
    for whole, below in with_below(blocks):
        alike = len(whole.children) > 1 and all(map(_opens_with_link, whole.children))
        for entry in whole.children:
            found += _of_entry(entry, below if entry is whole.children[-1] else [], name, alike=alike)
    return found


def _opens_with_link(entry: Block) -> bool:
    text = entry.children[0].text if entry.children else FormattedText()
    return bool(text.entities) and text.entities[0].offset == 0 and bool(links_of(cut(text, 0, 1)))


def _of_entry(entry: Block, below: list[Block], name: str | None, *, alike: bool) -> list[Item]:
    if not entry.children:
        return []
    first, rest = entry.children[0], entry.children[1:] + below
    if first.kind != "paragraph":
        nested = repeated(entry.children, name)
        text = write(entry.children)
        return nested or ([Item(FormattedText(), None, text, name, entry.number, entry.line)] if text.text else [])
    if not has_link(first.text) and any(b.kind == "list" for b in rest) and linked_share(rest)[1]:
        return repeated(rest, plain_headline(first.text).text)
    lead = lead_of(first.text, alike=alike)
    if lead is None and len(first.text.text) <= LONGEST_HEADLINE:
        lead = Lead(plain_headline(first.text), link_in(first.text), FormattedText())
    if lead is None:
        text = write([first, *rest])
        return [Item(FormattedText(), link_in(first.text), text, name, entry.number, entry.line)]
    item = _item(lead, first, rest, name)
    number = entry.number if entry.number is not None else lead.number
    return [Item(item.headline, item.link, item.summary, name, number, entry.line)]


def _begins_with_link(entry: Block) -> bool:
    first = entry.children[0] if entry.children else None
    if first is None or first.kind != "paragraph":
        return False
    lead = lead_of(first.text)
    return lead is not None and lead.linked and not lead.headline.text.startswith(("https://", "http://"))


def _size(block: Block) -> int:
    return len(block.text.text) + sum(map(_size, block.children))


def _jumps(block: Block) -> int:
    return block.jumps + sum(map(_jumps, block.children))


def _has_links(block: Block) -> bool:
    return link_in(block.text) is not None or any(map(_has_links, block.children))
