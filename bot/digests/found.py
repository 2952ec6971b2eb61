"""What reading a stretch of a body gives: items, and what belongs to none of them."""

from dataclasses import dataclass, field

from bot.digests.blocks import Block
from storage.model import Item


@dataclass(slots=True)
class Found:
    """Items in their order; *before* stands above the first, *after* below or between, and is part of none."""

    items: list[Item] = field(default_factory=list)
    before: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)

    @property
    def remarks(self) -> list[Block]:
        """All that is part of no item."""
        return self.before + self.after
