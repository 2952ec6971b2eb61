"""The buttons under the question what becomes of digests that came too many at once."""

from collections.abc import Sequence

import structlog

from bot.chat.answer import Answer, Reaction, Replace, Toast
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.taps import DecideHeld
from storage import digests, fan_outs, sources
from storage.database import Transaction
from storage.fan_outs import Resting
from storage.time import to_millis

log = structlog.get_logger()


async def decide_held(request: Request, tap: DecideHeld) -> Reaction:
    """Send the newest of what is held, as many as the operator wants, and keep the others without sending them."""
    async with request.services.database.transaction() as tx:
        held = [
            each
            for each in await fan_outs.resting(tx, tap.source_id, hold="many")
            # What came in another look is another question.
            if to_millis(each.due_at) == tap.since
        ]
        sent, kept = held[: tap.newest], held[tap.newest :]
        # Whoever taps is an operator: they get it first. It is not late for having waited for them.
        now = request.services.clock.now()
        await fan_outs.set_hold(tx, [each.digest_id for each in sent], "canary", due_at=now)
        await _keep(tx, kept, of=len(held))
        name = next((source.name for source in await sources.all_sources(tx) if source.id == tap.source_id), "")
    if not held:
        return Toast(phrase(request.language, "decided-already"))
    log.info("held_decided", source=name, operator=request.chat_id, sent=len(sent), kept=len(kept))
    told = {"held-sent": len(sent), "held-kept": len(kept)}
    return Replace(
        Answer("\n".join(phrase(request.language, key, source=name, count=told[key]) for key in told if told[key]))
    )


async def _keep(tx: Transaction, kept: Sequence[Resting], *, of: int) -> None:
    reason = f"{of} came at once, and an operator chose not to send it"
    for each in kept:
        await fan_outs.cancel_fan_out(tx, each.digest_id)
        await digests.mark_not_sent(tx, each.digest_id, reason)
