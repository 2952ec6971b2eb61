"""The step that takes from the outbox what there is a turn for."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Protocol

import structlog

from bot.delivery.discussed import left_to_channels
from bot.delivery.selecting import Key, NotPreparedError, Selector
from bot.due import held_until
from storage import announced, deliveries, held, pauses
from storage.database import Transaction
from storage.deliveries import Candidate
from storage.model import Delivery, MadeOf

log = structlog.get_logger()

# How often to look further when all that was found has to wait for its chat, and at how many times as much each time:
# what waits for one chat may be hundreds, and whoever stands behind them is not to wait for it.
_ROUNDS = 4
_FURTHER, _MOST = 8, 500
# How much is given up at once of what is no news any more, while a reader's command hardly notices.
_LATE_AT_ONCE = 2_000
# What waits for another delivery to its chat is looked at again after so long.
_A_WHILE = timedelta(seconds=1)
# And what could not be selected.
_LONGER = timedelta(minutes=1)
# Times to look again fall on a grid, so that what waits for one chat's rest waits until the same time, whenever it was
# found, and goes in its order then.
_GRID = timedelta(milliseconds=100)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is to be sent now, each with what its next part is made of, and how many were given up as too *late*.

    *more*: nobody has looked yet at all that is due. *unprepared*: digests in which words are to be looked for first.
    """

    deliveries: list[tuple[Delivery, MadeOf]]
    late: int = 0
    more: bool = False
    unprepared: frozenset[Key] = frozenset()


async def claim(
    tx: Transaction,
    *,
    now: datetime,
    limit: int,
    busy: Collection[int],
    rest_of: Callable[[int], timedelta],
    lateness: timedelta | None,
    selector: Selector,
) -> Claimed:
    """Take up to *limit* deliveries that are due, so that no one else can: one for a chat, and none for *busy* ones.

    A claim is for one part: what has more waits again when that one is recorded. Until its last one, nothing else goes
    to its subscriber, so that the parts of two digests never mix. What cannot go yet, as its chat rests, is put off
    until it can, and so is in nobody's way; what its subscriber wants nothing of now is kept for a roundup. All in one
    transaction that nobody else can come into. Announcements have what turns digests leave.
    """
    if await pauses.is_paused(tx):
        return Claimed([])
    # Of one chat always the same, however long the looking takes.
    turns = _Turns(now, limit, cache(rest_of), selector, set(busy))
    late, more = await _take(tx, turns, deliveries.candidates, lateness=lateness)
    # News go first; what an operator says is never too late for having waited for them.
    if turns.left and not (more or late or turns.unprepared):
        _, more = await _take(tx, turns, announced.candidates, lateness=None)
    if turns.claimed:
        await deliveries.mark_sending(tx, [(delivery.id, made_of) for delivery, made_of in turns.claimed])
    return Claimed(turns.claimed, late, more, frozenset(turns.unprepared))


class _Candidates(Protocol):
    async def __call__(
        self, tx: Transaction, *, now: datetime, limit: int, except_chats: Collection[int]
    ) -> list[Candidate]: ...


async def _take(
    tx: Transaction, turns: "_Turns", candidates: _Candidates, *, lateness: timedelta | None
) -> tuple[int, bool]:
    """Give the turns that are left to *candidates*; say how many were given up as too late, and whether to look on."""
    late, at_once, more = 0, turns.left, False
    for _ in range(_ROUNDS):
        found = await candidates(tx, now=turns.now, limit=at_once, except_chats=turns.taken)
        if lateness is not None and (too_late := _late(found, turns.now - lateness)):
            late += await _give_up_late(tx, too_late, now=turns.now, lateness=lateness)
            continue
        kept = await _keep(tx, found, turns)
        kept |= await _leave_to_channels(tx, [each for each in found if each.delivery.id not in kept], turns)
        for candidate in found:
            if candidate.delivery.id not in kept:
                await turns.offer(tx, candidate)
        put_off = await turns.put_off(tx)
        more = bool(put_off or kept) and turns.left > 0
        if not more:
            break
        at_once = max(at_once, min(at_once * _FURTHER, _MOST))
    return late, more


