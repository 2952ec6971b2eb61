"""How far a broadcast is: a line in the log now and then, for of each delivery there would be thousands."""

from collections import Counter
from datetime import timedelta

import structlog

from bot.delivery.changes import Changed
from bot.delivery.settle import Complete, PartSent
from bot.delivery.write_down import Result

log = structlog.get_logger()

# While there is anything to say.
EVERY = timedelta(seconds=10)


class Progress:
    """Counts, for each digest and announcement, what has arrived since it was last told."""

    def __init__(self) -> None:
        # Each by what it is of, and its id.
        self._parts: Counter[tuple[str, int]] = Counter()
        self._chats: Counter[tuple[str, int]] = Counter()

    def note(self, result: Result) -> None:
        """Count what became of a delivery, if that is progress."""
        delivery = result.delivery
        what = (
            ("announcement", delivery.announcement_id) if delivery.announcement_id else ("digest", delivery.digest_id)
        )
        match result.step:
            case PartSent(_, last) | Changed(last=last):
                self._parts[what] += 1
                self._chats[what] += last
            case Complete():
                self._chats[what] += 1
            case _:
                pass

    def tell(self) -> None:
        """Say what was counted, and begin anew."""
        for what in self._parts | self._chats:
            log.info("delivered", **dict([what]), chats=self._chats[what], messages=self._parts[what])
        self._parts.clear()
        self._chats.clear()
