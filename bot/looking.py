"""Looking at a source again and again: when the next look is, and who is told that all are in vain."""

from datetime import timedelta

from bot.bell import Bell
from bot.look import Looker, look

# A source that is down is tried again at least so often.
_LONGEST_WAIT = timedelta(minutes=15)
# However long a server asks to be left alone.
_LONGEST_ASKED = timedelta(hours=6)
# After so many looks in vain operators are told: less is a hiccup.
_TELLING = 3
# The schedule rings long before.
_AGES = timedelta(days=1)


async def keep_looking(looker: Looker, wake: Bell) -> None:
    """Look, and again whenever *wake* rings; may be cancelled anywhere, as a look is made of transactions.

    A source that is out of reach is tried again after growing waits, whatever rings.
    """
    failures = 0
    while True:
        unreachable = await look(looker)
        failures = 0 if unreachable is None else failures + 1
        if failures == _TELLING and unreachable is not None:
            await looker.tell("operator-source-down", source=looker.source.name, problem=str(unreachable))
        if unreachable is not None and not looker.digest_files.local:
            await looker.alive.rest(wait_after(failures, looker.source.poll_interval, asked=unreachable.retry_after))
        else:
            await wake.heard(_AGES)


def wait_after(failures: int, interval: timedelta, *, asked: timedelta | None = None) -> timedelta:
    """Say how long to leave a source alone that was out of reach so many times in a row, and *asked* for a while."""
    wait = max(interval, min(interval * float(2 ** min(failures - 1, 20)), _LONGEST_WAIT))
    return max(wait, min(asked, _LONGEST_ASKED)) if asked else wait
