"""What time it is in the sandbox: the only file of this room that asks the system."""

import time
from dataclasses import dataclass
from datetime import timedelta


@dataclass(slots=True)
class Clock:
    """The system's time, moved *ahead* by a test that does not want to wait for an expiry."""

    ahead: timedelta = timedelta(0)

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self.ahead.total_seconds()  # noqa: TID251 the sandbox stands apart; this is its clock

    def steady(self) -> float:
        """Seconds that never go back, for measuring."""
        return time.monotonic()
