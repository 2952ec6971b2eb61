"""The step at the end of a look in which what it brought is let go, or held because it is too much at once.

A look publishes in batches, so that how much it brings is known only now; a look that was broken off leaves the
question to the next.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.messages.graphemes import shortened
from bot.messages.taps import DecideHeld, write
from storage import fan_outs, notices
from storage.database import Transaction
from storage.fan_outs import Hold, Resting
from storage.sources import Source
from storage.time import to_millis

log = structlog.get_logger()

# More than so many at once are somebody's mistake, or a flood that readers did not ask for.
_MANY = 20
_MOST_TITLES = 5
_LONGEST_TITLE = 100


def first_hold(operators: Sequence[int]) -> Hold | None:
    """Say what a fan-out begins with: *operators*, should any be named, get the digest first."""
    return "canary" if operators else None


async def settle_arrivals(
    tx: Transaction, source: Source, *, operators: Sequence[int], now: datetime, every: timedelta
) -> None:
    """Let go what came from *source* and was being counted, the oldest first; hold too many and ask *operators*.

    *source* is as it was before this look, and is looked at *every* so often: so what a downtime missed is known. What
    is due at another time does not come at once with anything. Where nobody can be asked, nothing waits for it.
    """
    counted = await fan_outs.resting(tx, source.id, hold="counting")
    due = [each for each in counted if each.due_at <= now]
    if operators and len(due) > _MANY:
        # By when they were held they are known to the buttons.
        await fan_outs.set_hold(tx, _ids(due), "many", due_at=now)
        await _ask(tx, source, due, operators=operators, now=now)
        counted = [each for each in counted if each.due_at > now]
    # Due from when they were: what a look that was killed brought may be late by now.
    await fan_outs.set_hold(tx, _ids(counted), first_hold(operators))
    if source.last_look is not None:
        await fan_outs.note_missed(tx, _ids(counted), last_look=source.last_look, every=every)
    if not operators:
        many = await fan_outs.resting(tx, source.id, hold="many")
        await fan_outs.set_hold(tx, _ids(many), None, due_at=now)


def _ids(digests: Sequence[Resting]) -> list[int]:
    return [each.digest_id for each in digests]


async def _ask(
    tx: Transaction, source: Source, held: Sequence[Resting], *, operators: Sequence[int], now: datetime
) -> None:
    log.warning("held", source=source.name, digests=len(held), remedy="operators are asked what to do")
    facts = {
        "source": source.name,
        "count": len(held),
        "titles": "\n".join(f"· {shortened(each.title, _LONGEST_TITLE)}" for each in held[:_MOST_TITLES]),
        "more": len(held[_MOST_TITLES:]),
    }
    choices = {"button-send-all": len(held), "button-send-newest": 1, "button-send-none": 0}
    since = to_millis(now)
    buttons = [(name, write(DecideHeld(source.id, since, newest))) for name, newest in choices.items()]
    for user_id in operators:
        await notices.add_notice(tx, user_id, "operator-held", facts, buttons, now=now)
