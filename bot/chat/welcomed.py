"""The groups in which something was said lately as the bot came there, so that it is not said twice."""

from collections import OrderedDict
from datetime import timedelta

# A link that brings the bot into a group says `/start` there, too; and a group that moves tells so by both its ids.
_LATELY = timedelta(minutes=1)
_KEPT = 1_000


class Welcomed:
    """Known for a minute, in memory: after a restart the worst is that it is said again.

    *now* is the seconds of a clock that never jumps.
    """

    def __init__(self) -> None:
        self._said: OrderedDict[int, tuple[float, int]] = OrderedDict()

    def note(self, chat_id: int, message_id: int = 0, *, now: float) -> None:
        """Remember what was said there; 0: nothing is to be said."""
        self._said[chat_id] = (now, message_id)
        self._said.move_to_end(chat_id)
        if len(self._said) > _KEPT:
            self._said.popitem(last=False)

    def message_in(self, chat_id: int, *, now: float) -> int | None:
        """Give the message that says it; 0: nothing is to be said; None: nothing was said lately."""
        at, message_id = self._said.get(chat_id, (None, 0))
        return None if at is None or now - at > _LATELY.total_seconds() else message_id
