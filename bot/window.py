"""Which updates are known and not yet confirmed: pure bookkeeping, no waiting."""

from collections.abc import Iterable


class Window:
    """The updates between the first that is not handled and the last that came, in Telegram's order.

    An update is confirmed by asking for later ones, and one that is not comes again. So an answer may repeat any that
    stood in the window when it was asked for; therefore only *next_offset*, called for each question, forgets.
    """

    def __init__(self) -> None:
        # Whether each was handled, by its id; ordered as received, since after a week of silence ids begin anew.
        self._handled: dict[int, bool] = {}
        self._next: int | None = None

    @property
    def pending(self) -> bool:
        """Whether an update is not handled yet."""
        return not all(self._handled.values())

    @property
    def offset(self) -> int | None:
        """The first update that is not handled, or the one to come; None: nothing was ever received."""
        return next((update_id for update_id, handled in self._handled.items() if not handled), self._next)

    def next_offset(self) -> int | None:
        """Forget what is handled and will not be seen again, once the answer is asked to begin at this offset."""
        offset = self.offset
        for update_id in list(self._handled):
            if update_id == offset:
                break
            del self._handled[update_id]
        return offset

    def admit(self, update_ids: Iterable[int]) -> list[int]:
        """Take in an answer; which of its updates are new."""
        new = [update_id for update_id in update_ids if update_id not in self._handled]
        for update_id in new:
            self._handled[update_id] = False
            self._next = update_id + 1
        return new

    def mark_handled(self, update_id: int) -> None:
        """Count it as done, whatever came of it."""
        self._handled[update_id] = True
