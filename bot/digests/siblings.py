"""Tell headlines from names of sections by comparing the headings that stand at one level."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from bot.digests.blocks import Block
from bot.digests.leads import links_of, number_of
from bot.digests.repeats import labels_of, linked_share
from bot.digests.sections import Section
from bot.digests.tables import width

# A list that is so much longer than what stands before it is no mere detail.
_MUCH = 3
# `MITRE ATT&CK techniques`; what is longer and there twice is one story told twice.
_LONGEST_FIELD = 30


@dataclass(frozen=True, slots=True)
class Siblings:
    """What the parts of one section have in common."""

    # What entries or paragraphs of several parts begin with: `Source`, `来源`, `Read more`. It describes each of them.
    fields: frozenset[str]
    # How many parts are prose with a list below that is not of links.
    detailed: int

    @classmethod
    def of(cls, parts: list[Section]) -> Self:
        """Compare *parts*."""
        counts = Counter(label for part in parts for label in labels_of(part.content))
        fields = frozenset(label for label, times in counts.items() if times > 1 and width(label) <= _LONGEST_FIELD)
        return cls(fields, sum(map(_is_detailed, parts)))

    def make_item_of(self, part: Section) -> bool:
        """Whether the heading of *part* is a headline, rather than a name for items below it."""
        if part.heading is None or links_of(part.heading.text):
            return part.heading is not None
        if part.parts:
            return False
        labels = labels_of(part.content)
        if labels and 2 * len(labels & self.fields) >= len(labels):
            return True
        is_numbered = number_of(part.heading.text.text)[0] is not None
        prose, (listed, linked) = _prose(part.content), linked_share(part.content)
        if not listed:
            return is_numbered
        if linked:
            return prose > listed
        return is_numbered or prose > listed or (self.detailed > 1 and prose > 0 and listed < _MUCH * prose)


def _is_detailed(part: Section) -> bool:
    listed, linked = linked_share(part.content)
    return listed > 0 and not linked and _prose(part.content) > 0 and not part.parts


def _prose(content: list[Block]) -> int:
    return sum(len(block.text.text) for block in content if block.kind in ("paragraph", "quote"))
