"""What the database and the log are told after each try."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.delivery.pace import spacing
from bot.delivery.settle import Again, Complete, Failed, Moved, PartGivenUp, PartSent, Skipped, Step
from storage import deliveries, rests, subscribers
from storage.database import Transaction
from storage.model import Delivery

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Result:
    """What *delivery* becomes, and until when which chats rest since then (0: all of them)."""

    delivery: Delivery
    step: Step
    at: datetime
    rests: Mapping[int, datetime] = field(default_factory=dict)


async def write_down(tx: Transaction, result: Result) -> None:
    """Store what the delivery becomes."""
    delivery, now = result.delivery, result.at
    await rests.keep_rests(tx, result.rests)
    match result.step:
        case PartSent(message_id, last):
            await _record_part(tx, result, message_id, last=last)
        case PartGivenUp(_, last):
            await _record_part(tx, result, None, last=last)
        case Complete():
            await _end(tx, delivery, now, given_up=delivery.given_up, parts=delivery.parts_sent)
        case Again(try_at, reason, doubt, held):
            await deliveries.postpone(tx, delivery.id, try_at=try_at, reason=reason, doubt=doubt, held=held)
        case Failed(reason):
            await deliveries.finish(tx, delivery.id, "failed", now=now, reason=reason)
        case Skipped(reason, chat, topic_only):
            await deliveries.finish(tx, delivery.id, "skipped", now=now, reason=reason)
            if chat is not None:
                address = delivery.subscriber.address
                topic_id = address.topic_id if topic_only else None
                await subscribers.set_state(tx, address.chat_id, chat, topic_id=topic_id, reason=reason)
        case Moved(to):
            await subscribers.move_chat(tx, delivery.subscriber.address.chat_id, to=to)
            await deliveries.postpone(tx, delivery.id, try_at=now, reason=f"the chat is now {to}")


async def _record_part(tx: Transaction, result: Result, message_id: int | None, *, last: bool) -> None:
    delivery = result.delivery
    next_at = result.at + spacing(delivery.subscriber.address.chat_id)
    await deliveries.record_part(tx, delivery.id, message_id=message_id, next_at=next_at)
    if last:
        given_up = delivery.given_up + (message_id is None)
        await _end(tx, delivery, result.at, given_up=given_up, parts=delivery.parts_sent + 1)


async def _end(tx: Transaction, delivery: Delivery, now: datetime, *, given_up: int, parts: int) -> None:
    """End a delivery of which no part is left: nobody can call `sent` what may have arrived in no part."""
    state = "skipped" if given_up and given_up == parts else "sent"
    reason = f"{given_up} of {parts} parts may have arrived, and are not sent again" if given_up else None
    await deliveries.finish(tx, delivery.id, state, now=now, reason=reason)


def say(result: Result) -> None:
    """Say in the log what was stored, where an operator would ask."""
    delivery = result.delivery
    facts = {"delivery": delivery.id, "digest": delivery.digest_id, "chat": delivery.subscriber.address.chat_id}
    match result.step:
        case PartSent(_, last):
            if last:
                log.info("delivered", **facts, parts=delivery.parts_sent + 1)
        case PartGivenUp(reason, _):
            log.warning("part_given_up", **facts, part=delivery.parts_sent + 1, reason=reason)
        case Complete():
            log.info("delivered", **facts, parts=delivery.parts_sent)
        case Again(try_at, reason):
            log.info("postponed", **facts, try_at=try_at.isoformat(), reason=reason)
        case Failed(reason):
            log.error("failed", **facts, reason=reason)
        case Skipped(reason):
            log.info("skipped", **facts, reason=reason)
        case Moved(to):
            log.info("moved", **facts, to=to)
