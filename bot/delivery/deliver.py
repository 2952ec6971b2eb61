"""The worker that empties the outbox: claim, show, send, record.

A claim is for one part of one delivery, and is made when there is a turn to send it: so a delivery in the state
`sending` is one that Telegram is being asked to show, and only such a one is ever in doubt. The worker waits neither
for a chat that rests nor for a call that hangs; those hold up nobody else.
"""

import asyncio
import math
from dataclasses import dataclass
from datetime import timedelta

import structlog
from telegram.ext import ExtBot

from bot.bell import Bell
from bot.clock import Clock
from bot.delivery.buttons import button_for
from bot.delivery.match import why_not
from bot.delivery.outcome import Flood, Outcome, Refused, Unreachable, Unsure
from bot.delivery.pace import Pace
from bot.delivery.record import Recorder
from bot.delivery.retry import wait_after_doubt
from bot.delivery.send import send
from bot.delivery.settle import Complete, Failed, Skipped, Step, settle, try_again
from bot.delivery.views import Views
from bot.delivery.write_down import write_down
from bot.digests.twins import nearest_edition
from bot.messages.phrases import choose_language
from bot.messages.view import MessagePart
from storage import deliveries
from storage.database import Database, DatabaseUnusable
from storage.heartbeats import beat
from storage.model import Delivery, MadeOf

log = structlog.get_logger()

# More calls than Telegram's pace can have under way at once, and few enough to be in doubt together.
_IN_FLIGHT = 64
# The longest sleep: what another process writes into the database rings no bell.
_NAP = timedelta(seconds=2)
# How often the worker shows that it lives.
_HEARTBEAT = timedelta(seconds=10)
# How long calls in flight may take to end when the worker is told to stop.
_LAST_CALLS = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class Courier:
    """What delivering needs."""

    database: Database
    telegram_bot: ExtBot[bool]
    pace: Pace
    clock: Clock
    views: Views
    recorder: Recorder
    # Rung when something may be due.
    bell: Bell
    # What still fails when it is this late is given up; None: never.
    lateness: timedelta | None


async def deliver(courier: Courier, stopping: asyncio.Event) -> None:
    """Deliver whatever is due, until told to stop; what Telegram was asked by then is still recorded if it answers."""
    # The chats with a part under way: asked of Telegram, and not recorded yet.
    busy: set[int] = set()
    try:
        async with asyncio.timeout(None) as last_calls, asyncio.TaskGroup() as calls:
            alive = -math.inf
            while not stopping.is_set():
                alive = await _beat(courier, alive)
                for delivery in await _next_deliveries(courier, busy):
                    busy.add(delivery.subscriber.address.chat_id)
                    calls.create_task(_deliver_part(courier, delivery, busy))
            last_calls.reschedule(asyncio.get_running_loop().time() + _LAST_CALLS.total_seconds())
    except TimeoutError:
        log.warning("left_in_doubt", deliveries=len(busy), remedy="they are sent again at the next start")


async def _next_deliveries(courier: Courier, busy: set[int]) -> list[Delivery]:
    """Claim what there is a turn for, or wait until that may have changed."""
    free = _IN_FLIGHT - len(busy)
    if free <= 0:
        await courier.bell.heard(_NAP)
        return []
    turns = await courier.pace.broadcast(free)
    if not turns:
        return []
    try:
        async with courier.database.transaction() as tx:
            claimed = await deliveries.claim(
                tx, now=courier.clock.now(), limit=turns, except_chats={*courier.pace.resting(), *busy}
            )
    except DatabaseUnusable as error:
        log.error("outbox_not_readable", reason=str(error), remedy="sending goes on when it is")
        claimed = []
    courier.pace.unused(turns - len(claimed))
    for delivery in claimed:
        courier.pace.count(delivery.subscriber.address.chat_id)
    if not claimed:
        await courier.bell.heard(await _until_due(courier))
    return claimed


