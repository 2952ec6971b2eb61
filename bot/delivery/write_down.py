"""What the database is told after each try."""

from datetime import datetime

import structlog

from bot.delivery.settle import Again, Complete, Failed, Moved, PartSent, Skipped, Step
from storage import deliveries, subscribers
from storage.database import Transaction
from storage.model import Delivery, MadeOf

log = structlog.get_logger()


async def write_down(tx: Transaction, delivery: Delivery, step: Step, made_of: MadeOf, *, now: datetime) -> None:
    """Store what the delivery becomes, and say so in the log where an operator would ask."""
    facts = {"delivery": delivery.id, "digest": delivery.digest_id, "chat": delivery.subscriber.address.chat_id}
    match step:
        case PartSent(message_id, last):
            await deliveries.record_part(tx, delivery.id, message_id=message_id, made_of=made_of)
            if last:
                await deliveries.finish(tx, delivery.id, "sent", now=now)
                log.info("delivered", **facts, parts=delivery.parts_sent + 1)
        case Complete():
            await deliveries.finish(tx, delivery.id, "sent", now=now)
            log.info("delivered", **facts, parts=delivery.parts_sent)
        case Again(try_at, reason, doubt, held):
            await deliveries.postpone(tx, delivery.id, try_at=try_at, reason=reason, doubt=doubt, held=held)
            log.info("postponed", **facts, try_at=try_at.isoformat(), reason=reason)
        case Failed(reason):
            await deliveries.finish(tx, delivery.id, "failed", now=now, reason=reason)
            log.error("failed", **facts, reason=reason)
        case Skipped(reason, chat, topic_only):
            await deliveries.finish(tx, delivery.id, "skipped", now=now, reason=reason)
            if chat is not None:
                address = delivery.subscriber.address
                topic_id = address.topic_id if topic_only else None
                await subscribers.set_state(tx, address.chat_id, chat, topic_id=topic_id, reason=reason)
            log.info("skipped", **facts, reason=reason)
        case Moved(to):
            await subscribers.move_chat(tx, delivery.subscriber.address.chat_id, to=to)
            await deliveries.postpone(tx, delivery.id, try_at=now, reason=f"the chat is now {to}")
            log.info("moved", **facts, to=to)
