"""Whether somebody may ask for something where they ask it, or of the chat that they ask it about."""

from collections.abc import Mapping
from typing import Literal

from bot.chat.access import outsider
from bot.chat.browse import Browse, ReadOn
from bot.chat.category_list import AskForCategory, ShowFound
from bot.chat.channels import OpenChat
from bot.chat.ending_view import AskForEnding, ShowEnding
from bot.chat.forget import Forget
from bot.chat.open import OpenDigest, OpenItem
from bot.chat.picker import AddChat
from bot.chat.posting import ShowChannels
from bot.chat.request import Request
from bot.chat.saved_list import ExportSaved, LetGo, OpenSaved, ShowSaved
from bot.chat.schedule_view import ShowHours, ShowQuiet, ShowSnoozes, ShowWeekdays, ShowZones
from bot.chat.search import LookFor, ShowHits
from bot.chat.settings import ShowLanguages, ShowSettings
from bot.chat.words import AskForWords, ShowWords
from bot.chat.zone import AskForLocation, AskForPlace
from bot.messages.taps import (
    Close,
    DecideHeld,
    DecideRefused,
    EndPause,
    Save,
    ShowCategories,
    ShowLatest,
    ShowLeftOut,
    ShowRest,
    ShowRestOfRoundup,
    ShowRestOfSelected,
    ShowSchedule,
    Tap,
    Why,
)

# For all who may read there; to see what it gets, or to change that, for administrators; or for a person about
# themselves alone.
Level = Literal["read", "show", "change", "private"]

# What each command is in a group, or about a chat; those that are not here are for private chats.
IN_GROUPS: Mapping[str, Level] = {
    "start": "change",
    "latest": "read",
    "search": "read",
    "help": "read",
    "categories": "show",
    "why": "show",
    "settings": "change",
    "subscribe": "change",
    "unsubscribe": "change",
    "route": "change",
    "follow": "change",
    "unfollow": "change",
    "mute": "change",
    "unmute": "change",
    "schedule": "change",
    "snooze": "change",
    "stop": "change",
}

_READS: frozenset[type[Tap]] = frozenset({ShowLatest, Browse, ReadOn, ShowHits, LookFor, OpenItem, OpenDigest})
_SHOWS: frozenset[type[Tap]] = frozenset(
    {ShowCategories, ShowFound, AskForCategory, ShowWords, AskForWords, ShowSettings, ShowLanguages, Close}
    | {ShowEnding, AskForEnding}
    | {ShowSchedule, ShowHours, ShowWeekdays, ShowZones, AskForPlace, ShowQuiet, ShowSnoozes, ShowChannels}
)
_PRIVATE: frozenset[type[Tap]] = frozenset(
    {Save, ShowSaved, LetGo, OpenSaved, ExportSaved, Why, Forget, AskForLocation, EndPause, DecideHeld, DecideRefused}
    | {AddChat, OpenChat}
    | {ShowRest, ShowRestOfRoundup, ShowRestOfSelected, ShowLeftOut}
)


def level_of(tap: Tap | None) -> Level:
    """Say what a button asks for in a group, or about a chat; whatever is not known to be less changes something."""
    kind = type(tap)
    if kind in _READS:
        return "read"
    if kind in _SHOWS:
        return "show"
    return "private" if kind in _PRIVATE else "change"


async def refusal(request: Request, level: Level) -> str | None:
    """Name the phrase that says why the request is refused; None: it is granted.

    Of what changes something Telegram is asked each time; what it said a moment ago decides what is shown.
    """
    if request.type == "private":
        return None
    if level == "private":
        return "in-private-only"
    for_all = request.group is None or request.group.readers == "everyone"
    if level == "read" and for_all and not request.managed:
        return None
    outside = await outsider(request)
    if outside is not None:
        return outside
    match request.voice:
        # Telegram itself says that it is one of its administrators.
        case "group":
            return None
        case "channel":
            return "not-as-channel"
        case "person" if request.person_id is not None:
            return await request.services.rights.refusal(
                request.address.chat_id, request.type, request.person_id, fresh=level == "change"
            )
        case _:
            return "only-administrators"
