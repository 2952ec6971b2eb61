"""Find what repeats with a headline inside one section: the entries of lists, or paragraphs that begin with one."""

from collections.abc import Iterator
from dataclasses import replace

from bot.digests.below import lists_of_items
from bot.digests.blocks import SOFT_BREAK, Block
from bot.digests.entities import lines_of
from bot.digests.found import Found
from bot.digests.leads import LONGEST_HEADLINE, Lead, has_link, lead_of, link_in, links_of, only_number, plain_headline
from bot.digests.lists import are_alike, is_contents, linked_share, opens_with_link
from bot.digests.pictures import without_last_pictures
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
    """The items of *content*, which *name* stands over; none where nothing repeats."""
    blocks = [line for block in content if not is_contents(block) for line in _lines(block)]
    leads = _without_sources(blocks, _firm_leads(blocks))
    marked = [index for index, lead in enumerate(leads) if lead is not None]
    lists = [index for index, block in enumerate(blocks) if block.kind == "list"]
    if _repeat(leads) or (marked == [0] and not lists and (_is_linked(leads[0]) or _is_entry(leads[0]))):
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


def _are_details(blocks: list[Block], marked: list[int]) -> bool:
    """Whether there are only a few headlines, and most of the words stand above them."""
    if len(marked) > _FEW:
        return False
    above, below = blocks[: marked[0]], blocks[marked[0] :]
    words, details = (sum(len(write([block]).text) for block in part) for part in (above, below))
    return words > details or (len(above) > 1 and 2 * words > details)


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


def _is_entry(lead: Lead | None) -> bool:
    return lead is not None and lead.linked and lead.number is not None


def begins_with_entry(content: list[Block]) -> bool:
    """Whether *content* begins with a numbered paragraph that has a link, as entries do."""
    return bool(content) and _is_entry(_firm_lead(content[0]))


def _led(blocks: list[Block], leads: list[Lead | None], name: str | None) -> Found:
    """Items that begin with a marked paragraph; one over a list of links is the name of that list."""
    starts = [(index, lead) for index, lead in enumerate(leads) if lead is not None]
    ends = [*(index for index, _ in starts[1:]), len(blocks)]
    found = Found(before=blocks[: starts[0][0]])
    for (start, lead), end in zip(starts, ends, strict=True):
        below, others = _until_apart(blocks[start + 1 : end])
        lists = [block for block in below if block.kind == "list"]
        if not lead.linked and lists and len(lists) == len(below) and linked_share(below)[1]:
            found.items += _listed(below, lead.headline.text).items
        else:
            found.items.append(_item(lead, blocks[start], below, name))
        found.items += _listed(others, name).items if others else []
    return found


def _until_apart(below: list[Block]) -> tuple[list[Block], list[Block]]:
    """Part what stands below a headline from a list of links that a rule keeps apart from it."""
    for index, block in enumerate(below):
        if (
            block.apart
            and block.kind == "list"
            and linked_share([block])[1]
            and all(b.kind == "list" for b in below[index:])
        ):
            return below[:index], below[index:]
    return below, []


def _item(lead: Lead, block: Block, below: list[Block], name: str | None) -> Item:
    if not lead.headline.text and below and (inner := _firm_lead(below[0])) is not None:
        lead, below = replace(inner, number=lead.number), below[1:]
    rest = [Block("paragraph", block.line, lead.rest)] if lead.rest.text else []
    link = lead.link
    if link is None:
        link, below = adopt_source(below)
    return Item(lead.headline, link, write(rest + below), name, lead.number, block.line)


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
    if lead is None and len(first.text.text) <= LONGEST_HEADLINE:
        words, pictures = without_last_pictures(first.text)
        lead = Lead(plain_headline(words), link_in(first.text), pictures)
    if lead is None:
        text = write([first, *rest])
        return Found([Item(FormattedText(), link_in(first.text), text, name, entry.number, entry.line)])
    item = _item(lead, first, rest, name)
    number = entry.number if entry.number is not None else lead.number
    return Found([Item(item.headline, item.link, item.summary, name, number, entry.line)])
