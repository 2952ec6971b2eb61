"""The worker that empties the outbox: claim, show, send, record.

A claim is for one part of one delivery, and is made when there is a turn to send it: so a delivery in the state
`sending` is one that Telegram is being asked to show, and only such a one is ever in doubt. The worker waits neither
for a chat that rests nor for a call that hangs; those hold up nobody else.
"""

import asyncio
import math
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.delivery.announce import announce
from bot.delivery.claim import Claimed, claim
from bot.delivery.courier import Courier, ask
from bot.delivery.edit import edit
from bot.delivery.match import why_no_roundup, why_not
from bot.delivery.progress import EVERY, Progress
from bot.delivery.retry import in_doubt_too_often
from bot.delivery.selecting import Key
from bot.delivery.send import send
from bot.delivery.settle import Again, Complete, PartGivenUp, PartSent, Skipped, Step, settle, try_again
from bot.delivery.views import Look
from bot.delivery.write_down import Result, say
from bot.endings import TokenRefused
from storage import deliveries
from storage.database import DatabaseUnusable
from storage.heartbeats import beat
from storage.model import Delivery, MadeOf
from storage.rests import EVERY_CHAT

log = structlog.get_logger()

# More calls than Telegram's pace can have under way at once, and few enough to be in doubt together.
_FEW_IN_FLIGHT = 64
# How long a call may take without slowing down those after it, in seconds.
_SLOW_CALL = 0.25
# The longest sleep: what another process writes into the database rings no bell.
_NAP = timedelta(seconds=2)
# Between two digests for one chat, as after a downtime, so that one can be seen before the next pushes it away.
_BETWEEN = timedelta(seconds=3)
# How long to wait for a database that cannot be written.
_PATIENCE = timedelta(seconds=1)
# A rest of all chats that operators are told of.
_LONG = timedelta(seconds=30)
# How long calls in flight may take to end when the worker is told to stop.
_LAST_CALLS = timedelta(seconds=8)


async def deliver(courier: Courier, stopping: asyncio.Event) -> None:
    """Deliver whatever is due, until told to stop; what Telegram was asked by then is still recorded if it answers.

    Raises TokenRefused when Telegram does not know the bot.
    """
    work = _Work()
    try:
        async with asyncio.timeout(None) as last_calls, asyncio.TaskGroup() as calls:
            while not stopping.is_set() and work.refusal is None:
                await _beat(courier, work)
                for delivery, made_of in await _next_deliveries(courier, work.busy):
                    work.busy.add(delivery.subscriber.address.chat_id)
                    calls.create_task(_deliver_part(courier, delivery, made_of, work))
            last_calls.reschedule(asyncio.get_running_loop().time() + _LAST_CALLS.total_seconds())
    except TimeoutError:
        await _leave_in_doubt(courier)
    finally:
        work.progress.tell()
    if work.refusal is not None:
        raise work.refusal


@dataclass(slots=True)
class _Work:
    """What is under way."""

    # The chats with a part under way: asked of Telegram, and not recorded yet.
    busy: set[int] = field(default_factory=set)
    progress: Progress = field(default_factory=Progress)
    # By the monotonic clock.
    last_beat: float = -math.inf
    # Set when Telegram does not know the token: there is no sense in going on.
    refusal: TokenRefused | None = None


def in_flight_at(rate: float) -> int:
    """Tell how many calls are to be under way at once, so that *rate* messages a second can go out."""
    return max(_FEW_IN_FLIGHT, round(rate * _SLOW_CALL))


async def give_back(courier: Courier) -> int:
    """Let wait again what was claimed and never recorded, and say how many: each is in doubt."""
    work = partial(deliveries.give_back, now=courier.clock.now(), resend=courier.resend)
    return await courier.database.at_once(work)


async def _leave_in_doubt(courier: Courier) -> None:
    try:
        left = await give_back(courier)
    except DatabaseUnusable as error:
        log.error("doubt_not_recorded", reason=str(error), remedy="the next start does it")
    else:
        log.warning("left_in_doubt", deliveries=left, remedy=of_doubt(resend=courier.resend))


def of_doubt(*, resend: bool) -> str:
    """Say what becomes of what is in doubt."""
    return "they are sent again" if resend else "they are not sent again, as DIGEST_BOT_WHEN_UNSURE says"


async def _next_deliveries(courier: Courier, busy: set[int]) -> list[tuple[Delivery, MadeOf]]:
    """Claim what there is a turn for, or wait until that may have changed."""
    free = courier.in_flight - len(busy)
    if free <= 0:
        await courier.bell.heard(_NAP)
        return []
    turns = await courier.pace.broadcast(free)
    if not turns:
        return []
    now = courier.clock.now()
    claimed = await _claim(courier, turns, busy, now=now)
    courier.pace.unused(turns - len(claimed.deliveries))
    if claimed.unprepared:
        await _prepare(courier, claimed.unprepared)
    if claimed.late:
        log.warning(
            "given_up_as_late", deliveries=claimed.late, remedy="DIGEST_BOT_CATCH_UP_HOURS says how late is late"
        )
    elif not claimed.deliveries and not claimed.more and not claimed.unprepared:
        await courier.bell.heard(await _until_due(courier, after=now))
    return claimed.deliveries


