"""`/start`: the first minute, the way back, and where links to the bot lead."""

from dataclasses import dataclass

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.choice import look_to_change, take
from bot.chat.links import linked_category, linked_item
from bot.chat.open import open_item
from bot.chat.outlook import outlook
from bot.chat.request import Request
from bot.chat.rhythm import tell_rhythm
from bot.chat.subscribe import subscribed
from bot.messages.choices import gets_anything, state
from bot.messages.phrases import phrase
from bot.messages.schedules import schedule_state
from bot.messages.taps import Tap, tap
from storage.model import Preferences


@tap("return")
@dataclass(frozen=True, slots=True)
class Return(Tap):
    """Again what came before it was stopped."""


async def start(request: Request) -> list[Answer]:
    """Say in two lines what comes and how it is had; a link's category is had at once, and its item shown."""
    kind, _, written = request.words.partition("_")
    match kind:
        case "cat":
            return [await _take_linked(request, written)]
        case "item":
            return await _open_linked(request, written)
        case _:
            return [await _welcome(request)]


async def return_(request: Request, _: Return) -> Reaction:
    """Let whoever stopped have again what they had."""
    return Replace(await _welcome(request))


async def _take_linked(request: Request, written: str) -> Answer:
    async with request.services.database.transaction() as tx:
        before = await look_to_change(tx, request)
        category = linked_category(written, before)
        if category is not None:
            await take(tx, before, [category])
            return subscribed(request.language, await look_to_change(tx, request), [category])
    return await _welcome(request, phrase(request.language, "linked-unknown"))


async def _open_linked(request: Request, written: str) -> list[Answer]:
    digest_id, item_id = linked_item(written)
    opened = await open_item(request, digest_id, item_id)
    # Who is here for the first time is told where they are.
    return opened if request.subscriber else [*opened, await _welcome(request)]


async def _welcome(request: Request, *first: str) -> Answer:
    async with request.services.database.transaction() as tx:
        preferences = (await request.ensure_subscriber(tx)).preferences
    second = [phrase(request.language, "welcome-choose")]
    if gets_anything(preferences):
        second = _present(request.language, preferences)
    return outlook(request.language, preferences, [*first, await tell_rhythm(request), *second])


def _present(language: str, preferences: Preferences) -> list[str]:
    """Say what comes to them, and when, unless that is at once."""
    when = [schedule_state(language, preferences.schedule)] if preferences.schedule.cadence != "at once" else []
    return [state(language, preferences), *when]
