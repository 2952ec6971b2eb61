"""What a digest's body is made of, whether it was written as Markdown or as HTML."""

from dataclasses import dataclass, field
from typing import Literal

from storage.model import FormattedText

# Stands for the end of a source line inside a paragraph until it is known whether it means anything.
SOFT_BREAK = "\v"

# Deeper lists and quotes are read as running text: no digest means them, and each level costs Python frames.
DEEPEST = 24

Kind = Literal["paragraph", "heading", "list", "entry", "quote", "code", "table", "rule"]


@dataclass(slots=True)
class Block:
    """A paragraph, a list with its entries, a quote with what is quoted, and so on.

    *text* is the block's own; a `list`, an `entry` and a `quote` have *children* instead.
    """

    kind: Kind
    # Counted from 1 in the file.
    line: int
    text: FormattedText = field(default_factory=FormattedText)
    children: list["Block"] = field(default_factory=list)
    # Of a heading, 1 to 6.
    level: int = 0
    # What the source prints before an entry of a numbered list.
    number: int | None = None
    # True: its links lead to places of the same page, as a table of contents does.
    jumps: bool = False
    # True: a rule parts it from what stands above.
    apart: bool = False
