"""`/stop`: nothing comes any more, and everything is as it was after `/start`."""

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.keyboards import button, keyboard
from bot.chat.posting import StopPosting
from bot.chat.request import Request
from bot.chat.standstill import Return
from bot.messages.phrases import phrase
from storage import preferences


async def stop(request: Request) -> list[Answer]:
    """End all that comes in one step, and say how to return."""
    language, stopped = request.language, False
    if request.subscriber:
        async with request.services.database.transaction() as tx:
            stopped = await preferences.stop(tx, request.subscriber.id, now=request.services.clock.now())
    said = phrase(language, "stopped" if stopped else "stopped-already")
    if request.managed:
        said = phrase(language, "stopped-there")
    return [Answer(said, keyboard=keyboard([button(phrase(language, "button-return"), Return())]))]


async def stop_posting(request: Request, _: StopPosting) -> Reaction:
    """Let nothing more come to a chat that is set up from elsewhere."""
    return Replace((await stop(request))[0])
