"""`/resume`, for operators: what waited meanwhile is sent or skipped, as they decide, and then all goes on."""

import structlog

from bot.chat.answer import Answer, Reaction, Replace, Toast
from bot.chat.keyboards import button, keyboard
from bot.chat.pause import how_long
from bot.chat.request import Request
from bot.messages.phrases import phrase
from bot.messages.taps import EndPause
from storage.pauses import Ending, Pause, Waiting, count_waiting, decide_pause, present_pause
from storage.time import to_millis

log = structlog.get_logger()


async def resume(request: Request) -> list[Answer]:
    """Ask what becomes of what waited; where nothing did, go on at once."""
    language, now = request.language, request.services.clock.now()
    async with request.services.database.snapshot() as tx:
        pause, waiting = await present_pause(tx), await count_waiting(tx)
    if pause is None:
        return [Answer(phrase(language, "not-paused"))]
    if pause.decision is not None:
        return [Answer(_ended(language, pause.decision.ending))]
    if waiting.deliveries:
        return [_question(language, pause, waiting, time=how_long(language, pause.since, now=now))]
    async with request.services.database.transaction() as tx:
        await decide_pause(tx, "send", now=now)
    log.info("pause_decided", operator=request.chat_id, ending="send", deliveries=0)
    return [Answer(phrase(language, "nothing-waited"))]


async def end_pause(request: Request, tap: EndPause) -> Reaction:
    """Do as the operator decides; a button of a pause that is over does nothing."""
    language = request.language
    ending: Ending = "skip" if tap.skip else "send"
    async with request.services.database.transaction() as tx:
        pause = await present_pause(tx)
        is_that = pause is not None and to_millis(pause.since) == tap.since
        decided = is_that and await decide_pause(tx, ending, now=request.services.clock.now())
    if not decided:
        return Toast(phrase(language, "decided-already"))
    log.info("pause_decided", operator=request.chat_id, ending=ending)
    return Replace(Answer(_ended(language, ending)))


def _question(language: str, pause: Pause, waiting: Waiting, *, time: str) -> Answer:
    since = to_millis(pause.since)
    return Answer(
        phrase(
            language,
            "waiting-in-pause",
            time=time,
            digests=waiting.digests,
            deliveries=waiting.deliveries,
            chats=waiting.subscribers,
        ),
        keyboard=keyboard(
            [
                button(phrase(language, "button-send-waiting"), EndPause(since, skip=False)),
                button(phrase(language, "button-skip-waiting"), EndPause(since, skip=True)),
            ]
        ),
    )


def _ended(language: str, ending: Ending) -> str:
    return phrase(language, "resumed-skip" if ending == "skip" else "resumed-send")
