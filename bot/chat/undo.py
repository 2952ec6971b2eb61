"""The button that takes an `/unsubscribe` back: it carries all that there was, so that nothing has to be kept."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import comb

from bot.chat.answer import Reaction, Replace
from bot.chat.keyboards import Button, button
from bot.chat.outlook import outlook
from bot.chat.request import Request
from bot.messages.choices import state
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage.category_pages import choose_carried
from storage.model import Category, Preferences
from storage.subscribers import drop_all, set_everything

# What a name in callback data holds, in base64.
_MOST_BYTES = 30
# Beyond what SQLite takes for a number.
_NO_ID = 2**63
# What would part a name in two where one types it.
_PARTING = re.compile(r"[,，、;；#＃\s]")


@tap("undo")
@dataclass(frozen=True, slots=True)
class TakeBack(Tap):
    """Everything or not, and as many categories, *which* ones: as `write_ids` writes it."""

    everything: bool
    count: int
    which: str


async def take_back(request: Request, tap: TakeBack) -> Reaction:
    """Let the person have exactly what they had; a category that no digest has is nobody's to be found so."""
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_subscriber(tx)
        await drop_all(tx, subscriber.id)
        await set_everything(tx, subscriber.id, everything=bool(tap.everything))
        await choose_carried(tx, subscriber.id, read_ids(tap.count, tap.which))
        preferences = (await request.ensure_subscriber(tx)).preferences
    return Replace(outlook(request.language, preferences, [state(request.language, preferences, whom=request.whom)]))


def undo_button(language: str, before: Preferences, ids: Collection[int]) -> list[Button]:
    """Offer what there was *before*, of which the categories have these *ids*; nothing where they do not fit."""
    which = write_ids(ids)
    if which is None or not (before.everything or ids):
        return []
    return [button(phrase(language, "button-undo"), TakeBack(before.everything, len(ids), which))]


def typed_again(categories: Sequence[Category]) -> str:
    """Write *categories* as they are typed after `/subscribe`."""
    names = (each.name.replace('"', "") for each in categories)
    return "/subscribe " + ", ".join(f'"{name}"' if _PARTING.search(name) else name for name in names)


def write_ids(ids: Collection[int]) -> str | None:
    """Write ids in as few letters as tell them, their number aside; None: they do not fit into a button.

    Twenty-five of three thousand do. It is the place of this choice among all choices of so many numbers, in their
    order (the combinatorial number system: Knuth, The Art of Computer Programming 7.2.1.3).
    """
    place = sum(comb(id_, at) for at, id_ in enumerate(sorted(ids), start=1))
    length = (place.bit_length() + 7) // 8
    return urlsafe_b64encode(place.to_bytes(length, "big")).decode().rstrip("=") if length <= _MOST_BYTES else None


def read_ids(count: int, written: str) -> list[int]:
    """Read what `write_ids` wrote; of anything else no more than *count* numbers, which may be no ids."""
    try:
        place = int.from_bytes(urlsafe_b64decode(written + "==="), "big")
    except ValueError:
        return []
    ids = []
    # As many as there may be: more would be a waste of time.
    for at in range(min(count, 8 * _MOST_BYTES), 0, -1):
        id_ = _largest(at, place)
        place -= comb(id_, at)
        ids.append(id_)
    return [id_ for id_ in ids if id_ < _NO_ID]


def _largest(at: int, place: int) -> int:
    """Give the largest number of which so many can be chosen in at most *place* ways."""
    low, high = 0, at
    while comb(high, at) <= place:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if comb(middle, at) <= place else (low, middle)
    return low
