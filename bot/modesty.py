"""How a process of ours that reads what strangers wrote leaves the machine to the bot."""

import os
from contextlib import suppress

_NICENESS = 10


def be_modest(memory: int) -> None:
    """Take no more than so many bytes of *memory*, and no time that the bot wants, where the system can see to that."""
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource  # noqa: PLC0415 - only some systems have it

        os.nice(_NICENESS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
