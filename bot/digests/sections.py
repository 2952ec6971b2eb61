"""Hang the blocks of a body under their headings."""

from dataclasses import dataclass, field, replace

from bot.digests.blocks import Block
from bot.digests.leads import plain_headline


@dataclass(slots=True)
class Section:
    """A heading with all that stands under it; the whole body is one without a heading."""

    heading: Block | None = None
    content: list[Block] = field(default_factory=list)
    parts: list["Section"] = field(default_factory=list)

    @property
    def level(self) -> int:
        """How deep its heading stands; 0 for the whole body."""
        return self.heading.level if self.heading else 0

    @property
    def name(self) -> str | None:
        """What its heading says; None for the whole body."""
        return plain_headline(self.heading.text).text if self.heading else None


def sections_of(blocks: list[Block], *, title: str = "") -> Section:
    """The whole body as one section, its title taken off; rules are left out."""
    whole = Section()
    path = [whole]
    below_rule = False
    for block in blocks:
        block.apart, below_rule = below_rule, block.kind == "rule"
        if block.kind == "heading":
            while path[-1].level >= block.level:
                path.pop()
            section = Section(block)
            path[-1].parts.append(section)
            path.append(section)
        elif block.kind != "rule":
            path[-1].content.append(block)
    return _untitled(whole, title)


def blocks_of(section: Section) -> list[Block]:
    """All that stands under the heading of *section*, in order, the headings inside included."""
    found = list(section.content)
    for part in section.parts:
        if part.heading is not None:
            found.append(part.heading)
        found += blocks_of(part)
    return found


def with_title_above(blocks: list[Block], title: str) -> list[Block]:
    """Let the first heading stand over all the others if it says the *title* again."""
    first = next((index for index, block in enumerate(blocks) if block.kind == "heading"), None)
    if first is None or not title or _folded(blocks[first].text.text) != _folded(title):
        return blocks
    return [*blocks[:first], replace(blocks[first], level=1), *blocks[first + 1 :]]


def _untitled(whole: Section, title: str) -> Section:
    """Take off a heading that stands over all the rest, if it is the digest's title and not one section's name.

    One that says something else than the title stays, as a line above the rest.
    """
    only = whole.parts[0] if len(whole.parts) == 1 else None
    if only is None or only.heading is None:
        return whole
    said = _folded(only.heading.text.text)
    if only.level > 1 and not only.parts and said != _folded(title):
        return whole
    repeats = not title or said in _folded(title) or _folded(title) in said
    return Section(None, whole.content + ([] if repeats else [only.heading]) + only.content, only.parts)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
