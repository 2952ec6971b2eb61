"""A group in which a channel is discussed: what the channel has, Telegram forwards there, and nobody reads it twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import deliveries, discussions, roundups
from storage.database import Transaction
from storage.discussions import InChannel
from storage.model import Delivery

# How soon to look again whether the channel has it, and how late, whatever the channel waits for.
_SOON, _LATEST = timedelta(seconds=2), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Left:
    """What is not sent now: *skipped* is what the channel has, *waiting* says of the others when to look again."""

    skipped: Sequence[Delivery]
    waiting: Sequence[tuple[Delivery, datetime]]


async def left_to_channels(tx: Transaction, owed: Iterable[Delivery], *, now: datetime) -> Left:
    """Skip what a channel has, and say what waits for one that may still get it."""
    skipped, waiting = list[Delivery](), list[tuple[Delivery, datetime]]()
    for delivery in owed:
        channel = await discussions.in_channel(tx, delivery) if may_be_forwarded(delivery) else None
        if channel is None:
            continue
        if is_forwarded(channel):
            await deliveries.finish(tx, delivery.id, "skipped", now=now, reason=reason_for(channel))
            skipped.append(delivery)
        elif wait := wait_for(channel, now=now):
            waiting.append((delivery, now + wait))
    return Left(skipped, waiting)


async def leave_out(tx: Transaction, delivery: Delivery, *, now: datetime) -> bool:
    """Let a roundup bring nothing that a channel has, or is still to get: that waits for it, by itself; say whether."""
    channel = await discussions.in_channel(tx, delivery) if may_be_forwarded(delivery) else None
    if channel is None:
        return False
    if is_forwarded(channel):
        await deliveries.finish(tx, delivery.id, "skipped", now=now, reason=reason_for(channel))
        return True
    wait = wait_for(channel, now=now)
    if wait:
        await roundups.leave_roundup(tx, delivery.id, try_at=now + wait)
    return bool(wait)


def may_be_forwarded(delivery: Delivery) -> bool:
    """Say whether it may be one that Telegram forwards; what has begun goes on."""
    subscriber = delivery.subscriber
    is_discussion = subscriber.type == "supergroup" and not subscriber.address.topic_id
    return is_discussion and not delivery.parts_sent and delivery.kind in {"digest", "announcement"}


def is_forwarded(channel: InChannel) -> bool:
    """Say whether the channel has it, and shows of it what the group would be shown."""
    return channel.state == "sent" and channel.has_all


def wait_for(channel: InChannel, *, now: datetime) -> timedelta:
    """Tell how long to wait until the channel may have it; nothing where it will not."""
    if not _is_owed(channel):
        return timedelta()
    return _SOON if channel.try_at is None else min(max(channel.try_at - now, _SOON), _LATEST)


def reason_for(channel: InChannel) -> str:
    """Say why the group is not sent it."""
    return f"its channel {channel.title or channel.channel_id} has it, and Telegram forwards it here"


def _is_owed(channel: InChannel) -> bool:
    if not channel.is_active:
        return False
    return channel.is_coming if channel.state is None else channel.state in {"waiting", "sending"}