async def _claim(courier: Courier, turns: int, busy: set[int], *, now: datetime) -> Claimed:
    work = partial(
        claim,
        now=now,
        limit=turns,
        busy=frozenset(busy),
        rest_of=partial(courier.pace.rest_of, at=courier.clock.monotonic()),
        lateness=courier.patience(),
        selector=courier.selector,
    )
    try:
        return await courier.database.at_once(work)
    except DatabaseUnusable as error:
        if await courier.disk.trouble(reason=str(error)):
            log.error("outbox_not_readable", reason=str(error), remedy="sending goes on when it is")
        # Chats that have rested, or turns that come, would else ask again and again.
        await courier.clock.sleep(_PATIENCE)
        return Claimed([])


async def _prepare(courier: Courier, keys: Collection[Key]) -> None:
    try:
        await courier.selector.prepare(courier.database, keys)
    except DatabaseUnusable as error:
        log.error("outbox_not_readable", reason=str(error), remedy="sending goes on when it is")
        await courier.clock.sleep(_PATIENCE)
    # What waits for it is tried again; all the others go on.
    except Exception:
        log.exception("words_not_looked_for", digests=sorted(keys))
        await courier.clock.sleep(_PATIENCE)


async def _beat(courier: Courier, work: _Work) -> None:
    """Show now and then that the worker lives, and how far it is."""
    now = courier.clock.monotonic()
    if now - work.last_beat < EVERY.total_seconds():
        return
    work.last_beat = now
    work.progress.tell()
    if not courier.pace.rest_of_all():
        await courier.flood.no_trouble()
    try:
        await courier.database.at_once(partial(beat, worker="deliver", now=courier.clock.now()))
    except DatabaseUnusable as error:
        if await courier.disk.trouble(reason=str(error)):
            log.error("sign_of_life_not_written", reason=str(error))
    else:
        await courier.disk.no_trouble()


async def _until_due(courier: Courier, *, after: datetime) -> timedelta:
    try:
        async with courier.database.snapshot() as tx:
            # What is due and was not claimed is for a chat that a call is under way to, or an operator paused it all.
            try_at = await deliveries.next_try(tx, after=after)
    except DatabaseUnusable:
        return _NAP
    return _NAP if try_at is None else min(_NAP, try_at - courier.clock.now())


async def _deliver_part(courier: Courier, delivery: Delivery, made_of: MadeOf, work: _Work) -> None:
    try:
        result = await _attempt(courier, delivery, made_of)
    except TokenRefused as refusal:
        # It did not arrive, so it is not in doubt; and who asked beside it is to be told the same, not cut off.
        work.refusal = refusal
        now = courier.clock.now()
        result = Result(delivery, Again(now, "Telegram does not know the token"), now)
    # It stays claimed, and so in doubt until the next start; the others go on.
    except Exception:
        log.exception("attempt_failed", delivery=delivery.id, digest=delivery.digest_id)
        work.busy.discard(delivery.subscriber.address.chat_id)
        courier.bell.ring()
        return
    try:
        await courier.recorder.record(result)
    # As above.
    except Exception:
        log.exception("result_not_recordable", delivery=delivery.id, digest=delivery.digest_id)
    else:
        say(result)
        work.progress.note(result)
    if isinstance(result.step, PartSent) and result.step.last:
        courier.pace.rest_one(delivery.subscriber.address.chat_id, _BETWEEN)
    work.busy.discard(delivery.subscriber.address.chat_id)
    courier.bell.ring()
    if EVERY_CHAT in result.rests:
        await _tell_of_flood(courier, result.rests[EVERY_CHAT] - result.at)


async def _tell_of_flood(courier: Courier, wait: timedelta) -> None:
    if wait >= _LONG:
        await courier.flood.trouble(minutes=max(1, round(wait / timedelta(minutes=1))))


async def _attempt(courier: Courier, delivery: Delivery, made_of: MadeOf) -> Result:
    """Ask Telegram for the delivery's next part, if it is still wanted, and say what the delivery becomes."""
    if delivery.kind == "announcement":
        return await announce(courier, delivery)
    if delivery.kind == "edit":
        return await edit(courier, delivery, made_of)
    try:
        bodies = await courier.views.bodies(made_of, Look.of(delivery.subscriber))
        step = await _without_asking(courier, delivery, made_of, parts=len(bodies))
    except Exception as error:
        log.exception("view_not_made", delivery=delivery.id, digest=delivery.digest_id)
        step = try_again(delivery, repr(error), now=courier.clock.now(), lateness=courier.patience())
    if step is not None:
        courier.pace.unused(1)
        return Result(delivery, step, courier.clock.now())
    call = partial(send, courier.bot_api, delivery.subscriber.address)
    outcome, rests = await ask(
        courier, delivery, made_of, part=delivery.parts_sent, body=bodies[delivery.parts_sent], call=call
    )
    now = courier.clock.now()
    step = settle(delivery, outcome, parts=len(bodies), now=now, lateness=courier.patience(), resend=courier.resend)
    return Result(delivery, step, now, rests)


async def _without_asking(courier: Courier, delivery: Delivery, made_of: MadeOf, *, parts: int) -> Step | None:
    """Say what the delivery becomes if Telegram is not to be asked for more of it; None: it is."""
    editions = [
        await courier.views.digest(edition.digest_id, revision=edition.revision) for edition in delivery.editions
    ]
    unwanted = (
        why_no_roundup(delivery.subscriber, made_of)
        if delivery.kind == "roundup"
        else why_not(delivery.subscriber, editions, selection=made_of.selection, begun=delivery.parts_sent > 0)
    )
    if unwanted is not None:
        return Skipped(unwanted)
    # A digest that another version laid out may have had more parts then.
    if delivery.parts_sent >= parts:
        return Complete(parts)
    if in_doubt_too_often(delivery.doubts):
        return PartGivenUp("the bot was stopped while sending it", last=delivery.parts_sent + 1 >= parts)
    return None
