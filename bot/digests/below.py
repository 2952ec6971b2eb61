"""Tell which of the blocks between lists belong to the entry above them."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.digests.blocks import SOFT_BREAK, Block

_FACT = re.compile(rf"[^:：\n{SOFT_BREAK}]{{1,12}}[:：]\s*\S[^\n{SOFT_BREAK}]{{0,80}}$")


# One alone, among entries of another kind, may be news.
_FEW = 2


@dataclass(frozen=True, slots=True)
class ListOfItems:
    """A list whose entries are items; *below* belongs to the last of them, *beside* to none."""

    entries: list[Block]
    below: list[Block]
    beside: list[Block]

    @property
    def is_numbered(self) -> bool:
        """Whether the source numbers its entries, and has several."""
        return len(self.entries) > 1 and self.entries[0].number is not None


def lists_of_items(blocks: list[Block]) -> list[ListOfItems]:
    """Each list of items in *blocks* with what stands below it.

    It belongs to the last entry where the numbers of a later list go on, for then it only was not indented; and where
    each list has a single entry. Then so does what stands below the last one. Elsewhere it cannot be told whose it is.
    Facts below numbered items are of another kind: who edited them, where to subscribe.
    """
    lists = [index for index, block in enumerate(blocks) if block.kind == "list" and block.children]
    scattered = all(len(blocks[index].children) == 1 for index in lists)
    numbered = [index for index in lists if blocks[index].children[0].number is not None]
    goes_on = {index: after for index, after in pairwise(numbered) if _goes_on(blocks[index], blocks[after])}
    goes_on |= _ends(numbered, goes_on, [*lists, len(blocks)])
    found: list[ListOfItems] = []
    done = 0
    for index, after in zip(lists, [*lists[1:], len(blocks)], strict=True):
        if index < done:
            continue
        entries = blocks[index].children
        facts = list(filter(_is_fact, entries)) if found and found[0].is_numbered else []
        if len(facts) == len(entries):
            done = after
            found[-1].beside.extend(blocks[index:after])
            continue
        done = goes_on.get(index, after)
        between = blocks[index + 1 : done]
        below, beside = (between, []) if scattered or index in goes_on else ([], between)
        if len(facts) >= _FEW:
            entries = [entry for entry in entries if not _is_fact(entry)]
            beside = [replace(blocks[index], children=facts), *beside]
        found.append(ListOfItems(entries, below, beside))
    return found


def _is_fact(entry: Block) -> bool:
    """Whether a bullet is a short label and what it stands for, and not more."""
    return entry.number is None and len(entry.children) == 1 and _FACT.match(entry.children[0].text.text) is not None


def _goes_on(numbered: Block, after: Block) -> bool:
    return after.children[0].number == (numbered.children[-1].number or 0) + 1


def _ends(numbered: list[int], goes_on: dict[int, int], borders: list[int]) -> dict[int, int]:
    """Where the last entry of each run of numbers ends: before the next list, unless lists belong to those above it."""
    place = {index: number for number, index in enumerate(borders)}
    continuing = set(goes_on.values())
    found: dict[int, int] = {}
    detailed = False
    for index, after in pairwise([*numbered, borders[-1]]):
        if index in goes_on:
            detailed = detailed or place[after] > place[index] + 1
        elif index in continuing:
            found[index] = after if detailed else borders[place[index] + 1]
            detailed = False
    return found
