"""Buttons, and how they are laid out under a message."""

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages.phrases import phrase
from bot.messages.taps import Save, ShowCategories, ShowLatest, ShowSchedule, TakeEverything, Tap, write

Button = InlineKeyboardButton
Keyboard = InlineKeyboardMarkup

_LONGEST_LABEL = 40
# What half the width of a phone shows uncut, in Latin letters; a Chinese character takes the room of two.
_HALF_A_ROW = 17


def button(label: str, tap: Tap) -> Button:
    """Make a button that asks for *tap*; a label too long for any phone is cut."""
    shown = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
    return Button(shown, callback_data=write(tap))


def keyboard(*rows: Sequence[Button]) -> Keyboard:
    """Make a keyboard of *rows*; the empty ones are left out."""
    return Keyboard([row for row in rows if row])


def packed(buttons: Iterable[Button]) -> list[list[Button]]:
    """Lay *buttons* out in their order: two in a row where both labels are short, else one."""
    rows: list[list[Button]] = []
    for each in buttons:
        if rows and len(rows[-1]) == 1 and _is_short(rows[-1][0]) and _is_short(each):
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def everything_button(language: str) -> Button:
    """Offer every digest."""
    return button(phrase(language, "button-everything"), TakeEverything(on=True))


def choose_button(language: str) -> Button:
    """Offer the categories to choose from."""
    return button(phrase(language, "button-choose"), ShowCategories(page=0))


def latest_button(language: str) -> Button:
    """Offer the latest digest at once."""
    return button(phrase(language, "button-latest"), ShowLatest(category_id=0))


def schedule_button(language: str) -> Button:
    """Offer to say when things come."""
    return button(phrase(language, "button-schedule"), ShowSchedule())


def save_button(language: str, digest_id: int, item_id: int, *, saved: bool = False) -> Button:
    """Offer to save an item or (0) a whole digest, or to let go of what is *saved*."""
    label = phrase(language, "button-unsave" if saved else "button-save")
    return button(label, Save(digest_id, item_id, on=not saved))


def _is_short(shown: Button) -> bool:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in shown.text) <= _HALF_A_ROW
