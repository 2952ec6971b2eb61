"""Tell headlines from names of sections by comparing the headings that stand at one level."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from bot.digests.blocks import Block
from bot.digests.leads import is_numbered_item, links_of
from bot.digests.lists import linked_share
from bot.digests.repeats import begins_with_entry, entries_in_prose, labels_of
from bot.digests.sections import Section
from bot.digests.tables import width

# A list that is so much longer than what stands before it is no mere detail; and a remark below one says so much less.
_MUCH = 3
_FEW = 2
# `MITRE ATT&CK techniques`; what is longer is a headline.
_LONGEST_FIELD = 30


@dataclass(frozen=True, slots=True)
class Siblings:
    """What the parts of one section have in common."""

    # What entries or paragraphs of several parts begin with: `Source`, `来源`, `Read more`. It describes each of them.
    fields: frozenset[str]
    # What the headings inside several parts say, over prose: `What is new`, `Details`. They describe each of them.
    aspects: frozenset[str]
    # How many parts are prose with a list below that is not of links.
    detailed: int
    # Whether most of the parts are stories in prose, be it with details.
    told: bool

    @classmethod
    def of(cls, parts: list[Section]) -> Self:
        """Compare *parts*."""
        # What leads to the same place twice is one story told twice.
        links: dict[str, list[str | None]] = {}
        for part in parts:
            for label, link in labels_of(part.content).items():
                links.setdefault(label, []).append(link)
        fields = frozenset(
            label
            for label, each in links.items()
            if len(each) > 1 and (each[0] is None or len(set(each)) > 1) and width(label) <= _LONGEST_FIELD
        )
        aspects = Counter(name for part in parts for name in {inner.name for inner in part.parts if _is_prose(inner)})
        repeated = frozenset(name for name, times in aspects.items() if name is not None and times > 1)
        told = sum(map(_is_told, parts))
        return cls(fields, repeated, sum(map(_is_detailed, parts)), told > 1 and 2 * told > len(parts))

    def make_item_of(self, part: Section) -> bool:
        """Whether the heading of *part* is a headline, rather than a name for items below it."""
        if part.heading is None:
            return False
        has_link = bool(links_of(part.heading.text))
        if part.parts:
            described = sum(inner.name in self.aspects for inner in part.parts)
            return has_link or 2 * described >= len(part.parts)
        labels = labels_of(part.content).keys()
        if labels and 2 * len(labels & self.fields) >= len(labels):
            return True
        if not has_link and entries_in_prose(part.content) > _FEW:
            return False
        is_numbered = is_numbered_item(part.heading.text.text)
        if not has_link and not is_numbered and begins_with_entry(part.content):
            return False
        listed, linked = linked_share(part.content)
        prose = _prose(part.content, of_links=linked)
        if not listed:
            return has_link or is_numbered
        if linked:
            # With a word of its own, a linked heading tells of what it leads to.
            return prose > (0 if has_link else listed)
        is_detail = self.detailed > 1 and prose > 0 and listed < _MUCH * prose
        return has_link or is_numbered or prose > listed or is_detail or (self.told and prose > 0)


def _is_prose(part: Section) -> bool:
    """Whether *part* says something below a mere name, and lists nothing."""
    is_name = part.heading is not None and not links_of(part.heading.text)
    return is_name and not part.parts and bool(part.content) and all(block.kind != "list" for block in part.content)


def _is_detailed(part: Section) -> bool:
    listed, linked = linked_share(part.content)
    return listed > 0 and not linked and _prose(part.content) > 0 and not part.parts


def _is_told(part: Section) -> bool:
    listed, linked = linked_share(part.content)
    return not part.parts and not (listed and linked) and _prose(part.content) > 0


def _prose(content: list[Block], *, of_links: bool = False) -> int:
    """How much *content* says in prose; less counts what stands below a list, and nothing what announces links."""
    lists = [index for index, block in enumerate(content) if block.kind == "list"]
    first = lists[0] if lists else len(content)
    above = [block for block in content[:first] if block.kind in ("paragraph", "quote")]
    if of_links and above and above[-1] is content[first - 1] and above[-1].text.text.rstrip().endswith((":", "：")):
        above.pop()
    below = (len(block.text.text) for block in content[first:] if block.kind in ("paragraph", "quote"))
    return sum(len(block.text.text) for block in above) + sum(below) // _MUCH
