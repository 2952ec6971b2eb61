"""What the database and the log are told after each try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.closing import close_chat
from bot.delivery.changes import Changed, Unchanged
from bot.delivery.nothing import say_nothing_came
from bot.delivery.pace import spacing
from bot.delivery.settle import Again, Complete, Failed, Moved, PartGivenUp, PartSent, Skipped, Step
from bot.delivery.write_down_edit import write_down_edit
from storage import chats, deliveries, moves, rests
from storage.database import Transaction
from storage.deliveries import PartDone
from storage.model import Address, Delivery, SubscriberState
from storage.subscribers import subscriber_with

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Result:
    """What *delivery* becomes, and until when which chats rest since then (0: all of them)."""

    delivery: Delivery
    step: Step | Changed | Unchanged
    at: datetime
    rests: Mapping[int, datetime] = field(default_factory=dict)


async def write_down(tx: Transaction, results: Sequence[Result]) -> None:
    """Store what deliveries become: all parts that went out at once, as these are most."""
    await deliveries.record_parts(tx, [part for result in results if (part := _part(result)) is not None])
    for result in results:
        if not isinstance(result.step, PartSent | PartGivenUp):
            await _write_one(tx, result)


async def _write_one(tx: Transaction, result: Result) -> None:
    delivery, now = result.delivery, result.at
    if result.rests:
        await rests.keep_rests(tx, result.rests)
    match result.step:
        case PartSent() | PartGivenUp():
            # Stored with the others.
            pass
        case Complete(parts):
            # Killed when it was claimed only to end: there was no such part to be given up.
            given_up = max(0, delivery.given_up - (delivery.parts_sent - parts))
            await deliveries.correct_given_up(tx, delivery.id, parts=parts, given_up=given_up)
            state, reason = _end(given_up=given_up, parts=parts, wanted=True)
            await deliveries.finish(tx, delivery.id, state, now=now, reason=reason)
        case Changed() | Unchanged() as step:
            next_at = now + spacing(delivery.subscriber.address.chat_id)
            await write_down_edit(tx, delivery, step, now=now, next_at=next_at)
        case Again(try_at, reason, doubt, held):
            await deliveries.postpone(tx, delivery.id, try_at=try_at, reason=reason, doubt=doubt, held=held)
        case Failed(reason):
            await deliveries.finish(tx, delivery.id, "failed", now=now, reason=reason)
        case Skipped() as skipped:
            await _skip(tx, delivery, skipped, now=now)
        case Moved(to):
            # First, for of two chats that become one a delivery may have to be skipped.
            await deliveries.postpone(tx, delivery.id, try_at=now, reason=f"the chat is now {to}")
            await moves.move_chat(tx, delivery.subscriber.address.chat_id, to=to, now=now)


async def _skip(tx: Transaction, delivery: Delivery, skipped: Skipped, *, now: datetime) -> None:
    if skipped.chat is None and await _is_back(tx, delivery):
        await deliveries.postpone(tx, delivery.id, try_at=now, reason="the subscriber is back")
        return
    await deliveries.finish(tx, delivery.id, "skipped", now=now, reason=skipped.reason)
    await _leave_alone(tx, delivery.subscriber.address, skipped, now=now)
    if skipped.chat is None and _is_roundup(delivery):
        await say_nothing_came(tx, delivery.subscriber, delivery.subscriber.preferences.schedule, now=now)


async def _is_back(tx: Transaction, delivery: Delivery) -> bool:
    """Say whether it is skipped for a subscriber that was lost when it was claimed, and receives again by now."""
    # Closed and opened at once, as a bot that was down hears of it; what was missed was let wait again before this.
    if delivery.subscriber.state not in {SubscriberState.PAUSED, SubscriberState.GONE}:
        return False
    present = await subscriber_with(tx, delivery.subscriber.id)
    return present is not None and present.state is SubscriberState.ACTIVE


def _is_roundup(delivery: Delivery) -> bool:
    # To who gets roundups a digest comes by itself when it is all that there was.
    return delivery.kind in {"digest", "roundup"} and not delivery.parts_sent


async def _leave_alone(tx: Transaction, address: Address, skipped: Skipped, *, now: datetime) -> None:
    match skipped.chat:
        case SubscriberState.GONE:
            await chats.lose_chat(tx, address.chat_id, reason=skipped.reason, now=now)
        case SubscriberState.PAUSED:
            topic_id = address.topic_id if skipped.topic_only else None
            await close_chat(tx, address.chat_id, topic_id=topic_id, reason=skipped.reason, now=now)
        case _:
            pass


def _part(result: Result) -> PartDone | None:
    message_id: int | None = None
    wanted = False
    match result.step:
        case PartSent(message_id, last):
            pass
        case PartGivenUp(_, last, wanted):
            pass
        case _:
            return None
    delivery, given_up = result.delivery, result.delivery.given_up + (message_id is None)
    next_at = result.at + spacing(delivery.subscriber.address.chat_id)
    if not last:
        return PartDone(delivery.id, message_id, next_at)
    state, reason = _end(given_up=given_up, parts=delivery.parts_sent + 1, wanted=wanted)
    return PartDone(delivery.id, message_id, next_at, state, reason, finished_at=result.at)


def _end(*, given_up: int, parts: int, wanted: bool) -> tuple[str, str | None]:
    """Give state and reason of a delivery that has no part left; `sent` is none of which no part surely arrived.

    *wanted*: an operator wants what is in doubt given up.
    """
    if not given_up:
        return "sent", None
    reason = f"{given_up} of {parts} parts may have arrived, and are not sent again"
    if given_up < parts:
        return "sent", reason
    return ("skipped", reason) if wanted else ("failed", f"in doubt too often: {reason}")


def say(result: Result) -> None:
    """Say in the log what was stored, where an operator would ask."""
    delivery = result.delivery
    what = {"announcement": delivery.announcement_id} if delivery.announcement_id else {"digest": delivery.digest_id}
    facts = {"delivery": delivery.id, **what, "chat": delivery.subscriber.address.chat_id}
    match result.step:
        case PartSent() | Complete() | Changed() | Unchanged():
            # There are too many to say of each: `digest-bot deliveries` does.
            pass
        case PartGivenUp(reason, _):
            log.warning("part_given_up", **facts, part=delivery.parts_sent + 1, reason=reason)
        case Again(try_at, reason):
            log.info("postponed", **facts, try_at=try_at.isoformat(), reason=reason)
        case Failed(reason):
            log.error("failed", **facts, reason=reason)
        case Skipped(reason):
            log.info("skipped", **facts, reason=reason)
        case Moved(to):
            log.info("moved", **facts, to=to)
