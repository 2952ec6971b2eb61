"""What stands under the last part of all that a group or channel gets: a footer, a signature, a line of buttons: pure.

A view leaves room for the longest there may be, and its text comes when a body is encoded: so all who have one share
a view, and another text moves no border between two messages.
"""

from collections.abc import Iterable, Mapping
from unicodedata import east_asian_width

from bot.digests.builder import TextBuilder
from bot.messages.budget import Budget, weight
from storage.model import Ending, EntityType, FormattedText

LONGEST_FOOTER = 300
MOST_STYLES = 10
# Of all styles and their addresses together.
HEAVIEST_FOOTER = 1_000
LONGEST_SIGNATURE = 64
MOST_LINKS = 3
LONGEST_LABEL = 32

_GAP = "\n\n"
_DASH = "— "
# The most that any takes, with the blank line above it.
ROOM = Budget(len(_GAP) + LONGEST_FOOTER + len("\n" + _DASH) + LONGEST_SIGNATURE, MOST_STYLES + 1, HEAVIEST_FOOTER + 20)
# What the width of a phone shows uncut in one row, however it is shared.
_A_ROW = 30


def has_text(ending: Ending) -> bool:
    """Say whether a message needs room for it: buttons need none."""
    return bool(ending.footer.text or ending.signature)


def text_of(ending: Ending) -> FormattedText:
    """Give the footer, and the signature in a line of its own."""
    builder = TextBuilder().append(ending.footer)
    if ending.signature:
        builder.append("\n" if ending.footer.text else "").append(_DASH + ending.signature, EntityType.ITALIC)
    return builder.build()


def is_too_heavy(footer: FormattedText) -> bool:
    """Say whether the footer's links and styles are more than a message leaves room for."""
    return len(footer.entities) > MOST_STYLES or sum(map(weight, footer.entities)) > HEAVIEST_FOOTER


def button_rows(links: Iterable[tuple[str, str]]) -> list[list[Mapping[str, str]]]:
    """Lay the buttons out as the Bot API takes them: in one row if that shows them all uncut, else in one for each."""
    buttons = [{"text": label, "url": url} for label, url in links]
    if sum(_width(button["text"]) for button in buttons) <= _A_ROW:
        return [[*buttons]] if buttons else []
    return [[button] for button in buttons]


def _width(label: str) -> int:
    # A Chinese character takes the room of two Latin ones.
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in label)
