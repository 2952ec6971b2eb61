"""The buttons under the question what becomes of digests that came too many at once."""

from datetime import datetime
from functools import partial

import structlog

from bot.chat.answer import Answer, Reaction, Replace, Toast
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.taps import DecideHeld
from storage.database import Transaction
from storage.digests import mark_not_sent
from storage.fan_outs import cancel_fan_out, resting, set_hold
from storage.sources import all_sources
from storage.time import to_millis

log = structlog.get_logger()


async def decide_held(request: Request, tap: DecideHeld) -> Reaction:
    """Send the newest of what is held, as many as the operator wants, and keep the others without sending them."""
    async with request.services.database.transaction() as tx:
        # They may be thousands.
        sent, kept = await tx.whole(partial(_decide, tap=tap, now=request.services.clock.now()))
        name = next((source.name for source in await all_sources(tx) if source.id == tap.source_id), "")
    if not sent and not kept:
        return Toast(phrase(request.language, "decided-already"))
    log.info("held_decided", source=name, operator=request.chat_id, sent=sent, kept=kept)
    told = [phrase(request.language, "held-sent", source=name, count=sent)] if sent else []
    told += [phrase(request.language, "held-kept", source=name, count=kept)] if kept else []
    return Replace(Answer("\n".join(told)))


async def _decide(tx: Transaction, *, tap: DecideHeld, now: datetime) -> tuple[int, int]:
    """Say how many are sent now, and how many are not."""
    many = await resting(tx, tap.source_id, hold="many")
    # What came in another look is another question.
    held = [each.digest_id for each in many if to_millis(each.due_at) == tap.since]
    sent, kept = held[: tap.newest], held[tap.newest :]
    # Whoever taps is an operator: they get it first. It is not late for having waited for them.
    await set_hold(tx, sent, "canary", due_at=now)
    for digest_id in kept:
        await cancel_fan_out(tx, digest_id)
        await mark_not_sent(tx, digest_id, f"{len(held)} came at once, and an operator chose not to send it")
    return len(sent), len(kept)
