"""What a link to the bot carries: `t.me/bot?start=cat_…` names a category, `…?start=item_…` an item.

A payload has at most 64 of `A-Za-z0-9_-` (core.telegram.org/bots/features#deep-linking).
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator

from bot.chat.known import Known
from bot.digests.categories import fold
from storage.model import Category

_NUMBER = re.compile(r"[0-9]{1,18}")
_BASE64 = re.compile(r"[A-Za-z0-9_-]{1,64}")


def linked_category(written: str, known: Known) -> Category | None:
    """Read a category as a link names it: a Latin name as it is, another in base64url, or its number."""
    spellings = known.spellings
    for name in _readings(written):
        if name in spellings:
            return spellings[name]
    return known.category_with(int(written)) if _NUMBER.fullmatch(written) else None


def linked_item(written: str) -> tuple[int, int]:
    """Read an item's number, which may stand behind its digest's, as both; zeros where there is none."""
    numbers = [int(number) for number in written.split("_") if _NUMBER.fullmatch(number)]
    *_, digest_id, item_id = (0, 0, *numbers)
    return digest_id, item_id


def _readings(written: str) -> Iterator[str]:
    yield fold(written)
    if _BASE64.fullmatch(written):
        try:
            # Links carry no padding; too much of it does no harm.
            yield fold(urlsafe_b64decode(written + "===").decode())
        except ValueError:
            return
