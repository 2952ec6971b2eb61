"""Tell headlines from names of sections by comparing the headings that stand at one level."""

from dataclasses import dataclass
from typing import Self

from bot.digests.blocks import Block
from bot.digests.leads import is_address, is_numbered_item, links_of
from bot.digests.lists import linked_share, opens_with_link
from bot.digests.repeats import begins_with_entry, entries_in_prose, labels_of
from bot.digests.sections import Section
from bot.digests.tables import width
from storage.model import FormattedText

# A list that is so much longer than what stands before it is no mere detail; and a remark below one says so much less.
_MUCH = 3
_FEW = 2
# `MITRE ATT&CK techniques`; what is longer is a headline.
_LONGEST_FIELD = 30


@dataclass(frozen=True, slots=True)
class Cousins:
    """What all the headings of one level have in common, be they one by one in other sections."""

    fields: frozenset[str] = frozenset()
    # Whether most stand over stories in prose.
    told: bool = False
    # Whether most stand over prose in which nothing is a headline.
    plain: bool = False

    @classmethod
    def by_level(cls, whole: Section) -> "dict[int, Cousins]":
        """Compare what stands at each level of the body."""
        levels: dict[int, list[Section]] = {}
        waiting = list(whole.parts)
        while waiting:
            part = waiting.pop()
            levels.setdefault(part.level, []).append(part)
            waiting += part.parts
        return {level: cls.of(parts) for level, parts in levels.items()}

    @classmethod
    def of(cls, parts: list[Section]) -> Self:
        """Compare *parts*, which are all of one level."""
        told = [part for part in parts if _is_told(part)]
        plain = [part for part in told if not labels_of(part.content)]
        return cls(_fields(parts, least=_FEW + 1), _are_most(told, parts), _are_most(plain, parts))


@dataclass(frozen=True, slots=True)
class Siblings:
    """What the parts of one section have in common."""

    # What entries or paragraphs of several parts begin with: `Source`, `来源`, `Read more`. It describes each of them.
    fields: frozenset[str]
    # The names of headings that stand below most of the parts with any, and have nothing but prose below most often.
    facets: frozenset[str]
    # How many parts are prose with a list below that is not of links.
    detailed: int
    # Whether most of the parts are stories in prose, be it with details.
    told: bool
    # Whether headings like theirs stand over prose in which nothing is a headline, for the most part.
    plain: bool

    @classmethod
    def of(cls, parts: list[Section], cousins: Cousins) -> Self:
        """Compare *parts*, and where they are few, with their *cousins* elsewhere."""
        told = [part for part in parts if _is_told(part)]
        return cls(
            cousins.fields | _fields(parts, least=_FEW),
            _facets(parts),
            sum(map(_is_detailed, parts)),
            told=_are_most(told, parts) or (len(parts) <= _FEW and cousins.told),
            plain=cousins.plain,
        )

    def _is_story(self, part: Section) -> bool:
        """Whether most headings below that of *part* stand below others too: `What`, `Why`."""
        return 2 * sum(each.name in self.facets for each in part.parts) > len(part.parts)

    def make_item_of(self, part: Section) -> bool:
        """Whether the heading of *part* is a headline, rather than a name for items below it."""
        if part.heading is None:
            return False
        has_link = _is_linked(part.heading.text)
        if part.parts:
            return has_link or self._is_story(part)
        labels = labels_of(part.content).keys()
        if labels and 2 * len(labels & self.fields) >= len(labels):
            return True
        if not has_link and _has_entries(part):
            return False
        is_numbered = is_numbered_item(part.heading.text.text)
        listed, linked = linked_share(part.content)
        prose = _prose(part.content, of_links=linked)
        if not listed:
            return has_link or is_numbered or _has_address(part) or (self.plain and len(labels) == 1)
        if linked:
            # With a word of its own, a linked heading tells of what it leads to.
            return prose > (0 if has_link else listed)
        is_detail = self.detailed > 1 and prose > 0 and listed < _MUCH * prose
        return has_link or is_numbered or prose > listed or is_detail or (self.told and prose > 0)


def _are_most(some: list[Section], parts: list[Section]) -> bool:
    return len(some) > 1 and 2 * len(some) > len(parts)


def _fields(parts: list[Section], *, least: int) -> frozenset[str]:
    """What entries of at *least* so many parts begin with; what leads to one place twice is one story told twice."""
    links: dict[str, list[str | None]] = {}
    for part in parts:
        for label, link in labels_of(part.content).items():
            links.setdefault(label, []).append(link)
    return frozenset(
        label
        for label, each in links.items()
        if len(each) >= least and (each[0] is None or len(set(each)) > 1) and width(label) <= _LONGEST_FIELD
    )


def _facets(parts: list[Section]) -> frozenset[str]:
    inner: dict[str, list[bool]] = {}
    for part in parts:
        for each in part.parts:
            if each.heading is not None and not links_of(each.heading.text):
                inner.setdefault(each.name or "", []).append(_is_told(each))
    most = max(_FEW, sum(bool(part.parts) for part in parts) / 2)
    repeated = {name: told for name, told in inner.items() if len(told) >= most}
    told = sum(map(sum, repeated.values()))
    return frozenset(repeated if 2 * told > sum(map(len, repeated.values())) else ())


def _is_linked(heading: FormattedText) -> bool:
    """Whether *heading* begins with a link, or mostly is one; in `From the [Hive] server` it only says what that is."""
    return opens_with_link(heading) or 2 * sum(e.length for e in links_of(heading)) >= len(heading.text) > 0


def _has_entries(part: Section) -> bool:
    """Whether the prose of *part* has items of its own; below an address, what is numbered is a detail."""
    return begins_with_entry(part.content) or (not _has_address(part) and entries_in_prose(part.content) > _FEW)


def _has_address(part: Section) -> bool:
    """Whether an address alone stands below the heading: where its story is."""
    return bool(part.content) and part.content[0].kind == "paragraph" and is_address(part.content[0].text.text)


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
