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
    """Counts, for each digest, what has arrived since it was last told."""

    def __init__(self) -> None:
        self._parts: Counter[int] = Counter()
        self._chats: Counter[int] = Counter()

    def note(self, result: Result) -> None:
        """Count what became of a delivery, if that is progress."""
        digest_id = result.delivery.digest_id
        match result.step:
            case PartSent(_, last) | Changed(last=last):
                self._parts[digest_id] += 1
                self._chats[digest_id] += last
            case Complete():
                self._chats[digest_id] += 1
            case _:
                pass

    def tell(self) -> None:
        """Say what was counted, and begin anew."""
        for digest_id in self._parts | self._chats:
            log.info("delivered", digest=digest_id, chats=self._chats[digest_id], messages=self._parts[digest_id])
        self._parts.clear()
        self._chats.clear()
