"""`/pause`, for operators: no broadcast goes out until `/resume`."""

from datetime import datetime, timedelta

import structlog
from babel import Locale
from babel.dates import format_timedelta

from bot.chat.answer import Answer
from bot.chat.request import Request
from bot.messages.phrases import phrase
from storage.pauses import begin_pause, paused_since

log = structlog.get_logger()


async def pause(request: Request) -> list[Answer]:
    """Let nothing more be claimed; what is in a chat in part goes on with `/resume` too."""
    now = request.services.clock.now()
    async with request.services.database.transaction() as tx:
        begun = await begin_pause(tx, now=now)
        since = await paused_since(tx)
    if begun or since is None:
        log.warning("paused", operator=request.chat_id, remedy="/resume, or digest-bot resume")
        return [Answer(phrase(request.language, "paused"))]
    return [Answer(phrase(request.language, "paused-already", time=how_long(request.language, since, now=now)))]


def how_long(language: str, since: datetime, *, now: datetime) -> str:
    """Say how long ago that was, in its largest unit; less than a minute is one."""
    passed = max(now - since, timedelta(minutes=1))
    return format_timedelta(passed, granularity="minute", threshold=1.5, locale=Locale.parse(language, sep="-"))
