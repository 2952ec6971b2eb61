"""What a list is made of: links to elsewhere, jumps within the page, details."""

from bot.digests.blocks import Block
from bot.digests.leads import lead_of, link_in, links_of
from bot.digests.tables import width
from storage.model import FormattedText


def linked_share(content: list[Block]) -> tuple[int, bool]:
    """How much text the lists of *content* have, and whether at least half of their entries begin with a link."""
    lists = [block.children for block in content if block.kind == "list"]
    entries = [entry for each in lists for entry in each]
    linked = sum(_linked(each) for each in lists)
    return sum(map(_size, entries)), 2 * linked >= len(entries) > 0


def is_contents(block: Block) -> bool:
    """Whether *block* is a list of jumps within its own page, and of nothing else that can be opened."""
    return block.kind == "list" and _jumps(block) >= len(block.children) and not _has_links(block)


def are_alike(entries: list[Block]) -> bool:
    """Whether several *entries* all begin with a link, so that even a short one names its entry."""
    return len(entries) > 1 and all(opens_with_link(entry.children[0].text) for entry in entries if entry.children)


def _linked(entries: list[Block]) -> int:
    alike = are_alike(entries)
    return sum(_begins_with_link(entry, alike=alike) for entry in entries)


def _begins_with_link(entry: Block, *, alike: bool) -> bool:
    first = entry.children[0] if entry.children else None
    if first is None or first.kind != "paragraph":
        return False
    lead = lead_of(first.text, alike=alike)
    return lead is not None and lead.linked


def opens_with_link(text: FormattedText, *, of: int = 0) -> bool:
    """Whether *text* begins with a link, one of at least so many cells."""
    first = next(iter(links_of(text)), None)
    return first is not None and first.offset == 0 and width(text.text[: first.length]) >= of


def _size(block: Block) -> int:
    return len(block.text.text) + sum(map(_size, block.children))


def _jumps(block: Block) -> int:
    return block.jumps + sum(map(_jumps, block.children))


def _has_links(block: Block) -> bool:
    return link_in(block.text) is not None or any(map(_has_links, block.children))