@dataclass(slots=True)
class _Turns:
    """The turns that there are, and who has them."""

    now: datetime
    limit: int
    rest_of: Callable[[int], timedelta]
    selector: Selector
    # Chats that nothing more is for.
    taken: set[int]
    claimed: list[tuple[Delivery, MadeOf]] = field(default_factory=list)
    unprepared: set[Key] = field(default_factory=set)
    _waiting: list[tuple[int, datetime]] = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many turns nobody has."""
        return self.limit - len(self.claimed)

    async def offer(self, tx: Transaction, candidate: Candidate) -> None:
        """Give the candidate a turn, unless its chat rests or has had one."""
        delivery = candidate.delivery
        chat_id = delivery.subscriber.address.chat_id
        wait = max(self.rest_of(chat_id), _wait_for_begun(candidate, now=self.now))
        if wait > timedelta():
            self._waiting.append((delivery.id, _on_the_grid(self.now + wait)))
        elif chat_id not in self.taken and self.left:
            self.taken.add(chat_id)
            await self._give(tx, delivery)

    def wait(self, delivery: Delivery, until: datetime) -> None:
        """Let the delivery wait until then."""
        self._waiting.append((delivery.id, until))

    async def put_off(self, tx: Transaction) -> bool:
        """Put off what cannot go yet, and say whether there was any."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            await deliveries.put_off(tx, waiting)
        return bool(waiting)

    async def _give(self, tx: Transaction, delivery: Delivery) -> None:
        try:
            self.claimed.append((delivery, await self.selector.made_of(tx, delivery, now=self.now)))
        except NotPreparedError as error:
            self.unprepared |= error.keys
        # One that cannot be read is in the way of no other.
        except (ArithmeticError, LookupError, TypeError, ValueError):
            log.exception("not_selected", delivery=delivery.id, digest=delivery.digest_id)
            self._waiting.append((delivery.id, self.now + _LONGER))


def _late(found: Sequence[Candidate], due_before: datetime) -> list[int]:
    return [candidate.delivery.id for candidate in found if candidate.delivery.due_at < due_before]


async def _give_up_late(tx: Transaction, ids: Sequence[int], *, now: datetime, lateness: timedelta) -> int:
    hours = f"{lateness / timedelta(hours=1):.3g}"
    reason = f"too late: it was due more than {hours} hours ago (DIGEST_BOT_CATCH_UP_HOURS)"
    return await deliveries.give_up_late(
        tx, ids, due_before=now - lateness, reason=reason, now=now, limit=_LATE_AT_ONCE
    )


def _wait_for_begun(candidate: Candidate, *, now: datetime) -> timedelta:
    # An edit that has begun holds up no news, and does not come between their parts either.
    if candidate.begun_until is None or (candidate.delivery.parts_sent and candidate.delivery.kind != "edit"):
        return timedelta()
    return max(candidate.begun_until - now, _A_WHILE)


async def _keep(tx: Transaction, found: Sequence[Candidate], turns: _Turns) -> set[int]:
    """Keep for later what its subscriber wants nothing of now, and give the ids of that."""
    # What has begun goes on, and an edit rings no phone.
    begins = [each.delivery for each in found if not each.delivery.parts_sent and each.delivery.kind != "edit"]
    kept = {
        delivery.id: until
        for delivery in begins
        if (until := held_until(delivery.subscriber.preferences.schedule, now=turns.now)) is not None
    }
    # An announcement is no part of a roundup: it just waits.
    for delivery in begins:
        if delivery.kind == "announcement" and delivery.id in kept:
            turns.wait(delivery, kept[delivery.id])
    if digests := {each.id: kept[each.id] for each in begins if each.id in kept and each.kind != "announcement"}:
        await held.hold(tx, digests.items())
    return set(kept)


async def _leave_to_channels(tx: Transaction, found: Sequence[Candidate], turns: _Turns) -> set[int]:
    """Leave to channels what Telegram forwards from there, and give the ids of that."""
    left = await left_to_channels(tx, (each.delivery for each in found), now=turns.now)
    for delivery, until in left.waiting:
        turns.wait(delivery, until)
    return {delivery.id for delivery in left.skipped} | {delivery.id for delivery, _ in left.waiting}


def _on_the_grid(at: datetime) -> datetime:
    return _EPOCH - (_EPOCH - at) // _GRID * _GRID
