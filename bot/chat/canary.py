"""The buttons under the notice of a digest that Telegram refused when it was tried out."""

import structlog

from bot.chat.answer import Answer, Reaction, Replace, Toast
from bot.chat.request import Request
from bot.messages.graphemes import shortened
from bot.messages.phrases import phrase
from bot.messages.taps import DecideRefused
from storage.canaries import canary_of
from storage.digests import mark_not_sent
from storage.fan_outs import cancel_fan_out, set_hold

log = structlog.get_logger()

_REASON = "Telegram refuses its text, and an operator did not send it"
_LONGEST_TITLE = 100


async def decide_refused(request: Request, tap: DecideRefused) -> Reaction:
    """Send the digest all the same, or not at all, as the operator decides; what is held no more is left alone."""
    now = request.services.clock.now()
    async with request.services.database.transaction() as tx:
        canary = await canary_of(tx, tap.digest_id, hold="refused")
        if canary is None:
            return Toast(phrase(request.language, "decided-already"))
        if tap.send:
            await set_hold(tx, [canary.digest_id], None, due_at=now)
        else:
            await cancel_fan_out(tx, canary.digest_id)
            await mark_not_sent(tx, canary.digest_id, _REASON)
    log.warning("refused_decided", digest=canary.digest_id, operator=request.chat_id, send=bool(tap.send))
    title = shortened(canary.title, _LONGEST_TITLE)
    said = "refused-sent" if tap.send else "refused-dropped"
    return Replace(Answer(phrase(request.language, said, title=title, path=canary.path)))
