"""Which handler a tap goes to."""

from bot.chat.answer import Reaction
from bot.chat.canary import decide_refused
from bot.chat.categories import close, show_categories, toggle, toggle_everything
from bot.chat.held import decide_held
from bot.chat.latest import show_latest
from bot.chat.outlook import out_of_date
from bot.chat.request import Request
from bot.chat.rest import show_rest
from bot.chat.resume import end_pause
from bot.chat.subscribe import take_everything, take_instead, take_only
from bot.chat.unsubscribe import leave_one
from bot.messages.taps import (
    Close,
    DecideHeld,
    DecideRefused,
    EndPause,
    Leave,
    ShowCategories,
    ShowLatest,
    ShowRest,
    TakeEverything,
    TakeInstead,
    TakeOnly,
    Tap,
    Toggle,
    ToggleEverything,
    read,
)


async def answer_tap(request: Request, data: str) -> Reaction:
    """Do what a button's *data* ask for; of a button of the past, or nobody's, only that is said."""
    tap = read(data)
    return out_of_date(request.language) if tap is None else await _handle(request, tap)


async def _handle(request: Request, tap: Tap) -> Reaction:  # noqa: C901, PLR0911 - one case for each kind of tap
    match tap:
        case TakeEverything():
            return await take_everything(request, tap)
        case TakeOnly():
            return await take_only(request, tap)
        case TakeInstead():
            return await take_instead(request, tap)
        case Leave():
            return await leave_one(request, tap)
        case ShowCategories():
            return await show_categories(request, tap)
        case Toggle():
            return await toggle(request, tap)
        case ToggleEverything():
            return await toggle_everything(request, tap)
        case Close():
            return await close(request, tap)
        case ShowLatest():
            return await show_latest(request, tap)
        case ShowRest():
            return await show_rest(request, tap)
        case EndPause() | DecideRefused() | DecideHeld():
            return await _decide(request, tap) if request.is_operator else out_of_date(request.language)


async def _decide(request: Request, tap: EndPause | DecideRefused | DecideHeld) -> Reaction:
    """Do what only operators may, who may be others than when they were given the button."""
    match tap:
        case EndPause():
            return await end_pause(request, tap)
        case DecideRefused():
            return await decide_refused(request, tap)
        case DecideHeld():
            return await decide_held(request, tap)
