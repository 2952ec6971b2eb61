"""`/snooze`: nothing for a while; what would come is collected, and comes when that is over."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.answer import Answer, Reaction, Replace
from bot.chat.keyboards import button, keyboard
from bot.chat.request import Request
from bot.chat.schedule_view import Planned, ShowSnoozes, back_button, look_at, seen, view
from bot.chat.schedule_words import LONGEST_SNOOZE, read_snooze
from bot.due import next_look
from bot.messages.phrases import phrase
from bot.messages.taps import Tap, tap
from storage import schedules

_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_LABELS = {_HOUR: "button-an-hour", _DAY: "button-a-day", _WEEK: "button-a-week"}


@tap("snooze")
@dataclass(frozen=True, slots=True)
class Snooze(Tap):
    """Nothing for so many minutes; 0: no longer nothing."""

    minutes: int


async def snooze(request: Request) -> list[Answer]:
    """Let nothing come for as long as was typed; else offer an hour, a day, a week."""
    wait = read_snooze(request.words)
    if wait is None:
        return [await _offer(request)]
    return [view(request, await _let_sleep(request, wait))]


async def show_snoozes(request: Request, _: ShowSnoozes) -> Reaction:
    """Offer an hour, a day, a week, and to wake."""
    return Replace(await _offer(request))


async def set_snooze(request: Request, tap: Snooze) -> Reaction:
    """Let nothing come for so long, or things come again."""
    wait = min(timedelta(minutes=min(tap.minutes, LONGEST_SNOOZE // timedelta(minutes=1))), LONGEST_SNOOZE)
    return Replace(view(request, await _let_sleep(request, wait)))


async def _offer(request: Request) -> Answer:
    language, until = request.language, (await look_at(request)).schedule.snoozed_until
    waits = [button(phrase(language, label), Snooze(wait // timedelta(minutes=1))) for wait, label in _LABELS.items()]
    is_asleep = until is not None and until > request.services.clock.now()
    wake = [button(phrase(language, "button-wake"), Snooze(0))] if is_asleep else []
    return Answer(phrase(language, "snooze-hint"), keyboard=keyboard(waits, wake, [back_button(language)]))


async def _let_sleep(request: Request, wait: timedelta) -> Planned:
    now = request.services.clock.now()
    async with request.services.database.transaction() as tx:
        subscriber = await request.ensure_known(tx)
        schedule = replace(subscriber.preferences.schedule, snoozed_until=now + wait if wait else None)
        if schedule.snoozed_until is not None:
            await schedules.snooze(tx, subscriber.id, until=schedule.snoozed_until)
        else:
            await schedules.wake(tx, subscriber.id, next_due_at=next_look(schedule, now=now), now=now)
        at = await schedules.planned_for(tx, subscriber.id)
    request.services.hour.ring()
    return replace(seen(request, schedule), at=at)
