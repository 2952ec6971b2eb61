"""Which handler a tap goes to."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.chat.alert import FollowSearch, follow_search
from bot.chat.allow import let_in_earlier_tapped, let_in_tapped, send_away_tapped
from bot.chat.announce import change_announcement
from bot.chat.announce_aim import (
    Aim,
    ChangeAnnouncement,
    DropAnnouncement,
    ShowAim,
    StartAnnouncement,
    drop_announcement,
    set_aim,
    show_aim,
    start_announcement,
)
from bot.chat.announce_progress import cancel_announcement, pause_announcement, resume_announcement
from bot.chat.answer import Reaction
from bot.chat.browse import Browse, ReadOn, browse, read_on
from bot.chat.canary import decide_refused
from bot.chat.categories import ask_for_category, close, show_categories, toggle, toggle_everything
from bot.chat.category_list import AskForCategory, Pick, ShowFound, TakeNone
from bot.chat.channels import OpenChat, open_chat, show_channels
from bot.chat.ending import ask_for_ending, drop_ending, show_ending
from bot.chat.ending_view import AskForEnding, DropEnding, ShowEnding
from bot.chat.follow import TakeAsPhrase, take_as_phrase
from bot.chat.forget import Forget, forget_all
from bot.chat.group_settings import ChangeGroup
from bot.chat.guests import CloseInvite, LetIn, LetInEarlier, SendAway, ShowGuests, ShowInvite, show_guests
from bot.chat.held import decide_held
from bot.chat.invite import MakeInvite, close_invite, make_invite, show_invite
from bot.chat.latest import show_latest
from bot.chat.open import OpenDigest, OpenItem, show_digest_tapped, show_item_tapped
from bot.chat.outlook import out_of_date
from bot.chat.picker import AddChat, add_chat
from bot.chat.posting import Preview, ShowChannels, StartPosting, StopPosting
from bot.chat.preview import show_preview, start_posting
from bot.chat.quiet import SetQuiet, set_quiet, show_quiet
from bot.chat.request import Request
from bot.chat.rest import show_left_out, show_rest, show_rest_of_roundup, show_rest_of_selected
from bot.chat.resume import end_pause
from bot.chat.route import route_new, route_to, show_one_route, show_routes
from bot.chat.route_view import RouteNew, RouteTo, ShowRoute, ShowRoutes
from bot.chat.saved import export_saved, let_go, open_saved, save, show_saved
from bot.chat.saved_list import ExportSaved, LetGo, OpenSaved, ShowSaved
from bot.chat.schedule import (
    SetHour,
    SetWeekday,
    set_cadence,
    set_hour,
    set_weekday,
    show_hours,
    show_schedule,
    show_weekdays,
    tell_nothing,
)
from bot.chat.schedule_view import (
    SetCadence,
    ShowHours,
    ShowQuiet,
    ShowSnoozes,
    ShowWeekdays,
    ShowZones,
    TellNothing,
)
from bot.chat.search import LookFor, ShowHits, look_for_tapped, show_hits_tapped
from bot.chat.settings import (
    ChangeSetting,
    ShowLanguages,
    ShowSettings,
    change_group,
    change_setting,
    show_languages,
    show_settings,
)
from bot.chat.snooze import Snooze, set_snooze, show_snoozes
from bot.chat.standstill import Return
from bot.chat.start import TakeLinked, return_, take_linked
from bot.chat.stop import stop_posting
from bot.chat.subscribe import take_everything, take_instead, take_only
from bot.chat.undo import TakeBack, take_back
from bot.chat.undo_words import UndoWords, undo_words
from bot.chat.unfollow import drop_word
from bot.chat.unsubscribe import leave_one, take_none
from bot.chat.why import why_this
from bot.chat.words import AskForWords, DropWord, ShowWords, ask_for_words, show_words
from bot.chat.zone import (
    AskForLocation,
    AskForPlace,
    SetZone,
    ask_for_location,
    ask_for_place,
    set_zone,
    show_zones,
)
from bot.messages.announced import CancelAnnouncement, PauseAnnouncement, ResumeAnnouncement
from bot.messages.taps import (
    Close,
    DecideHeld,
    DecideRefused,
    EndPause,
    Leave,
    Save,
    ShowCategories,
    ShowLatest,
    ShowLeftOut,
    ShowRest,
    ShowRestOfRoundup,
    ShowRestOfSelected,
    ShowSchedule,
    TakeEverything,
    TakeInstead,
    TakeOnly,
    Tap,
    Toggle,
    ToggleEverything,
    Why,
    read,
)

# Each takes the kind of tap that it stands beside.
Handler = Callable[[Request, Any], Awaitable[Reaction]]

HANDLERS: Mapping[type[Tap], Handler] = {
    TakeEverything: take_everything,
    TakeOnly: take_only,
    TakeInstead: take_instead,
    Leave: leave_one,
    ShowCategories: show_categories,
    Toggle: toggle,
    ToggleEverything: toggle_everything,
    TakeNone: take_none,
    AskForCategory: ask_for_category,
    ShowFound: show_categories,
    Pick: toggle,
    TakeBack: take_back,
    ShowWords: show_words,
    AskForWords: ask_for_words,
    DropWord: drop_word,
    UndoWords: undo_words,
    TakeAsPhrase: take_as_phrase,
    Close: close,
    ShowLatest: show_latest,
    ShowRest: show_rest,
    ShowRestOfSelected: show_rest_of_selected,
    ShowLeftOut: show_left_out,
    ShowRestOfRoundup: show_rest_of_roundup,
    Why: why_this,
    Browse: browse,
    ReadOn: read_on,
    ShowHits: show_hits_tapped,
    LookFor: look_for_tapped,
    FollowSearch: follow_search,
    OpenItem: show_item_tapped,
    OpenDigest: show_digest_tapped,
    Save: save,
    ShowSaved: show_saved,
    LetGo: let_go,
    OpenSaved: open_saved,
    ExportSaved: export_saved,
    Return: return_,
    TakeLinked: take_linked,
    ShowSettings: show_settings,
    ShowLanguages: show_languages,
    ChangeSetting: change_setting,
    ChangeGroup: change_group,
    ShowEnding: show_ending,
    AskForEnding: ask_for_ending,
    DropEnding: drop_ending,
    Forget: forget_all,
    ShowSchedule: show_schedule,
    SetCadence: set_cadence,
    ShowHours: show_hours,
    SetHour: set_hour,
    ShowWeekdays: show_weekdays,
    SetWeekday: set_weekday,
    ShowZones: show_zones,
    SetZone: set_zone,
    AskForPlace: ask_for_place,
    AskForLocation: ask_for_location,
    ShowQuiet: show_quiet,
    SetQuiet: set_quiet,
    ShowSnoozes: show_snoozes,
    Snooze: set_snooze,
    TellNothing: tell_nothing,
    ShowChannels: show_channels,
    OpenChat: open_chat,
    AddChat: add_chat,
    Preview: show_preview,
    StartPosting: start_posting,
    StopPosting: stop_posting,
    ShowRoutes: show_routes,
    ShowRoute: show_one_route,
    RouteTo: route_to,
    RouteNew: route_new,
}

# What only operators may, who may be others than when they were given the button.
OPERATORS_HANDLERS: Mapping[type[Tap], Handler] = {
    EndPause: end_pause,
    ShowAim: show_aim,
    Aim: set_aim,
    ChangeAnnouncement: change_announcement,
    StartAnnouncement: start_announcement,
    DropAnnouncement: drop_announcement,
    PauseAnnouncement: pause_announcement,
    ResumeAnnouncement: resume_announcement,
    CancelAnnouncement: cancel_announcement,
    DecideRefused: decide_refused,
    DecideHeld: decide_held,
    ShowGuests: show_guests,
    LetIn: let_in_tapped,
    SendAway: send_away_tapped,
    LetInEarlier: let_in_earlier_tapped,
    ShowInvite: show_invite,
    MakeInvite: make_invite,
    CloseInvite: close_invite,
}


async def answer_tap(request: Request, data: str) -> Reaction:
    """Do what a button's *data* ask for; of a button of the past, or nobody's, only that is said."""
    tap = read(data)
    handlers = {**HANDLERS, **OPERATORS_HANDLERS} if request.is_operator else HANDLERS
    handler = None if tap is None else handlers.get(type(tap))
    return out_of_date(request.language) if handler is None else await handler(request, tap)
