"""Find the address that an item gives below its headline: `[Read more](…)`, `来源：…`, a list of links."""

import re
from collections.abc import Iterator

from bot.digests.blocks import Block
from bot.digests.leads import addresses_in, links_of
from bot.digests.tables import width
from storage.model import Entity, FormattedText

# `🔗 原文链接：GitHub | arXiv`: so much may stand around the links, and so much may all of it be.
_MOST_WORDS_AROUND = 15
_LONGEST = 240
# `Read the announcement on the Example blog`; in CJK, half as many characters.
_LONGEST_NAME = 40
# `— [Somebody](…)` says who said it, too.
DASHES = ("-", "–", "—", "―", "~")
# What is longer says something itself, and stays: `The new hive is there!`
_LONGEST_WAY = 22
_LABELLED = re.compile(r"[^:：\v\n]{1,30}[:：]")


def adopt_source(content: list[Block]) -> tuple[str | None, list[Block]]:
    """The item's address, and *content* without the block that says nothing else.

    It is the first block that is only links; without one, the first address that *content* has.
    """
    for index, block in enumerate(content):
        links = _links_alone(block)
        if links:
            return links[0], content[:index] + content[index + 1 :] if is_way_to_source(block) else content
    return next((address for text in _texts(content) for address in addresses_in(text)), None), content


def is_way_to_source(block: Block) -> bool:
    """Whether *block* says no more than where one source is: `Read more`, `来源：…`, an address."""
    if len(set(_links_alone(block))) != 1:
        return False
    match block.kind:
        case "quote":
            return all(map(is_way_to_source, block.children))
        case "list":
            return all(_is_way(entry.children[0].text.text) for entry in block.children)
        case _:
            return _is_way(block.text.text)


def _is_way(line: str) -> bool:
    label = _LABELLED.match(line)
    longest = _LONGEST_WAY if label is None else label.end() + _LONGEST_NAME
    return (width(line) <= longest or not re.search(r"\s", line)) and not line.startswith(DASHES)


def _links_alone(block: Block) -> list[str]:
    """The addresses of *block*, if it is nothing but labels and links."""
    return [link for line in _lines_of_links(block) for link in line]


def _lines_of_links(block: Block) -> list[list[str]]:
    """The addresses of each line of *block*, if it is nothing but labels and links."""
    if block.kind == "paragraph":
        links = _only_links(block.text)
        return [links] if links else []
    if block.kind == "list":
        lines = [_only_links(entry.children[0].text) if len(entry.children) == 1 else [] for entry in block.children]
        return lines if all(lines) else []
    if block.kind == "quote":
        inside = list(map(_lines_of_links, block.children))
        return [line for lines in inside for line in lines] if all(inside) else []
    return []


def _only_links(text: FormattedText) -> list[str]:
    """The addresses in *text*, if little else is in it."""
    addresses = addresses_in(text)
    linked = links_of(text)
    words = len(text.text) - (sum(e.length for e in linked) if linked else sum(map(len, addresses)))
    if words > _MOST_WORDS_AROUND or (linked and len(text.text) > _LONGEST):
        return []
    names = (text.text[e.offset : e.offset + e.length] for e in linked)
    # `[Vote for the next week's story!](…)` leads elsewhere, and `They [fly](…).` is a sentence.
    is_plain = all(map(_names_source, names)) and not (linked and _ends_sentence(text, linked[-1]))
    return addresses if is_plain or _LABELLED.match(text.text) else []


def _names_source(name: str) -> bool:
    """Whether a link of that *name* may lead to a source: it is short, or is an address itself."""
    return width(name) <= _LONGEST_NAME or not re.search(r"\s", name)


def _ends_sentence(text: FormattedText, last: Entity) -> bool:
    return text.text[last.offset + last.length :].strip().startswith((".", "。", "!", "！"))


def _texts(blocks: list[Block]) -> Iterator[FormattedText]:
    for block in blocks:
        yield block.text
        yield from _texts(block.children)