async def _beat(courier: Courier, last: float) -> float:
    now = courier.clock.monotonic()
    if now - last < _HEARTBEAT.total_seconds():
        return last
    try:
        async with courier.database.transaction() as tx:
            await beat(tx, "deliver", now=courier.clock.now())
    except DatabaseUnusable as error:
        log.error("sign_of_life_not_written", reason=str(error))
    return now


async def _until_due(courier: Courier) -> timedelta:
    try:
        async with courier.database.snapshot() as tx:
            try_at = await deliveries.next_try(tx)
    except DatabaseUnusable:
        return _NAP
    now = courier.clock.now()
    if try_at is not None and try_at > now:
        return min(_NAP, try_at - now)
    # What is due and was not claimed is for a chat that rests, or that a call is under way to.
    rested = courier.pace.next_rested()
    return _NAP if try_at is None or rested is None else min(_NAP, rested)


async def _deliver_part(courier: Courier, delivery: Delivery, busy: set[int]) -> None:
    step, made_of = await _attempt(courier, delivery)
    try:
        await courier.recorder.record(lambda tx: write_down(tx, delivery, step, made_of, now=courier.clock.now()))
    # It stays claimed, and so in doubt until the next start; the others go on.
    except Exception:
        log.exception("result_not_recordable", delivery=delivery.id, digest=delivery.digest_id)
    busy.discard(delivery.subscriber.address.chat_id)
    courier.bell.ring()


async def _attempt(courier: Courier, delivery: Delivery) -> tuple[Step, MadeOf]:
    """Ask Telegram for the delivery's next part, if it is still wanted, and say what the delivery becomes."""
    made_of = delivery.made_of or _made_of(delivery)
    try:
        editions = [
            await courier.views.digest(edition.digest_id, revision=edition.revision) for edition in delivery.editions
        ]
        unwanted = why_not(delivery.subscriber, editions)
        if unwanted is not None:
            return Skipped(unwanted), made_of
        parts = await courier.views.parts(made_of)
    except Exception as error:
        log.exception("view_not_made", delivery=delivery.id, digest=delivery.digest_id)
        return try_again(delivery, repr(error), now=courier.clock.now(), lateness=courier.lateness), made_of
    # A digest that another version laid out may have had more parts then.
    if delivery.parts_sent >= len(parts):
        return Complete(), made_of
    if wait_after_doubt(delivery.doubts) is None:
        return Failed("in doubt too often: the bot was stopped while sending it"), made_of
    outcome = await _ask(courier, delivery, made_of, parts[delivery.parts_sent])
    step = settle(delivery, outcome, parts=len(parts), now=courier.clock.now(), lateness=courier.lateness)
    return step, made_of


def _made_of(delivery: Delivery) -> MadeOf:
    preferences = delivery.subscriber.preferences
    languages = [edition.language for edition in delivery.editions]
    edition = delivery.editions[nearest_edition(languages, preferences.language)]
    language = choose_language(preferences.language or edition.language)
    return MadeOf(edition.digest_id, edition.revision, preferences.layout, language)


async def _ask(courier: Courier, delivery: Delivery, made_of: MadeOf, part: MessagePart) -> Outcome:
    address = delivery.subscriber.address
    outcome = await send(courier.telegram_bot, address, part, button=button_for(delivery, made_of, part))
    if isinstance(outcome, Refused):
        log.error("refused", delivery=delivery.id, digest=delivery.digest_id, reason=outcome.why, remedy="sent plain")
        courier.pace.count(address.chat_id)
        outcome = await send(courier.telegram_bot, address, part, plain=True)
    match outcome:
        case Unreachable():
            courier.pace.lost()
        case Flood(wait):
            courier.pace.rest(address.chat_id, wait)
        case Unsure():
            # Neither an answer nor a loss.
            pass
        case _:
            courier.pace.reached()
    return outcome
