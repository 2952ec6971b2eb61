"""The step that sends an announcement to one chat: the same bytes to all, and an outcome as a digest has."""

from datetime import timedelta
from functools import partial

import structlog

from bot.delivery.courier import Courier, heed
from bot.delivery.outcome import Outcome, Refused
from bot.delivery.retry import in_doubt_too_often
from bot.delivery.send import send
from bot.delivery.settle import Complete, PartGivenUp, Skipped, Step, settle, try_again
from bot.delivery.write_down import Result
from storage.model import Delivery, SubscriberState

log = structlog.get_logger()

# It is one message.
_PARTS = 1
# So many tries take a day, at the longest wait between two.
_TRIES_OF_A_DAY = 300


async def announce(courier: Courier, delivery: Delivery) -> Result:
    """Send the announcement to its chat, if that still receives, and say what the delivery becomes."""
    step = _without_asking(delivery)
    if step is not None:
        return _not_asked(courier, delivery, step)
    try:
        method, body = await _encoded(courier, delivery)
    except Exception as error:
        log.exception("announcement_not_read", delivery=delivery.id, announcement=delivery.announcement_id)
        again = try_again(delivery, repr(error), now=courier.clock.now(), lateness=_patience(courier, delivery))
        return _not_asked(courier, delivery, again)
    outcome = await _ask(courier, delivery, method, body)
    rests = heed(courier, delivery.subscriber.address.chat_id, outcome)
    now = courier.clock.now()
    patience = _patience(courier, delivery)
    step = settle(delivery, outcome, parts=_PARTS, now=now, lateness=patience, resend=courier.resend)
    return Result(delivery, step, now, rests)


def _patience(courier: Courier, delivery: Delivery) -> timedelta | None:
    """Say how late is too late; None: nothing is, for it waited its turn, and was not tried for long."""
    return courier.patience() if delivery.attempts >= _TRIES_OF_A_DAY else None


def _without_asking(delivery: Delivery) -> Step | None:
    """Say what the delivery becomes if Telegram is not to be asked; None: it is."""
    if delivery.parts_sent >= _PARTS:
        return Complete(_PARTS)
    if delivery.subscriber.state is not SubscriberState.ACTIVE:
        return Skipped(f"the subscriber is {delivery.subscriber.state}")
    if in_doubt_too_often(delivery.doubts):
        return PartGivenUp("the bot was stopped while sending it", last=True)
    return None


def _not_asked(courier: Courier, delivery: Delivery, step: Step) -> Result:
    courier.pace.unused(1)
    return Result(delivery, step, courier.clock.now())


async def _encoded(courier: Courier, delivery: Delivery, *, plain: bool = False) -> tuple[str, bytes]:
    id_, silent = delivery.announcement_id, not delivery.subscriber.preferences.sound
    content = await courier.announcements.content(courier.database, id_)
    return content.method, await courier.announcements.body(courier.database, id_, silent=silent, plain=plain)


async def _ask(courier: Courier, delivery: Delivery, method: str, body: bytes) -> Outcome:
    """Ask Telegram, and if it refuses what is said once more, plainly."""
    address = delivery.subscriber.address
    call = partial(send, courier.bot_api, address, method=method)
    courier.pace.count(address.chat_id)
    outcome = await call(body)
    if isinstance(outcome, Refused):
        log.error("refused", delivery=delivery.id, announcement=delivery.announcement_id, reason=outcome.why)
        courier.pace.count(address.chat_id)
        outcome = await call((await _encoded(courier, delivery, plain=True))[1])
    return outcome
