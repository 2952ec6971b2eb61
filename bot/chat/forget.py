"""`/forget`: all that is kept of a person is deleted, after one question."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.keyboards import button, keyboard
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.taps import Close, Tap, tap
from storage import preferences, privacy

log = structlog.get_logger()

# How often, and for how long each time, what is being sent is waited for: it would come after the last word.
_TIMES, _A_MOMENT = 20, timedelta(milliseconds=100)


@tap("forget")
@dataclass(frozen=True, slots=True)
class Forget(Tap):
    """All that is kept of the person is deleted."""


async def forget(request: Request) -> list[Answer]:
    """Ask whether it is meant."""
    language = request.language
    sure, not_sure = phrase(language, "button-forget"), phrase(language, "button-keep")
    said = phrase(language, "forget")
    if request.services.access.mode == "invited" and not request.is_operator:
        said += " " + phrase(language, "forget-guest")
    return [Answer(said, keyboard=keyboard([button(sure, Forget()), button(not_sure, Close())]))]


async def forget_all(request: Request, _: Forget) -> Reaction:
    """Delete it all in one transaction, and never send anything for it again."""
    database, language = request.services.database, request.language
    await _let_end(request)
    await database.at_once(partial(privacy.forget, chat_id=request.chat_id), unchecked=True)
    log.info("forgotten")
    return Replace(Answer(phrase(language, "forgotten")))


async def _let_end(request: Request) -> None:
    """Let nothing more begin, and what is being sent arrive, if that is soon."""
    if request.subscriber:
        async with request.services.database.transaction() as tx:
            await preferences.stop(tx, request.subscriber.id, now=request.services.clock.now())
    for _ in range(_TIMES):
        async with request.services.database.snapshot() as tx:
            if not await privacy.is_sent_to(tx, request.chat_id):
                return
        await request.services.clock.sleep(_A_MOMENT)
