"""What a broadcast costs that Telegram is paid for: pure.

"0.1 Stars per message for messages sent over the free limit of 30 messages per second", says "Broadcasting to Users" in
core.telegram.org/bots/faq.
"""

from fractions import Fraction
from math import ceil

_FREE = 30
_STARS = Fraction(1, 10)


def stars_at_most(messages: int, *, rate: float) -> int:
    """Give the most Stars that so many *messages* cost at *rate* a second: fewer, if it is slower than it may be."""
    paid = max(Fraction(0), 1 - _FREE / Fraction(rate))
    return ceil(messages * paid * _STARS)
